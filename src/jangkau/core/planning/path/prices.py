"""What a month of membership costs each payer in each group, by the law of that year."""

from dataclasses import dataclass

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.contributions import contributions

PAYERS = ("pemerintah", "pemberi_kerja", "pekerja", "lain")
_JULY = 6


@dataclass(frozen=True)
class Bill:
    """Rupiah a month by payer; `note` says where a later law had to be stood in for."""

    by: dict[str, float]
    note: str = ""


def formal(wage: float, year: int, today: int, book: Book) -> Bill:
    """A wage earner in a medium company of risk class 1: the employer's and the worker's part of JKK, JKM, JHT, JP."""
    month, note = year * 12 + _JULY, ""
    try:
        row = _asked({"segmen": "PU", "upah": round(wage), "skala": "MENENGAH"}, month, book)
    except LawUndefinedOn:
        month, note = today, f"iuran penerima upah {year} dihitung dengan ketentuan sekarang"
        row = _asked({"segmen": "PU", "upah": round(wage), "skala": "MENENGAH"}, month, book)
    worker = sum(row[name] * _worker_part(f"pu.{name}", month, book) for name in ("jht", "jp"))
    return Bill({"pekerja": worker, "pemberi_kerja": row["total"] - worker}, note)


def informal(year: int, book: Book) -> Bill:
    """One who works for himself and pays at the lowest wage base."""
    return Bill({"pekerja": _asked({"segmen": "BPU", "pembayar": "SENDIRI"}, year * 12 + _JULY, book)["total"]})


def vulnerable(share: float, year: int, book: Book) -> Bill:
    """One whose contribution others pay: government this share of it in full, donors the rest at their rate."""
    public, donor = (
        _asked({"segmen": "BPU", "pembayar": payer}, year * 12 + _JULY, book)["total"] for payer in ("APBD_PROV", "CSR")
    )
    return Bill({"pemerintah": share * public, "lain": (1 - share) * donor})


def _asked(what: dict[str, object], month: int, book: Book) -> dict[str, int]:
    return dict(polars(contributions(frame(pl.DataFrame([{**what, "bulan": month}])), book)).to_dicts()[0])


def _worker_part(name: str, month: int, book: Book) -> float:
    parts = book.value(name, month)
    return float(parts["PEKERJA"]) / sum(float(part) for part in parts.values())
