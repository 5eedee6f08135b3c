"""What a fund may pay: its rows of `dana`, read strictly. A word that nobody knows stops the plan."""

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.register_files import as_note
from jangkau.core.tables.common import OCCUPATIONS
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

FILE = "dana.csv"
_COMPARE = re.compile(r"(desil|penghasilan)\s*(<=|>=|==|=|<|>)\s*(\d+)")
_OPERATORS: dict[str, Callable[[Any, Any], pl.Expr]] = {
    "<=": operator.le, ">=": operator.ge, "==": operator.eq, "=": operator.eq, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_FLAGS = {"belum_terdaftar": ~pl.col("terdaftar"), "terdaftar": pl.col("terdaftar")}


@dataclass(frozen=True)
class Fund:
    """One fund. `first` and `last` are month indexes, None where open; `jobs` empty means any."""

    code: str
    name: str
    kind: str
    budget: int
    area: str
    jobs: frozenset[str]
    conditions: tuple[str, ...]
    first: int | None
    last: int | None
    rate: str

    def valid(self, month: int) -> bool:
        """Whether the fund may pay in this month."""
        return (self.first is None or month >= self.first) and (self.last is None or month <= self.last)


def read_funds(dana: Frame) -> list[Fund]:
    """The funds of a `dana` frame, by code. Raises SYARAT_DANA, PEKERJAAN_DANA, ANGGARAN_DANA, BULAN_SALAH."""
    return [_fund(row) for row in polars(dana).sort("kode").iter_rows(named=True)]


def fund_problems(dana: Frame, settings: Settings, known: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Rows for MASALAH: funds that cannot be read; those that can pay nobody, DANA_WILAYAH where no region is `known`
    by that code, DANA_BULAN where no month of the plan is theirs; BULAN_TANPA_DANA where a month is no fund's.
    """
    months = range(settings.start, settings.start + settings.bulan)
    found: list[Problem] = []
    paid: set[int] = set()
    for row in polars(dana).sort("kode").iter_rows(named=True):
        try:
            fund = _fund(row)
        except Problem as problem:
            found.append(problem)
            continue
        paid |= set(filter(fund.valid, months))
        found += _lost(fund, months, known)
    if paid and (open_months := sorted(set(months) - paid)):
        found.append(Problem("BULAN_TANPA_DANA", seluruh=len(months), banyak=len(open_months),
                             bulan=month_text(open_months[0])))  # fmt: skip
    return [as_note(problem, FILE) for problem in found]


def _lost(fund: Fund, months: range, known: Callable[[str], bool]) -> Iterator[Problem]:
    """Why a fund pays nobody, whatever money it has."""
    if fund.area and not known(fund.area):
        yield Problem("DANA_WILAYAH", dana=fund.code, wilayah=fund.area)
    elif not any(map(fund.valid, months)):
        yield Problem("DANA_BULAN", dana=fund.code, dari=month_text(months[0]), sampai=month_text(months[-1]))


def condition(text: str) -> pl.Expr:
    """A condition over persons as a boolean expression; an unknown value does not satisfy it."""
    if text in _FLAGS:
        return _FLAGS[text].fill_null(False)
    found = _COMPARE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return _OPERATORS[found[2]](pl.col(found[1]), int(found[3])).fill_null(False)


def _fund(row: dict[str, Any]) -> Fund:
    code = row["kode"]
    if row["anggaran"] < 0:
        raise Problem("ANGGARAN_DANA", dana=code)
    return Fund(
        code=code,
        name=row.get("nama") or code,
        kind=row["jenis"],
        budget=row["anggaran"],
        area=re.sub(r"\D", "", row.get("wilayah") or ""),
        jobs=_jobs(code, row.get("pekerjaan") or ""),
        conditions=_conditions(code, row.get("syarat") or ""),
        first=_month(row.get("berlaku_dari")),
        last=_month(row.get("berlaku_sampai")),
        rate=row.get("tarif") or "AUTO",
    )


def _jobs(code: str, text: str) -> frozenset[str]:
    jobs, strange = _tags(text)
    for job in strange:
        raise Problem("PEKERJAAN_DANA", dana=code, pekerjaan=job)
    return jobs


def _conditions(code: str, text: str) -> tuple[str, ...]:
    tests, strange = _tests(text)
    for part in strange:
        raise Problem("SYARAT_DANA", dana=code, syarat=part)
    return tests


# a thousand village funds say the same few words
@lru_cache
def _tags(text: str) -> tuple[frozenset[str], list[str]]:
    """Occupation tags, and those that nobody knows."""
    jobs = frozenset(part.strip().upper() for part in text.split("|") if part.strip())
    return jobs, sorted(jobs - set(OCCUPATIONS))


@lru_cache
def _tests(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Conditions, and those that nobody knows."""
    found = tuple(sorted({re.sub(r"\s+", "", part).lower() for part in text.split(";") if part.strip()}))
    return found, [part for part in found if part not in _FLAGS and not _COMPARE.fullmatch(part)]


@lru_cache
def _month(text: str | None) -> int | None:
    return month_index(text) if text and text.strip() else None
