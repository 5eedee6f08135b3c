"""What an event pays to somebody who had paid so many months in a row: the amounts that the public is told."""

from datetime import date

from jangkau.core.kernel.month import month_of
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Claim, Event, claim

LONG = 60  # months in a row that fulfil every wait


def after(kind: str, on: date, wage: int, months: int, book: Book) -> Claim:
    """The claim of a BPU member who paid `months` in a row up to the month of the event. Raises LawUndefinedOn."""
    return claim(Event(kind, on, "BPU", in_a_row(on, months), wage), book)


def in_a_row(on: date, months: int) -> tuple[int, ...]:
    """So many months (month indices) up to that of the day."""
    last = month_of(on)
    return tuple(range(last - months + 1, last + 1))


def wage_base(on: date, income: int, book: Book) -> int:
    """The registered wage of an income, rupiah a month. Raises LawUndefinedOn."""
    steps = book.value("bpu.dasar_upah", month_of(on))
    return next(int(base) for low, base in reversed(steps) if income >= low)
