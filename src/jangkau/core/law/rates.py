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
from jangkau.core.law.words import PACKAGES, PAYERS, RISKS, SCALES, SECTORS

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
    dues: Ints  # month x sector x payer -> percent that is left to pay
    regimes: Ints

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

    def due_after_relief(self, months: Months, sector: Ints, payer: Ints, mode: Ints) -> Ints:
        """Percent of JKK and JKM left to pay (100 = no relief) by month, sector, payer and the fund's choice.

        DISKON takes the months of the law whoever pays; PENUH never takes them.
        """
        relief = self.known[RELIEF].at(months, _sector_key(sector))
        if not relief.any():
            return np.asarray(np.int64(FULL))
        entitled = self.entitled(months, payer)
        takes = np.where(mode == 0, entitled, mode == 2)
        return np.where(takes, FULL - relief, FULL)

    def entitled(self, months: Months, payer: Ints) -> Ints:
        """Whether a payer has the relief in the months of the law."""
        return np.asarray(self.dues[np.clip(months - FIRST, 0, LAST - FIRST - 1), payer])

    @staticmethod
    def reduced(amount: Ints, due: Ints) -> Ints:
        """A contribution after relief, in whole rupiah, halves rounded up."""
        return amount if due.ndim == 0 and due == FULL else np.asarray((amount * due + FULL // 2) // FULL)

    def regime(self, month: int) -> int:
        """A number that is equal for months under one and the same law."""
        return int(self.regimes[min(max(month - FIRST, 0), LAST - FIRST - 1)]) if FIRST <= month < LAST else -month


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
    known[RELIEF] = series(book, RELIEF, ("SELAINNYA", "ANGKUTAN"))
    for name, programmes in (("pu.skala_wajib", ("JHT", "JP")), ("pu.skala_jkp", ("JKP",))):
        known |= {f"skala.{key}": series(book, name, (key,), SCALES.index) for key in programmes}
    base, jkk, jkm = ladder(book, "bpu.dasar_upah"), bands(book, "jakon.jkk"), bands(book, "jakon.jkm")
    parts = [*known.values(), base.series, jkk.series, jkm.series]
    entitled = _entitled(book)
    return Rates(known, base, jkk, jkm, entitled, _regimes(parts, entitled))


def _both(content: dict[str, Any]) -> int:
    """Employer's and worker's shares together."""
    return sum(ppm(rate) for rate in content.values())


def _sector_key(sector: Ints) -> Ints:
    return np.asarray(sector == SECTORS.index("ANGKUTAN"), np.int64)


def _entitled(book: Book) -> Ints:
    """Month x payer: 1 where the payer has the relief. A payer nobody named has none."""
    table = np.zeros((LAST - FIRST, len(PAYERS)), np.int64)
    for name in RELIEF_BY_PAYER:
        for number, payer in enumerate(PAYERS):
            parameter = book[name]
            if parameter.form == "pilihan" and payer == "DANA_DESA":
                table[:, number] = series(book, name, unit=lambda option: int(option == "DISKON")).rows[:, 0]
            elif parameter.form == "peta" and payer in parameter.values[0].content:
                table[:, number] = series(book, name, (payer,)).rows[:, 0]
    return table


def _regimes(parts: list[Series], entitled: Ints) -> Ints:
    """A number per month that rises where any parameter changes."""
    rows = np.hstack([*(part.rows for part in parts), *(part.known[:, None] for part in parts), entitled])
    changed = (rows[1:] != rows[:-1]).any(axis=1)
    return np.concatenate([[0], np.cumsum(changed)])
