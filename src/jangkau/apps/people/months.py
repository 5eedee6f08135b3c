"""The months of a person's memberships: who paid, what is in arrears or out, and when the death benefit is full."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel.month import first_day, month_index, month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.law.compiled import known_from
from jangkau.core.law.membership import ACTIVE, ARREARS, LONGEST_ARREARS, OUT, Timeline, status_of

PAYERS = {"P": _("pemerintah daerah atau desa"), "S": _("dana bagi hasil"), "C": _("CSR, zakat, donatur"),
          "M": _("mandiri atau pemberi kerja")}  # fmt: skip
_LETTER = {
    "APBD_PROV": "P", "APBD_KAB": "P", "DANA_DESA": "P", "DBH_SAWIT": "S", "DBH_CHT": "S", "CSR": "C", "ZAKAT": "C",
    "DONATUR": "C",
}  # fmt: skip
SHOWN_YEARS = 6
_LOOKS = {"kosong": "month", "dibayar": "month month-dibayar", "dijanjikan": "month month-dibayar",
          "tunggakan": "month month-tunggakan",
          "nonaktif": "month month-nonaktif"}  # fmt: skip
_COLOURS = {"P": "payer-p", "S": "payer-s", "C": "payer-c", "M": "payer-m"}
_NAMES = {0: "kosong", ACTIVE: "dibayar", ARREARS: "tunggakan", OUT: "nonaktif"}


def letter_of(kind: str) -> str:
    """The letter of PAYERS for a kind of fund, or of payer as the insurer names it."""
    return _LETTER.get(kind.strip().upper(), "M")


def month_name(index: int) -> str:
    """A month index as "Maret 2027", in the language of the page."""
    return date_format(first_day(index), "F Y")


@dataclass(frozen=True)
class Membership:
    """One member row, or without a number (kpj) what a fund of ours paid: months are indexes, both ends included."""

    kpj: str
    segment: str
    payer: str
    start: int
    until: int
    wage: int

    @property
    def paid(self) -> range:
        """The months paid."""
        return range(self.start, self.until + 1)


@dataclass(frozen=True)
class Cell:
    """One month: `state` kosong, dibayar, dijanjikan (by a fund, not paid yet), tunggakan or nonaktif; `payer` a letter
    of PAYERS where paid or promised."""

    month: int
    state: str
    payer: str = ""
    full: bool = False
    future: bool = False

    @property
    def day(self) -> date:
        """Its first day."""
        return first_day(self.month)

    @property
    def look(self) -> str:
        """The names of its look."""
        names = [_LOOKS[self.state], _COLOURS.get(self.payer, "")]
        names += ["full"] * self.full + ["future"] * self.future
        return " ".join(filter(None, names))


@dataclass(frozen=True)
class Strip:
    """The months of a person in years, and what they come to on a date; `registered`: since when the last time; `paid`:
    the months paid of which the law can tell."""

    today: int
    years: list[tuple[int, list[Cell]]] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    state: str = "belum"
    covered: int = 0
    since: int | None = None
    registered: int | None = None
    full_now: bool = False
    paid_until: int | None = None
    ends: int | None = None
    paid: tuple[int, ...] = ()

    @property
    def letters(self) -> list[tuple[str, str, object]]:
        """The payers that stand in it, for the legend: letter, look, words."""
        seen = {cell.payer for _, cells in self.years for cell in cells if cell.payer}
        return [(letter, _COLOURS[letter], words) for letter, words in PAYERS.items() if letter in seen]


def memberships(contents: list[tuple[str, dict[str, Any]]]) -> list[Membership]:
    """Member rows (kpj, row) whose months can be read."""
    found = []
    for kpj, row in contents:
        try:
            start, until = month_index(row.get("mulai") or ""), month_index(row.get("dibayar_sampai") or "")
        except Problem:
            continue
        payer = letter_of(row.get("pembayar") or "")
        found.append(Membership(kpj, row.get("segmen") or "BPU", payer, start, until, row.get("upah") or 0))
    return sorted(found, key=lambda one: (one.start, one.until))


def strip(rows: list[Membership], today: date, book: Book, promised: Mapping[int, str] | None = None) -> Strip:
    """The strip of all memberships together, up to the end of the last year that is paid or promised.

    `promised`: the payers of months that a fund has promised and not paid yet; they count for nothing until they are.
    """
    now = month_of(today)
    waiting = {month: letter for month, letter in (promised or {}).items() if month > now}
    if not rows:
        return Strip(now, _years({}, {}, now, rows, waiting) if waiting else [])
    old = known_from(book, LONGEST_ARREARS)  # the law loaded cannot tell of what was paid before
    paid = {month: row.payer for row in rows for month in row.paid if old <= month <= now}
    line = status_of(paid, now, rows[-1].segment, book)
    known = {line.first + at: (int(state), bool(full)) for at, (state, full)
             in enumerate(zip(line.state[0], line.full[0], strict=True))}  # fmt: skip
    until = max(row.until for row in rows)
    states = [state for month, (state, _full) in known.items() if month <= now]
    return Strip(
        now, _years(known, paid, now, rows, waiting), rows, _NAMES[states[-1]] if states else "belum",
        covered=sum(state in (ACTIVE, ARREARS) for state in states), since=min(rows[0].start, now) if paid else None,
        full_now=known.get(now, (0, False))[1], paid_until=until, ends=_lapse(rows, until, book),
        registered=_registered(line) if states else None,
        paid=tuple(sorted({month for row in rows for month in row.paid if month >= old})),
    )  # fmt: skip


def _registered(line: Timeline) -> int:
    """The first month of the last registration."""
    return line.months(0, line.registration == line.registration[0, -1])[0]


def _lapse(rows: list[Membership], until: int, book: Book) -> int | None:
    """The first month out if nobody pays on."""
    old = known_from(book, LONGEST_ARREARS)
    paid = {month for row in rows for month in row.paid if month >= old}
    line = status_of(paid, until + 12, rows[-1].segment, book)
    lapses = [month for month in line.months(0, line.lapse) if month > until]
    return lapses[0] if lapses else None


def _years(
    known: dict[int, tuple[int, bool]], paid: dict[int, str], now: int, rows: list[Membership], waiting: dict[int, str]
) -> list[tuple[int, list[Cell]]]:
    first = max(min(min(known, default=now), now) // 12, now // 12 - SHOWN_YEARS + 1)
    ahead = {month: row.payer for row in rows for month in row.paid if month > now}
    last = max([now, *ahead, *waiting]) // 12
    coming = {month: ("dijanjikan", payer) for month, payer in waiting.items()}
    coming |= {month: ("dibayar", payer) for month, payer in ahead.items()}
    return [(year, [_cell(month, known, paid, coming, now) for month in range(12 * year, 12 * year + 12)])
            for year in range(first, last + 1)]  # fmt: skip


def _cell(
    month: int,
    known: dict[int, tuple[int, bool]],
    paid: dict[int, str],
    coming: dict[int, tuple[str, str]],
    now: int,
) -> Cell:
    if month > now:
        return Cell(month, *coming.get(month, ("kosong", "")), future=True)
    state, full = known.get(month, (0, False))
    return Cell(month, _NAMES[state], paid.get(month, "") if state == ACTIVE else "", full)
