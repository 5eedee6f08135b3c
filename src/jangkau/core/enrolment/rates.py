"""What each month of a line of a decree costs, so that the months add up to the line to the rupiah."""

from typing import NamedTuple

import polars as pl

from jangkau.core.engine import frame
from jangkau.core.law.book import Book
from jangkau.core.law.contributions import schedule


class Paid(NamedTuple):
    """A line: who pays by which tariff for which occupation, from month `first` (index); `price` is the first month's,
    `total` all months', rupiah."""

    jenis: str
    tarif: str
    pekerjaan: str | None
    first: int
    months: int
    price: int
    total: int


def monthly(lines: list[Paid], book: Book | None = None) -> dict[Paid, list[int]]:
    """The rate of every month of each distinct line, as the law sets it; together they are the line's total.

    Where the plan took people's incomes as the base, the law's course of the lowest base (its months of relief) is
    scaled to the line's first price. Raises LawUndefinedOn.
    """
    distinct = sorted(set(lines), key=lambda line: (line[:2], line[2] or "", line[3:]))
    if not distinct:
        return {}
    start = min(line.first for line in distinct)
    months = range(start, max(line.first + line.months for line in distinct))
    payers = sorted({line[:3] for line in distinct}, key=lambda payer: (payer[:2], payer[2] or ""))
    names = {"pembayar": pl.String, "tarif": pl.String, "sektor": pl.String}
    asked = pl.DataFrame(payers, schema=names, orient="row").with_columns(segmen=pl.lit("BPU"))
    table = schedule(frame(asked), months, book)
    course = {
        line: table[line.first - start : line.first - start + line.months, payers.index(line[:3])].tolist()
        for line in distinct
    }
    return {line: _fitted(line, course[line]) for line in distinct}


def _fitted(line: Paid, course: list[int]) -> list[int]:
    """The course of the law for this line; what rounding leaves stands in the last month."""
    if sum(course) == line.total:
        return course
    if line.price * line.months == line.total:
        return [line.price] * line.months
    scaled = [amount * line.price // course[0] for amount in course[:-1]]
    rest = line.total - sum(scaled)
    even, over = divmod(line.total, line.months)
    return [*scaled, rest] if rest > 0 else [even + (at < over) for at in range(line.months)]


def price(line: Paid, book: Book | None = None) -> list[int]:
    """What the law asks for the months of a line whose price is not known yet, at the lowest base."""
    start = pl.DataFrame({"pembayar": [line.jenis], "tarif": [line.tarif], "sektor": [line.pekerjaan]})
    asked = start.with_columns(pl.col("sektor").cast(pl.String), segmen=pl.lit("BPU"))
    months = range(line.first, line.first + line.months)
    rates: list[int] = schedule(frame(asked), months, book)[:, 0].tolist()
    return rates
