"""Rows of target.csv that a plan can aim at; what they ask, in people. Coverage has indicators of its own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.kernel.problems import kind
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

FILE = "target.csv"
ELIGIBLE, SELECTED = "layak", "terpilih"
SHARE = 10_000
GROUPS: dict[str, pl.Expr] = {
    "orang": pl.lit(True),
    "perempuan": pl.col("jenis_kelamin") == "P",
    "disabilitas": pl.col("disabilitas") == 1,
    "lanjutan": pl.col("lanjutan"),
    "miskin_ekstrem": pl.col("desil") == 1,
}
_COVERAGE = "cakupan"


@dataclass(frozen=True)
class Target:
    """At least `people` of a group in an area, or at least `share` (of 10,000) of those in `base`.

    `base` is `layak`, the eligible people of the group there, or `terpilih`, all people paid there (for `orang`: all
    people paid).
    """

    area: str
    group: str
    people: int | None
    share: int
    base: str


def read_targets(target: Frame, settings: Settings) -> list[Target]:
    """The targets of the years that the plan touches, each once, in a fixed order; faulty rows are left out."""
    years = {(settings.start + at) // 12 for at in range(settings.bulan)}
    found = {made for _, row, made in _rows(target) if isinstance(made, Target) and row["tahun"] in {None, *years}}
    return sorted(found, key=lambda t: (t.area, list(GROUPS).index(t.group), t.base, t.share, t.people or 0))


def target_problems(target: Frame, known: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Rows for MASALAH: TARGET_TIDAK_DIKENAL, TARGET_TANPA_ANGKA, TARGET_PENYEBUT_SALAH, TARGET_WILAYAH_SALAH, also
    where no region is `known` by the code.
    """
    lost = [
        (line, row, "TARGET_WILAYAH_SALAH" if isinstance(made, Target) and not known(made.area) else made)
        for line, row, made in _rows(target)
    ]
    return [_problem(line, row, made) for line, row, made in lost if isinstance(made, str)]


def _rows(target: Frame) -> Iterator[tuple[int, dict[str, Any], Target | str | None]]:
    """Line in the file, the row, and the target, the code of what is wrong with it, or None for coverage's own."""
    for at, row in enumerate(polars(target).iter_rows(named=True)):
        yield at + 2, row, _read(row)


def _read(row: dict[str, Any]) -> Target | str | None:
    group = re.sub(r"[\s-]+", "_", (row["indikator"] or "").strip().lower())
    if group.startswith(_COVERAGE):
        return None
    area, base = re.sub(r"\D", "", row["wilayah"] or ""), (row["nama_penyebut"] or ELIGIBLE).strip().lower()
    share, people = row["persen"], row["jumlah"]
    if group not in GROUPS:
        return "TARGET_TIDAK_DIKENAL"
    if not area:
        return "TARGET_WILAYAH_SALAH"
    if (share is None) == (people is None) or (people or 0) < 0 or not 0 <= (share or 0) <= 100:
        return "TARGET_TANPA_ANGKA"
    if people is None and base not in {ELIGIBLE, SELECTED}:
        return "TARGET_PENYEBUT_SALAH"
    return Target(area, group, people, round((share or 0) * 100), base if people is None else "")


def _problem(line: int, row: dict[str, Any], code: str) -> dict[str, Any]:
    entry = kind(code)
    words = {"indikator": row["indikator"], "kenal": ", ".join(GROUPS), "penyebut": row["nama_penyebut"]}
    words["wilayah"] = f" {row['wilayah']}" if row["wilayah"] else ""
    return {
        "berkas": FILE, "lembar": "", "baris": line, "kolom": None, "kode": code, "tingkat": entry.tingkat,
        "pesan": entry.pesan.format(**words), "saran": entry.saran.format(**words),
    }  # fmt: skip
