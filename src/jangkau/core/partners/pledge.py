"""What a sponsor promises, what that costs, and the fund that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from jangkau.core.kernel.month import first_day, month_text
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import contributions
from jangkau.core.tables.common import OCCUPATIONS

KINDS = ("CSR", "ZAKAT", "DONATUR")
PROMISED, AGREED, RECEIVED, ENDED, REFUSED = "janji", "disetujui", "dana_masuk", "berakhir", "ditolak"
# state -> the states that may follow
STEPS: Mapping[str, frozenset[str]] = MappingProxyType({
    PROMISED: frozenset({AGREED, REFUSED}),
    AGREED: frozenset({RECEIVED, REFUSED}),
    RECEIVED: frozenset({ENDED}),
    ENDED: frozenset(),
    REFUSED: frozenset(),
})  # fmt: skip
REMIND_DAYS = (60, 30, 7)


@dataclass(frozen=True)
class Terms:
    """How many people for how many months from `first` (a month index), where, of which occupations (none: all), on
    which conditions, in the words that funds know (`jangkau.core.planning.funds`)."""

    kind: str
    people: int
    months: int
    first: int
    area: str
    jobs: tuple[str, ...] = ()
    conditions: str = ""

    @property
    def last(self) -> int:
        """The last month."""
        return self.first + self.months - 1

    @property
    def ends(self) -> date:
        """The first day on which nobody is paid any more."""
        return first_day(self.last + 1)


def person_cost(terms: Terms, book: Book) -> int:
    """Rupiah that all months of one person cost at most: in each month the dearest of the occupations.

    Work accident and death cover of people who earn no wage, at the lowest wage base. Raises LawUndefinedOn.
    """
    jobs = terms.jobs or OCCUPATIONS
    months = range(terms.first, terms.last + 1)
    asked = pl.DataFrame({"bulan": [m for m in months for _ in jobs], "sektor": [*jobs] * terms.months})
    priced = pl.from_dataframe(contributions(asked.with_columns(pembayar=pl.lit(terms.kind)), book).to_native())
    return int(priced.group_by("bulan").agg(pl.col("total").max())["total"].sum())


def amount(terms: Terms, book: Book) -> int:
    """Rupiah that the whole pledge costs at most."""
    return terms.people * person_cost(terms, book)


def fund(terms: Terms, code: str, name: str, money: int) -> dict[str, Any]:
    """The pledge as a row of DANA: what the sponsor limits it to, limits the plan."""
    return {
        "kode": code,
        "nama": name,
        "jenis": terms.kind,
        "anggaran": money,
        "wilayah": terms.area,
        "pekerjaan": "|".join(terms.jobs),
        "syarat": terms.conditions,
        "berlaku_dari": month_text(terms.first),
        "berlaku_sampai": month_text(terms.last),
        "tarif": "AUTO",
    }


def renewed(terms: Terms, today_month: int) -> Terms:
    """The same for the months that follow; a pledge long past begins with the month after `today_month`."""
    first = max(terms.last, today_month) + 1
    return Terms(terms.kind, terms.people, terms.months, first, terms.area, terms.jobs, terms.conditions)


def due_reminder(ends: date, today: date) -> int | None:
    """The reminder (days before the end) that is due today: the nearest one reached; None before the first and after
    the end."""
    left = (ends - today).days
    return min((days for days in REMIND_DAYS if left <= days), default=None) if left >= 0 else None
