"""What only a whole column shows: NIK numbers that kept or lost their last digit, and dates with the month first."""

import re
from collections import Counter

from jangkau.core.identity.nik import EXACT_FLOAT, LENGTH, lost_last_digit
from jangkau.core.intake.people import Person
from jangkau.core.intake.sheets import Cell
from jangkau.core.intake.values import NUMERIC_DATE, split_birth

_ENOUGH = 10  # numeric NIKs that kept their last digit, before a column is believed to keep them all
_DATES = ("tanggal_lahir", "ttl")
_MONTH_FIRST = re.compile(
    r"\bm{1,2}\W?d{1,2}\W?y|\bb{1,2}\W[hdt]{1,2}\W[yt]|(bulan|bln)\W+(tanggal|tgl|hari)\W+(tahun|thn)\b", re.IGNORECASE
)


def exact_columns(people: list[Person]) -> frozenset[int]:
    """Columns where numeric NIKs end in 0 no more often than chance lets them: these kept all 16 digits."""
    zero, other = Counter[int](), Counter[int]()
    for person in people:
        cell = person.cells.get("nik")
        if isinstance(cell, (int, float)) and 1e15 <= cell < EXACT_FLOAT:
            (zero if int(cell) % 10 == 0 else other)[person.heading.columns["nik"]] += 1
    return frozenset(
        column for column, n in other.items() if n >= _ENOUGH and zero[column] <= _by_chance(n + zero[column])
    )


def _by_chance(rows: int) -> float:
    """A tenth, and one standard deviation."""
    return float(rows * 0.1 + (rows * 0.09) ** 0.5)


def cut_columns(people: list[Person]) -> frozenset[int]:
    """Columns where NIKs stand as text but nearly all end in 0: a spreadsheet had them as numbers before."""
    texts: dict[int, list[str]] = {}
    for person in people:
        cell = person.cells.get("nik")
        if isinstance(cell, str) and len(cell) >= LENGTH:
            texts.setdefault(person.heading.columns["nik"], []).append(re.sub(r"\D", "", cell))
    return frozenset(column for column, niks in texts.items() if lost_last_digit(niks))


def month_first_columns(people: list[Person]) -> frozenset[int]:
    """Birth date columns written month/day/year: the heading says so, or dates and NIK prove it; none denies it."""
    votes: dict[int, Counter[str]] = {}
    said: set[int] = set()
    for person in people:
        for name in _DATES:
            column = person.heading.columns.get(name)
            found = _numeric(person.cells.get(name))
            if column is None or found is None:
                continue
            _vote(votes.setdefault(column, Counter()), *found, person.cells.get("nik"))
            if _MONTH_FIRST.search(person.heading.texts.get(column, "")):
                said.add(column)
    return frozenset(column for column, vote in votes.items() if _is_month_first(vote, said=column in said))


def _is_month_first(vote: Counter[str], *, said: bool) -> bool:
    if vote["hari"] or vote["nik hari"] > vote["nik bulan"]:
        return False
    return said or (vote["bulan"] > 0 and vote["nik bulan"] > vote["nik hari"])


def _vote(vote: Counter[str], first: int, second: int, nik: Cell) -> None:
    """`hari` and `bulan`: dates only possible so; `nik ...`: the NIK decides between two possible readings."""
    if first > 12 or second > 12:
        vote["hari" if first > 12 else "bulan"] += 1
    elif first != second and isinstance(nik, str) and len(digits := re.sub(r"\D", "", nik)) == LENGTH:
        day, month = int(digits[6:8]) % 40, int(digits[8:10])
        vote["nik hari"] += (day, month) == (first, second)
        vote["nik bulan"] += (day, month) == (second, first)


def _numeric(cell: Cell) -> tuple[int, int] | None:
    """The first two numbers of a date in numbers."""
    part = split_birth(cell) if isinstance(cell, str) else None
    found = NUMERIC_DATE.match(part) if isinstance(part, str) else None
    return (int(found[1]), int(found[2])) if found else None
