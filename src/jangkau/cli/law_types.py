"""Months, dates and word lists as command-line options of `jangkau law`."""

from datetime import date
from typing import Any

import click

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.schema import read_day


class Month(click.ParamType[int]):
    """A `YYYY-MM` month, as its index."""

    name = "TTTT-BB"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The index, or a usage error."""
        try:
            return value if isinstance(value, int) else month_index(value)
        except Problem as problem:
            self.fail(f"{problem.pesan} {problem.saran}", param, ctx)


class MonthList(click.ParamType[tuple[int, ...]]):
    """Months with commas between; `2026-01..2026-06` is a range. May be empty."""

    name = "TTTT-BB,..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """The indexes in order, each once."""
        if isinstance(value, tuple):
            return value
        months: set[int] = set()
        for part in filter(None, (part.strip() for part in value.split(","))):
            first, _, last = part.partition("..")
            start = Month().convert(first, param, ctx)
            months |= set(range(start, (Month().convert(last, param, ctx) if last else start) + 1))
        return tuple(sorted(months))


class Day(click.ParamType[date]):
    """A `YYYY-MM-DD` date."""

    name = "TTTT-BB-HH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' bukan tanggal; tulis TTTT-BB-HH, misalnya 2026-10-05.", param, ctx)


class Moment(click.ParamType[str]):
    """A date or a month, kept as text."""

    name = "TTTT-BB[-HH]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, or a usage error."""
        text = str(value)
        try:
            read_day(text, last=True)
        except Problem as problem:
            self.fail(f"{problem.pesan} {problem.saran}", param, ctx)
        return text


class Words(click.ParamType[tuple[str, ...]]):
    """Words of a list with commas between."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words, self.name = words, ",".join(words[:2]) + ",..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The words, upper case, or a usage error."""
        found = (
            value
            if isinstance(value, tuple)
            else tuple(word.strip().upper() for word in value.split(",") if word.strip())
        )
        wrong = [word for word in found if word not in self.words]
        if wrong:
            self.fail(f"'{wrong[0]}' tidak dikenal; pilih {', '.join(self.words)}.", param, ctx)
        return found
