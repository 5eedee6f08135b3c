"""A counting made by hand: a few indicators of the regions of the cast, half a year apart, in their files."""

from datetime import date
from typing import Any

import polars as pl

from jangkau.apps.monitoring.actions import keep
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.reading import CHANGED, CHANGES, SCHEMA
from jangkau.core.coverage import indicators

DAYS = (date(2025, 12, 31), date(2026, 6, 30), date(2026, 11, 22))
PLACES = ("17", "1704", "1705", "170401", "170501", "1705012002")
PARTS = {"register": {"peserta": [1], "pengaturan": 1}, "buku": {"buku": 0}}


def row(
    kode: str, wilayah: str, per: date, part: float | None, whole: float | None = None, **more: Any
) -> dict[str, Any]:
    """A figure as it is counted."""
    known = indicators()[kode]
    share = None if part is None or not whole else round(100 * part / whole, 4)
    return dict.fromkeys(SCHEMA) | {
        "indikator": kode, "wilayah": wilayah, "potongan": "", "kelas": "", "per": per, "pembilang": part,
        "penyebut": whole, "nilai": share if known.penyebut else part, "satuan": known.satuan, "versi": known.versi,
        "nama_pembilang": known.pembilang, "nama_penyebut": "Angkatan kerja" if known.penyebut else None,
        "sumber_pembilang": f"register/peserta per {per}", "asal": "dihitung",
        "sumber_penyebut": "BPS 2025" if known.penyebut else None, **more,
    }  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """Coverage of members down to the kabupaten, of residents to the desa; payers, and a cut by sex."""
    told = []
    for at, day in enumerate(DAYS):
        for place, (part, whole) in {
            "17": (237_960, 708_000),
            "1704": (30_098, 61_300),
            "1705": (21_560, 67_800),
        }.items():
            told.append(row("cakupan", place, day, part + 900 * at, whole))
            told.append(row("peserta_aktif", place, day, part + 900 * at))
            told.append(row("perlindungan_penuh", place, day, part // 2, part))
            told += [row("peserta_aktif", place, day, share * part // 10, potongan="pembayar", kelas=payer)
                     for payer, share in (("APBD_PROV", 3), ("PEMBERI_KERJA", 6), ("SENDIRI", 1))]  # fmt: skip
        for place, part, whole in (("17", 300, 900), ("1705", 150, 400), ("1704", 150, 500), ("170501", 12, 40),
                                   ("1705012002", 3, 20), ("170401", 20, 50)):  # fmt: skip
            told.append(row("cakupan_warga", place, day, part + at, whole))
            told += [row("cakupan_warga", place, day, part // 2 + at, whole // 2, potongan="jenis_kelamin", kelas=sex)
                     for sex in "LP" if len(place) < 10]  # fmt: skip
    return told


def counting(told: list[dict[str, Any]] | None = None, key: str = "ab" * 32, changes: Any = (),
             beside: dict[str, pl.DataFrame] | None = None) -> Counting:  # fmt: skip
    """The counting, kept as one of the site is."""
    moved = pl.DataFrame(list(changes), schema=CHANGES, orient="row")
    return keep(key, PARTS, pl.DataFrame(told or rows(), schema=SCHEMA), {CHANGED: moved} | (beside or {}))
