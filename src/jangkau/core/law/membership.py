"""Membership over time: who is active, in arrears or out, and from when the benefit is full.

A month that is paid is `aktif`. Unpaid months after it are `tunggakan` up to the limit of the law (three), then the
member is `non-aktif`: the membership has lapsed in that first month. A payment after that is a new registration and the
wait for the full death benefit starts again. Within one registration the wait is over once the asked number of
months in a row has been paid; a shorter gap later does not start it again. A month whose arrears were settled later is
a paid month like any other. Who pays makes no difference, so a
handover between payers without an unpaid month changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import polars as pl
from narwhals.typing import IntoFrame
from numpy.typing import NDArray

from jangkau.core import engine
from jangkau.core.law.book import Book, On
from jangkau.core.law.compiled import FIRST, Ints, series
from jangkau.core.tables.schema import Frame

LONGEST_ARREARS = "keanggotaan.batas_tunggakan"
WAIT = "keanggotaan.masa_tunggu_jkm"
FULL_SINCE = "keanggotaan.mulai_penuh"
DURING_ARREARS = "keanggotaan.manfaat_saat_tunggakan"
WAITING_SEGMENTS = ("BPU",)  # Permenaker 1/2025 asks it of nobody else
STATES = ("belum", "aktif", "tunggakan", "non-aktif")
BEFORE, ACTIVE, ARREARS, OUT = range(4)
Flags = NDArray[np.bool_]
Counts = NDArray[np.int16]


def longest_arrears(on: On, book: Book | None = None) -> int:
    """Consecutive unpaid months after which a membership still stands. Raises LawUndefinedOn."""
    return int((book or Book.load()).value(LONGEST_ARREARS, on))


def waiting_months(on: On, segment: str = "BPU", book: Book | None = None) -> int:
    """Consecutive paid months before the death benefit is full. Raises LawUndefinedOn."""
    return int((book or Book.load()).value(WAIT, on)) if segment in WAITING_SEGMENTS else 0


def is_active(paid_until: int, as_of: int, book: Book | None = None) -> bool:
    """Whether a membership paid until a month (index) stands in another: paid to 2026-08 is active in 2026-11."""
    return as_of - paid_until <= longest_arrears(as_of, book)


def active_expr(paid_until: str, as_of: int, book: Book | None = None) -> nw.Expr:
    """`is_active` for a column of month indexes; null (never paid) is not active."""
    standing = nw.lit(as_of) - nw.col(paid_until) <= longest_arrears(as_of, book)
    return standing.fill_null(False).alias("aktif")


@dataclass(frozen=True)
class Timeline:
    """What holds in each month, one row a person, one column a month from `first` on."""

    first: int
    state: NDArray[np.int8]
    waited: Flags  # the wait for the full benefit is over
    full: Flags  # full benefit without anything left to settle
    run: Counts  # paid months in a row up to and with this one
    total: Counts  # paid months so far
    registration: Counts  # how many times registered so far
    lapse: Flags  # the first month out

    def months(self, person: int, flags: Flags) -> list[int]:
        """The months (index) in which a flag holds for one person."""
        return [self.first + int(place) for place in np.flatnonzero(flags[person])]


def timeline(paid: Flags, first: int, segment: str | Sequence[str] = "BPU", book: Book | None = None) -> Timeline:
    """Membership of every person in every month of a paid/unpaid grid.

    `paid` is person x month from month index `first`. Months before the wait is known to the law count as
    not full. Raises LawUndefinedOn where the arrears limit is unknown.
    Source: PP 44/2015, Permenaker 5/2021, Permenaker 1/2025.
    """
    book = book or Book.load()
    people, width = paid.shape
    months = np.arange(first, first + width)
    limit = series(book, LONGEST_ARREARS).at(months)
    wait, known = _waits(book, months, segment, people)
    during_arrears = _option(book, DURING_ARREARS, months, "TETAP")
    at_once = _option(book, FULL_SINCE, months, "SEJAK")
    grid, columns = _Grid(people), _Columns(paid.shape)
    for place in range(width):
        grid.step(paid[:, place], limit[place], wait[:, place], since=bool(at_once[place]))
        columns.keep(place, grid)
    return columns.timeline(first, known, during_arrears)


class _Grid:
    """The state of every person after the months seen so far."""

    def __init__(self, people: int) -> None:
        self.state = np.zeros(people, np.int8)
        self.waited, self.lapse, self.earned = (np.zeros(people, np.bool_) for _ in range(3))
        self.run, self.gap, self.total, self.registration = (np.zeros(people, np.int16) for _ in range(4))

    def step(self, paid: Flags, limit: int, wait: Ints, *, since: bool) -> None:
        """One more month."""
        ever = self.registration > 0
        before = self.gap
        self.gap = np.where(paid, 0, before + 1)
        self.lapse = ever & (before <= limit) & (before + 1 > limit)
        again = paid & (~ever | (before >= limit))
        self.registration = self.registration + again
        self.run = np.where(paid, np.where(again, 0, self.run) + 1, 0)
        earned_before = self.earned & ~again
        self.total = self.total + paid
        self.earned = earned_before | (paid & (self.run >= wait))
        self.waited = (self.earned if since else earned_before | (wait == 0) & paid) & (ever | again)
        standing = np.where(self.gap <= limit, ARREARS, OUT)
        self.state = np.where(paid, ACTIVE, np.where(ever, standing, BEFORE)).astype(np.int8)
        self.waited &= self.state != OUT


class _Columns:
    """The states of all months, one column each."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.state = np.zeros(shape, np.int8, order="F")
        self.waited, self.lapse = (np.zeros(shape, np.bool_, order="F") for _ in range(2))
        self.run, self.total, self.registration = (np.zeros(shape, np.int16, order="F") for _ in range(3))

    def keep(self, place: int, grid: _Grid) -> None:
        for name, column in vars(self).items():
            column[:, place] = getattr(grid, name)

    def timeline(self, first: int, known: Flags, during_arrears: Flags) -> Timeline:
        waited = self.waited & known
        full = waited & ((self.state == ACTIVE) | ((self.state == ARREARS) & during_arrears))
        return Timeline(first, self.state, waited, full, self.run, self.total, self.registration, self.lapse)


def status(frame: IntoFrame, until: int, book: Book | None = None) -> Frame:
    """One row per person and month, from the first month paid to `until`.

    In: one row per paid month of a person: `orang`, `bulan` (month index), optionally `segmen` (BPU).
    Two payers of one month count once. Out: `orang`, `bulan`, `status` (aktif, tunggakan, non-aktif), `penuh` (full
    death benefit), `pendaftaran` (number of the registration), `lapse` (first month out).
    """
    rows = engine.polars(frame).filter(pl.col("bulan") <= until)
    first = until if not rows.height else int(rows["bulan"].min())  # type: ignore[arg-type]
    people = rows["orang"].unique(maintain_order=True)
    numbered = people.to_frame().with_row_index("i")
    place = rows.select("orang").join(numbered, on="orang", how="left", maintain_order="left")["i"].to_numpy()
    paid = np.zeros((len(people), until - first + 1), np.bool_)
    paid[place, rows["bulan"].to_numpy() - first] = True
    segment = _segments(rows)
    return _long(people, timeline(paid, first, segment, book))


def status_of(paid: Iterable[int], until: int, segment: str = "BPU", book: Book | None = None) -> Timeline:
    """`timeline` of one person from the month indexes paid, from the first of them to `until`."""
    known = sorted(month for month in set(paid) if month <= until)
    first = known[0] if known else until + 1
    grid = np.zeros((1, until - first + 1), np.bool_)
    grid[0, [month - first for month in known]] = True
    return timeline(grid, first, segment, book)


def _segments(rows: pl.DataFrame) -> list[str] | str:
    if "segmen" not in rows.columns:
        return "BPU"
    return rows.unique("orang", keep="first", maintain_order=True)["segmen"].fill_null("BPU").to_list()


def _long(people: pl.Series, line: Timeline) -> Frame:
    """A timeline as rows; months before the first payment are left out."""
    width = line.state.shape[1]
    months = np.tile(np.arange(line.first, line.first + width), len(people))
    table = pl.DataFrame(
        {
            "orang": people.gather(np.repeat(np.arange(len(people)), width)),
            "bulan": months,
            "status": pl.Series(line.state.ravel(), dtype=pl.Int64),
            "penuh": line.full.ravel(),
            "pendaftaran": line.registration.ravel(),
            "lapse": line.lapse.ravel(),
        }
    ).filter(pl.col("status") > BEFORE)
    words = pl.col("status").replace_strict(list(range(len(STATES))), list(STATES), return_dtype=pl.String)
    return nw.from_native(table.with_columns(words), eager_only=True)


def _waits(book: Book, months: Ints, segment: str | Sequence[str], people: int) -> tuple[Ints, Flags]:
    """The wait of each person in each month, and whether the law knows it.

    Months before the rule is known are counted by the first rule that is, so that nobody is full too early.
    """
    waits = series(book, WAIT)
    place = np.clip(months - FIRST, 0, len(waits.known) - 1)
    rule, known = waits.rows[place, 0], waits.known[place]
    rule = np.where(known, rule, waits.rows[np.argmax(waits.known), 0])
    which = [segment] * people if isinstance(segment, str) else segment
    waiting = np.array([name in WAITING_SEGMENTS for name in which], np.bool_)[:, None]
    return np.where(waiting, rule, 0), known | ~waiting


def _option(book: Book, name: str, months: Ints, option: str) -> Flags:
    """Whether an open question is settled as `option` in each month."""
    chosen = series(book, name, unit=lambda content: int(content == option))
    return np.asarray(chosen.rows[np.clip(months - FIRST, 0, len(chosen.known) - 1), 0] == 1)
