"""Small made-up figures for open data: people of a few desa, counted in every region above and in classes."""

from datetime import date

import numpy as np
import polars as pl

from jangkau.core.disclosure.cells import Cells, gather
from jangkau.core.tables.figures import ANGKA

REGIONS = ("17", "1701", "1702", "170101", "170102")
NEW = {
    "cetak_pembilang": pl.lit(0), "cetak_penyebut": pl.lit(0),
    "buka_pembilang": pl.lit(None, pl.Boolean), "buka_penyebut": pl.lit(None, pl.Boolean),
}  # fmt: skip


def leaves(regions: tuple[str, ...]) -> list[str]:
    return [one for one in regions if not any(other != one and other.startswith(one) for other in regions)]


def figures(
    covered: dict[tuple[str, str], int], people: dict[tuple[str, str], int], regions: tuple[str, ...] = REGIONS,
    per: date = date(2026, 12, 31), source: str = "peserta",
) -> pl.DataFrame:  # fmt: skip
    """ANGKA of coverage: (leaf region, class) -> people covered, and people."""
    rows = []
    for region in regions:
        for kelas in ("", *sorted({kelas for _, kelas in people})):
            own = [key for key in people if key[0].startswith(region) and kelas in ("", key[1])]
            top, bottom = sum(covered[key] for key in own), sum(people[key] for key in own)
            rows.append(_row(region, kelas, per, top, bottom, source))
    return ANGKA.conform(pl.DataFrame(rows)).to_native()


def _row(region: str, kelas: str, per: date, top: int, bottom: int, source: str) -> dict[str, object]:
    return {
        "indikator": "cakupan", "wilayah": region, "potongan": "segmen" if kelas else "", "kelas": kelas, "per": per,
        "pembilang": float(top), "penyebut": float(bottom), "nilai": 100 * top / bottom if bottom else None,
        "satuan": "persen", "nama_pembilang": "peserta aktif", "nama_penyebut": "pekerja",
        "sumber_pembilang": f"{source} {per}", "sumber_penyebut": "sensus 2026", "versi": "1", "asal": "dihitung",
    }  # fmt: skip


def random_people(
    seed: int, classes: int = 2, most: int = 40, regions: tuple[str, ...] = REGIONS
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """(covered, people) of the leaves, drawn at random."""
    rng = np.random.default_rng(seed)
    people = {(r, f"k{c}"): int(rng.integers(0, most)) for r in leaves(regions) for c in range(classes)}
    return {key: int(rng.integers(0, count + 1)) for key, count in people.items()}, people


def cells(*tables: pl.DataFrame) -> Cells:
    return gather(pl.concat(tables).with_columns(**NEW))
