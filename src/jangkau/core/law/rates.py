"""The parameters of contributions, compiled once for each version of the book."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.law.book import Book
from jangkau.core.law.compiled import (
    FIRST,
    LAST,
    Bands,
    Ints,
    Ladder,
    Months,
    Series,
    bands,
    ladder,
    ppm,
    series,
    share,
)
from jangkau.core.law.words import PACKAGES, PAYERS, RATE_MODES, RISKS, SECTORS
from jangkau.core.tables.common import SCALES

FULL = 100
RELIEF = "bpu.keringanan"
RELIEF_BY_PAYER = (
    "bpu.keringanan_apbn_apbd",
    "bpu.keringanan_dbh",
    "bpu.keringanan_bukan_pemerintah",
    "bpu.keringanan_dana_desa",
)


@dataclass(frozen=True)
class Rates:
    """Every parameter that a price asks, as arrays over months."""

    known: dict[str, Series]
    wage_base: Ladder
    jakon_jkk: Bands
    jakon_jkm: Bands
    dues: Series  # percent left to pay, a column for each relief_place
    regimes: dict[str, Ints]

    def amount(self, name: str, months: Months, key: Ints | int = 0) -> Ints:
        """A parameter at months, in its own unit."""
        return self.known[name].at(months, key)

    def share(self, name: str, months: Months, amount: Ints, key: Ints | int = 0) -> Ints:
        """A percentage of amounts, in whole rupiah."""
        return share(amount, self.known[name].at(months, key))

    def scale(self, months: Months, programme: str) -> Ints:
        """The smallest scale of business that takes part in a programme."""
        return self.known[f"skala.{programme}"].at(months)

    def moved_to_jkp(self, months: Months, wage: Ints) -> tuple[Ints, Ints]:
        """What JKK and what JKM give up to JKP; nothing before there was a JKP."""
        rates = [self.amount(f"pu.jkp_dari_{name}", months) for name in ("jkk", "jkm")]
        if not any(rate.any() for rate in rates):
            return tuple(np.zeros(len(wage), np.int64) for _ in rates)  # type: ignore[return-value]
        there = np.broadcast_to((rates[0] + rates[1]) > 0, wage.shape)
        cap = np.zeros(len(wage), np.int64)
        cap[there] = self.amount("pu.jkp_batas_upah", months[there] if np.ndim(months) else months)
        capped = np.minimum(wage, cap)
        return share(capped, rates[0]), share(capped, rates[1])

    def due_after_relief(self, months: Months, place: Ints) -> Ints:
        """Percent of JKK and JKM left to pay (100 = no relief) at each `relief_place`; one number where none has it."""
        if months.ndim == 0 and (self.dues.at(months, slice(None)) == FULL).all():
            return np.asarray(FULL)
        return self.dues.at(months, place)

    @staticmethod
    def reduced(amount: Ints, due: Ints) -> Ints:
        """A contribution after relief, in whole rupiah, halves rounded up."""
        return amount if due.ndim == 0 and due == FULL else np.asarray((amount * due + FULL // 2) // FULL)

    def regime(self, segment: str, month: int) -> int:
        """A number that is equal for months in which one and the same law prices a segment."""
        return int(self.regimes[segment][month - FIRST]) if FIRST <= month < LAST else -month


_kept: dict[str, Rates] = {}


def rates(book: Book) -> Rates:
    """The compiled rates of a book."""
    if book.version not in _kept:
        _kept[book.version] = _compile(book)
    return _kept[book.version]


def _compile(book: Book) -> Rates:
    known = {name: series(book, name) for name in ("bpu.jkm", "pu.jp_batas_upah", "pu.jkp_batas_upah")}
    plain = ("bpu.jkk", "bpu.jht", "pu.jkm", "jakon.jkk_upah", "jakon.jkm_upah", "pu.jkp_dari_jkk", "pu.jkp_dari_jkm")
    known |= {name: series(book, name, unit=ppm) for name in plain}
    known |= {name: series(book, name, unit=_both) for name in ("pu.jht", "pu.jp")}
    known["pu.jkk"] = series(book, "pu.jkk", RISKS, ppm)
    known["pmi.iuran"] = series(book, "pmi.iuran", PACKAGES)
    for name, programmes in (("pu.skala_wajib", ("JHT", "JP")), ("pu.skala_jkp", ("JKP",))):
        known |= {f"skala.{key}": series(book, name, (key,), SCALES.index) for key in programmes}
    base, jkk, jkm = ladder(book, "bpu.dasar_upah"), bands(book, "jakon.jkk"), bands(book, "jakon.jkm")
    dues = _dues(book)
    asked = {
        "PU": [part for name, part in known.items() if name.startswith(("pu.", "skala."))],
        "BPU": [base.series, dues, *(part for name, part in known.items() if name.startswith("bpu."))],
        "JAKON": [jkk.series, jkm.series, *(part for name, part in known.items() if name.startswith("jakon."))],
        "PMI": [known["pmi.iuran"]],
    }
    regimes = {segment: _regimes(parts) for segment, parts in asked.items()}
    return Rates(known, base, jkk, jkm, dues, regimes)


def _both(content: dict[str, Any]) -> int:
    """Employer's and worker's shares together."""
    return sum(ppm(rate) for rate in content.values())


def relief_place(sector: Ints, payer: Ints, mode: Ints) -> Ints:
    """Sector, payer and mode (places in their lists) as one place in the table of reliefs."""
    transport = sector == SECTORS.index("ANGKUTAN")
    return np.asarray((transport * len(RATE_MODES) + mode) * len(PAYERS) + payer)


def _dues(book: Book) -> Series:
    """Percent of JKK and JKM left to pay, month by month, for every sector, mode and payer.

    AUTO takes the relief where the payer may, DISKON whoever pays, PENUH never.
    """
    relief = series(book, RELIEF, ("SELAINNYA", "ANGKUTAN"))
    entitled = np.stack([_entitled(book, payer) for payer in PAYERS], axis=1)
    takes = {"AUTO": entitled, "PENUH": np.zeros_like(entitled), "DISKON": np.ones_like(entitled)}
    columns = [FULL - relief.rows[:, [key]] * takes[mode] for key in (0, 1) for mode in RATE_MODES]
    return Series(relief.parameter, np.hstack(columns), relief.known)


def _entitled(book: Book, payer: str) -> Ints:
    """Month by month, 1 where a payer has the relief. A payer that nobody named has none."""
    found = np.zeros(LAST - FIRST, np.int64)
    for name in RELIEF_BY_PAYER:
        found |= series(book, name, unit=lambda content: _may(content, payer)).rows[:, 0]
    return found


def _may(content: Any, payer: str) -> int:
    return (
        int(content.get(payer, 0)) if isinstance(content, dict) else int(payer == "DANA_DESA" and content == "DISKON")
    )


def _regimes(parts: list[Series]) -> Ints:
    """A number per month that rises where any parameter changes."""
    rows = np.hstack([*(part.rows for part in parts), *(part.known[:, None] for part in parts)])
    changed = (rows[1:] != rows[:-1]).any(axis=1)
    return np.concatenate([[0], np.cumsum(changed)])
