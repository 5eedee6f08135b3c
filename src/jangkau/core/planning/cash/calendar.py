"""The cash calendar of a plan: KAS and HENTI, and what rencana.json says of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built
from jangkau.core.planning.cash.bills import Bills, bills
from jangkau.core.planning.cash.lapses import PLANNED, lapses
from jangkau.core.planning.funds import Fund
from jangkau.core.planning.schedule import Schedule
from jangkau.core.tables.results import HENTI, KAS
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings


@dataclass(frozen=True)
class Cash:
    """KAS, HENTI, and their summary for rencana.json."""

    kas: Frame
    henti: Frame
    ringkasan: dict[str, Any]


def cash_calendar(built: Built, dealt: Schedule, settings: Settings, book: Book) -> Cash:
    """What each fund pays in each month, until when its money lasts, and whose membership ends when.

    Sums of `iuran` and of `iuran_sekaligus` by fund equal those of RENCANA to the rupiah. Raises LawUndefinedOn.
    """
    due = bills(built, dealt, settings.bulan)
    ends = lapses(built, dealt, settings, book)
    henti = ends.with_columns(bulan=_months(ends["bulan"].to_list()))
    summary = {
        "bulan": _by_month(due, settings),
        "dana": [_fund(fund, due, at, settings) for at, fund in enumerate(built.funds)],
        "henti": _total(henti),
    }
    return Cash(_kas(built.funds, due, settings), HENTI.check(frame(henti)), summary)


def _kas(funds: list[Fund], due: Bills, settings: Settings) -> Frame:
    """One row for each fund and month of the plan."""
    many, months = due.monthly.shape
    budgets = np.array([fund.budget for fund in funds], np.int64)
    table = pl.DataFrame(
        {
            "dana": pl.Series([fund.code for fund in funds], dtype=pl.String).gather(
                np.repeat(np.arange(many), months)
            ),
            "bulan": _labels(settings) * many,
            "orang": due.people.reshape(-1),
            "iuran": due.monthly.reshape(-1),
            "iuran_sekaligus": due.lump.reshape(-1),
            "sisa": (budgets[:, None] - np.cumsum(due.monthly, axis=1)).reshape(-1),
        },
        schema_overrides={"bulan": pl.String},
    )
    return KAS.check(frame(table))


def _labels(settings: Settings) -> list[str]:
    return [month_text(settings.start + at) for at in range(settings.bulan)]


def _months(indexes: list[int]) -> pl.Series:
    return pl.Series([month_text(index) for index in indexes], dtype=pl.String)


def _by_month(due: Bills, settings: Settings) -> list[dict[str, Any]]:
    rows = zip(
        _labels(settings), *(part.sum(axis=0).tolist() for part in (due.people, due.monthly, due.lump)), strict=True
    )
    return [dict(zip(("bulan", "orang", "iuran", "iuran_sekaligus"), row, strict=True)) for row in rows]


def _fund(fund: Fund, due: Bills, at: int, settings: Settings) -> dict[str, Any]:
    """First and last month that the fund pays, and the last month for which its money would pay the same people on."""
    paying = np.flatnonzero(due.people[at])
    if not len(paying):
        return {"kode": fund.code, "mulai": None, "dibayar_sampai": None, "cukup_sampai": None}
    first, last = settings.start + int(paying[0]), settings.start + int(paying[-1])
    left = fund.budget - int(due.monthly[at].sum())
    enough = last + left // int(due.monthly[at, paying[-1]])
    limit = enough if fund.last is None else min(enough, max(fund.last, last))
    names = ("mulai", "dibayar_sampai", "cukup_sampai")
    return {"kode": fund.code, **{n: month_text(m) for n, m in zip(names, (first, last, limit), strict=True)}}


def _total(henti: pl.DataFrame) -> list[dict[str, Any]]:
    """Endings by group and month, all kabupaten together; the plan's own people first."""
    keys = ["kelompok", "bulan"]
    totals = henti.group_by(keys).agg(pl.col("orang", "jembatan_sebulan", "jembatan").sum())
    return totals.sort((pl.col("kelompok") != PLANNED), "bulan").to_dicts()
