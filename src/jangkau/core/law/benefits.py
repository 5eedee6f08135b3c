"""Benefits (manfaat): what an event pays, for any number of rows at once, and the balance of old-age savings."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoFrame

from jangkau.core import engine
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.law.compiled import Ints, ppm, series, share
from jangkau.core.tables.schema import Frame

DEATH, WORK_DEATH, DISABLED = "MENINGGAL", "MENINGGAL_KERJA", "CACAT_TOTAL"
UNABLE, LAID_OFF = "TIDAK_MAMPU_BEKERJA", "PHK"
EVENTS = (DEATH, WORK_DEATH, DISABLED, UNABLE, LAID_OFF)
PARTS = ("santunan", "santunan_berkala", "biaya_pemakaman")
PARAMETERS = {
    DEATH: ("jkm.santunan_kematian", "jkm.santunan_berkala", "jkm.biaya_pemakaman"),
    WORK_DEATH: ("jkk.santunan_kematian", "jkk.santunan_berkala", "jkk.biaya_pemakaman"),
    DISABLED: ("jkk.cacat_total", "jkk.cacat_total_berkala"),
    UNABLE: ("jkk.stmb", "jkk.stmb_bulan_penuh"),
    LAID_OFF: ("jkp.manfaat", "jkp.bulan", "pu.jkp_batas_upah"),
}


def amounts(frame: IntoFrame, book: Book | None = None) -> Frame:
    """The frame with what each event pays in rupiah: santunan, santunan_berkala, biaya_pemakaman, manfaat (their sum).

    In: one row per event: `peristiwa` (EVENTS), `bulan` (month index), `upah` (wage or wage base), `penuh` (the wait
    for the full death benefit is over), `lama` (months unable to work, 1). Scholarships and conditions are not in it.
    Raises LawUndefinedOn, HUKUM_MASUKAN_SALAH. Source: PP 82/2019, Permenaker 1/2025, PP 6/2025.
    """
    table = engine.polars(frame)
    book = book or Book.load()
    paid = np.zeros((table.height, len(PARTS)), np.int64)
    kinds = table["peristiwa"].to_numpy()
    unknown = table["peristiwa"].filter(~table["peristiwa"].is_in(EVENTS))
    if len(unknown):
        raise Problem("HUKUM_MASUKAN_SALAH", kolom="peristiwa", isi=unknown[0], harapan=", ".join(EVENTS))
    for kind in EVENTS:
        places = np.flatnonzero(kinds == kind)
        if len(places):
            paid[places] = _pays(kind, _Rows.read(table[places]), book)
    columns = [pl.Series(name, paid[:, place]) for place, name in enumerate(PARTS)]
    return nw.from_native(table.with_columns(*columns, pl.Series("manfaat", paid.sum(axis=1))), eager_only=True)


@dataclass(frozen=True)
class _Rows:
    month: Ints
    wage: Ints
    full: Ints
    months_unable: Ints

    @staticmethod
    def read(table: pl.DataFrame) -> "_Rows":
        def column(name: str, default: int) -> Ints:
            found = (
                table[name].cast(pl.Int64) if name in table.columns else pl.repeat(default, table.height, eager=True)
            )
            return np.asarray(found.fill_null(default).to_numpy(), np.int64)

        return _Rows(column("bulan", 0), column("upah", 0), column("penuh", 1), column("lama", 1))


def _pays(kind: str, rows: _Rows, book: Book) -> Ints:
    """Parts (row x PARTS) of one kind of event."""
    value = [series(book, name) for name in PARAMETERS[kind] if book[name].form == "angka"]
    nothing = np.zeros(len(rows.month), np.int64)
    if kind == DEATH:
        full = [part.at(rows.month) for part in value]
        short = [nothing, nothing, _before_full(rows, book)]
        return np.stack([np.where(rows.full == 1, a, b) for a, b in zip(full, short, strict=True)], axis=1)
    if kind == UNABLE:
        return np.stack([_replaced_wage(rows, book), nothing, nothing], axis=1)
    if kind == LAID_OFF:
        return np.stack([_unemployment(rows, book), nothing, nothing], axis=1)
    lump, monthly, *funeral = (part.at(rows.month) for part in value)
    return np.stack([lump * rows.wage, monthly, funeral[0] if funeral else nothing], axis=1)


def _before_full(rows: _Rows, book: Book) -> Ints:
    """The small death benefit, asked of the law only where somebody is not full yet."""
    result, short = np.zeros(len(rows.month), np.int64), rows.full == 0
    if short.any():
        result[short] = series(book, "jkm.belum_penuh").at(rows.month[short])
    return result


def _replaced_wage(rows: _Rows, book: Book) -> Ints:
    """Temporary incapacity: the wage in the first months, a part of it afterwards."""
    first, later = (series(book, "jkk.stmb", (key,), ppm).at(rows.month) for key in ("PENUH", "SESUDAHNYA"))
    months = np.minimum(rows.months_unable, series(book, "jkk.stmb_bulan_penuh").at(rows.month))
    return share(rows.wage * months, first) + share(rows.wage * (rows.months_unable - months), later)


def _unemployment(rows: _Rows, book: Book) -> Ints:
    """JKP: a part of the capped wage for the longest time allowed."""
    capped = np.minimum(rows.wage, series(book, "pu.jkp_batas_upah").at(rows.month))
    return share(capped, series(book, "jkp.manfaat", unit=ppm).at(rows.month)) * series(book, "jkp.bulan").at(
        rows.month
    )


def jht_balance(paid: Sequence[int], yearly_return: Decimal | int = 0) -> list[int]:
    """The old-age savings after each month, in rupiah: the month's return on the opening balance, then the payment.

    `paid` are the JHT contributions month by month (0 = unpaid), `yearly_return` percent a year. The return is an
    assumption of the caller: no law fixes it (PP 46/2015 only says that it is added).
    """
    balance, course = 0, []
    for amount in paid:
        gain = (Decimal(balance) * Decimal(yearly_return) / 1200).quantize(Decimal(1), ROUND_HALF_UP)
        balance += int(gain) + amount
        course.append(balance)
    return course
