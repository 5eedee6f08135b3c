"""Parameters as arrays over months, so that millions of rows are priced at once.

Rates in percent become whole parts per million, so every amount is exact integer arithmetic.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jangkau.core.kernel.month import month_of
from jangkau.core.law.book import Book, LawUndefinedOn, day_of
from jangkau.core.law.schema import Parameter, Reader, Value

Ints = NDArray[np.int64]
Months = Ints  # one month a row, or a 0-d array: one month for all
FIRST, LAST = 2000 * 12, 2100 * 12
PPM = 1_000_000


def share(amount: Ints, ppm: Ints) -> Ints:
    """A rate of an amount in whole rupiah, halves rounded up."""
    return np.asarray((amount * ppm + PPM // 2) // PPM)


def ppm(percent: Decimal | int | str) -> int:
    """Percent as parts per million: 0.24 -> 2400."""
    return int(Decimal(percent) * (PPM // 100))


@dataclass(frozen=True)
class Series:
    """One parameter month by month: a row of whole numbers per month, and whether the law is known."""

    parameter: Parameter
    rows: Ints
    known: NDArray[np.bool_]

    def at(self, months: Months, key: Ints | int | slice = 0) -> Ints:
        """The values at months (one, or one a row). Raises LawUndefinedOn at the first unknown month."""
        place = np.clip(months - FIRST, 0, len(self.known) - 1)
        known = self.known[place] & (months >= FIRST) & (months < LAST)
        if not known.all():
            raise LawUndefinedOn(self.parameter, int(np.asarray(months)[~known].flat[0]))
        return np.asarray(self.rows[place, key])


def series(book: Book, name: str, keys: Sequence[str] = ("",), unit: Callable[[Any], int] = int) -> Series:
    """A parameter compiled; `keys` picks the entries of a `peta`, `unit` turns a value into a whole number."""
    parameter = book[name]
    rows = np.zeros((LAST - FIRST, len(keys)), np.int64)
    known = np.zeros(LAST - FIRST, np.bool_)
    for value in parameter.values:
        here = slice(*_reach(value.since, value.until))
        rows[here] = [_number(parameter, value, key, unit) for key in keys]
        known[here] = True
    return Series(parameter, rows, known)


def known_from(book: Book, name: str) -> int:
    """The first month (index) in which the law knows a value."""
    return FIRST + int(np.argmax(series(book, name).known))


def _number(parameter: Parameter, value: Value, key: str, unit: Callable[[Any], int]) -> int:
    """One entry of a value as a whole number. Raises HUKUM_BERKAS_SALAH where the file says something else."""
    try:
        return unit(value.content[key] if key else value.content)
    except (KeyError, ValueError, InvalidOperation):
        cause = f"nilai untuk '{key}' tidak ada atau tidak dikenal" if key else "nilai tidak dikenal"
        raise Reader(parameter.name.replace(".", "/") + ".yaml").fail(value.line, cause) from None


def _reach(since: Any, until: Any) -> tuple[int, int]:
    """The months whose last day lies in a range, as places from FIRST."""
    stop = LAST
    if until is not None:
        stop = month_of(until) + (day_of(month_of(until)) == until)
    return max(month_of(since), FIRST) - FIRST, max(stop, FIRST) - FIRST


@dataclass(frozen=True)
class Ladder:
    """A table of income brackets as one lookup: bounds are multiples of `step`."""

    series: Series
    step: int
    tables: tuple[Ints, ...]

    def at(self, months: Months, income: Ints) -> Ints:
        """The value of the bracket that each income is in. Raises LawUndefinedOn."""
        which = self.series.at(months)
        place = np.maximum(income, 0) // self.step
        result = np.zeros(np.broadcast(which, income).shape, np.int64)
        for number in np.unique(which):
            table = self.tables[number]
            found = table[np.minimum(place, len(table) - 1)]
            result = np.where(which == number, found, result) if which.ndim else found
        return result


def ladder(book: Book, name: str) -> Ladder:
    """A `jenjang` parameter compiled to lookups."""
    parameter = book[name]
    step = gcd(*(int(low) for value in parameter.values for low, _ in value.content)) or 1
    tables = tuple(_lookup(value.content, step) for value in parameter.values)
    order = {id(value.content): number for number, value in enumerate(parameter.values)}
    return Ladder(series(book, name, unit=lambda content: order[id(content)]), step, tables)


def _lookup(steps: Sequence[tuple[int, int]], step: int) -> Ints:
    table = np.zeros(int(steps[-1][0]) // step + 1, np.int64)
    for low, value in steps:
        table[int(low) // step :] = int(value)
    return table


@dataclass(frozen=True)
class Bands:
    """Marginal bands: each rate touches only the part of the amount inside its band."""

    series: Series
    tables: tuple[Ints, ...]

    def at(self, months: Months, amount: Ints) -> Ints:
        """The whole due on each amount, rounded once. Raises LawUndefinedOn."""
        which = self.series.at(months)
        result = np.zeros(np.broadcast(which, amount).shape, np.int64)
        for number in np.unique(which):
            result = np.where(which == number, self._due(self.tables[number], amount), result)
        return result

    @staticmethod
    def _due(table: Ints, amount: Ints) -> Ints:
        lows, highs = table[:, 0], np.append(table[1:, 0], np.iinfo(np.int64).max)
        parts = sum(
            np.clip(amount, low, high) * rate - low * rate
            for low, high, rate in zip(lows, highs, table[:, 1], strict=True)
        )
        return np.asarray((parts + PPM // 2) // PPM)


def bands(book: Book, name: str) -> Bands:
    """A `jenjang` parameter of percentages compiled to marginal bands."""
    parameter = book[name]
    tables = tuple(np.array([(int(low), ppm(rate)) for low, rate in v.content]) for v in parameter.values)
    order = {id(value.content): number for number, value in enumerate(parameter.values)}
    return Bands(series(book, name, unit=lambda content: order[id(content)]), tables)
