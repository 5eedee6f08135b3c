"""Snapshots of the member register side by side: each person once, over all dates, and what holds at each.

Names are compared once for all dates, over the rows that are active at any of them; so one date alone gives the very
people that `coverage` counts. Written in Polars and NumPy: here speed is the purpose.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from jangkau.core.coverage.ages import day_numbers
from jangkau.core.coverage.numbering import Hashes, Ints, Numbers, Places
from jangkau.core.coverage.people import persons
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import month_index, month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.membership import longest_arrears, timeline, waiting_months
from jangkau.core.tables.common import SEX
from jangkau.core.tables.schema import Frame

Snapshot = Frame | Callable[[], Frame]
CODED = ("wilayah", "segmen", "pembayar", "sektor")
_IDENTITY = ["kpj", "nik", "nama", "tanggal_lahir", "jenis_kelamin"]
_MONTHS = ("mulai", "dibayar_sampai")
_TEXTS = ("kode_wilayah", *CODED[1:], *_MONTHS)
READ = [*_IDENTITY, *_TEXTS]
_NEVER = -(10**6)  # a month before all others
_LOOK_BACK = 24  # months of a membership that are looked at: more than any wait and any arrears


_TEXT = dict.fromkeys(("nik", "nama", "jenis_kelamin"), pl.String)
_NOBODY = pl.DataFrame(schema={"orang": pl.UInt32, **_TEXT, "tanggal_lahir": pl.Date})


@dataclass(frozen=True)
class Panel:
    """Everybody who is active at one of the dates.

    `people`: `orang` (0, 1, ... in the order of names), `nik`, `nama`, `jenis_kelamin`, `tanggal_lahir`. `rows`: by
    date the active memberships as `orang`, `wilayah` (4 digits, or the province's 2), `segmen`, `pembayar`, `sektor`,
    `mulai`, `akhir` (month indexes), `penuh` (null where the law of that date is not known), `tunggal` (the person has
    no other). `wilayah` to `sektor` are places in `words`; place 0 is no word at all.
    """

    people: pl.DataFrame
    rows: Mapping[date, pl.DataFrame]
    words: Mapping[str, list[str | None]]

    @cached_property
    def born(self) -> Ints:
        """Birth of each person as yyyymmdd."""
        return day_numbers(self.people["tanggal_lahir"])

    @cached_property
    def sex(self) -> Ints:
        """Sex of each person as a place in L, P, unknown."""
        known = self.people["jenis_kelamin"].replace_strict(list(SEX), [0, 1], default=2, return_dtype=pl.Int32)
        return np.asarray(known.to_numpy())

    @property
    def dates(self) -> list[date]:
        """The dates of the snapshots, in order."""
        return list(self.rows)

    def code(self, column: str, word: str | None) -> int:
        """The place of a word in a column; -1 where no row has it."""
        known = self.words[column]
        return known.index(word) if word in known else -1


@dataclass(frozen=True)
class _Rows:
    """The rows of one snapshot, with the hash of each text of a coded column or month, and of what a row says of its
    member."""

    table: pl.DataFrame
    texts: Mapping[str, Hashes]
    member: Hashes

    @staticmethod
    def read(given: Snapshot) -> "_Rows":
        table = polars((given() if callable(given) else given).select(READ))
        hashes = {name: column.to_numpy() for name, column in table.select(pl.all().hash(seed=0)).to_dict().items()}
        mixed = np.zeros(len(table), np.uint64)
        for name in _IDENTITY:
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) ^ hashes[name]
        return _Rows(table, {name: hashes[name] for name in _TEXTS}, mixed)


class _Words:
    """What the texts of the coded columns and months mean, each distinct text read once."""

    def __init__(self, provinsi: str) -> None:
        self._provinsi = provinsi
        self.known: dict[str, dict[str | None, int]] = {name: {None: 0} for name in CODED}
        self._numbers = {name: Numbers() for name in _TEXTS}
        self._meanings: dict[str, list[int]] = {name: [] for name in _TEXTS}

    def read(self, rows: _Rows, column: str) -> Ints:
        """The index of each month (_NEVER for none), or the place of each word (0 for none, -1 for a region outside
        the province)."""
        found, fresh = self._numbers[column].of(rows.texts[column])
        texts = rows.table[column].gather(fresh).to_list()
        read = {text: self._meaning(column, text) for text in sorted(texts, key=lambda text: text or "")}
        self._meanings[column] += [read[text] for text in texts]
        return np.array(self._meanings[column], np.int32)[found]

    def _meaning(self, column: str, text: str | None) -> int:
        if column in _MONTHS:
            return _month(text)
        if column == "kode_wilayah":
            return self._region(text or "")
        places = self.known[column]
        return places.setdefault(text, len(places))

    def _region(self, code: str) -> int:
        if not code.startswith(self._provinsi):
            return -1
        places = self.known["wilayah"]
        return places.setdefault(code[:4] if len(code) >= 4 else self._provinsi, len(places))

    def segments(self) -> list[str]:
        """The segments in their order; without one the strictest rules hold, those of BPU."""
        return [known or "BPU" for known in self.known["segmen"]]


def _month(text: str | None) -> int:
    try:
        return _NEVER if text is None else month_index(text)
    except Problem:
        return _NEVER


class _Written:
    """Every distinct way in which a member is written down."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._parts = [pl.DataFrame(schema={"kpj": pl.String, **_TEXT, "tanggal_lahir": pl.Date}).select(_IDENTITY)]

    def numbered(self, rows: _Rows, which: Places) -> Ints:
        """The number of each of these rows (`tulisan`)."""
        found, fresh = self._numbers.of(rows.member[which])
        self._parts.append(rows.table.select(_IDENTITY)[which[fresh]])
        return found

    def persons(self) -> tuple[pl.DataFrame, Ints]:
        """People in the order of their names, and which of them each way of writing is."""
        told = polars(persons(frame(pl.concat(self._parts).with_row_index("tulisan"))))
        number, _ = Numbers().of(told["orang"].hash(seed=0).to_numpy())
        own = pl.when(pl.col("nik") == pl.col("orang")).then(pl.col("nik")).alias("nik")
        facts = told.select("orang", own, "nama", "jenis_kelamin", "tanggal_lahir", nomor=pl.Series(number))
        once = pl.Series(np.bincount(number, minlength=1)[number] == 1, dtype=pl.Boolean)
        least = [pl.col("orang").first(), pl.col("nik", "nama", "jenis_kelamin", "tanggal_lahir").min()]
        several = facts.filter(~once).group_by("nomor").agg(least)
        people = pl.concat([facts.filter(once), several.select(facts.columns)]).sort("nama", "orang")
        places, numbers = np.zeros(len(people), np.int32), np.zeros(len(told), np.int32)
        places[people["nomor"].to_numpy()] = np.arange(len(people))
        numbers[told["tulisan"].to_numpy()] = places[number]
        return people.drop("orang", "nomor").with_row_index("orang"), numbers


def read_panel(potret: Mapping[date, Snapshot], provinsi: str, book: Book, trailing: int) -> Panel:
    """Read snapshots of PESERTA one at a time, the next while one is worked on; what is active at its date is kept.

    `trailing`: months by which a payment may come later without being in arrears. Raises LawUndefinedOn.
    """
    words, written, rows = _Words(provinsi), _Written(), {}
    for per, given in _read(potret):
        which, facts = _active(given, words, per, book)
        number = pl.Series("tulisan", written.numbered(given, which))
        rows[per] = facts.with_columns(number, _full(facts, words.segments(), per, book, trailing))
    if not rows:
        return Panel(_NOBODY, {}, {name: [None] for name in CODED})
    people, numbers = written.persons()
    told = {name: list(words.known[name]) for name in CODED}
    return Panel(people, {per: _placed(table, numbers) for per, table in rows.items()}, told)


def _read(potret: Mapping[date, Snapshot]) -> Iterator[tuple[date, _Rows]]:
    days = sorted(potret)
    with ThreadPoolExecutor(1) as reader:
        waiting = [reader.submit(_Rows.read, potret[per]) for per in days[:1]]
        for per, following in zip(days, [*days[1:], None], strict=False):
            rows = waiting.pop().result()
            waiting += [reader.submit(_Rows.read, potret[following])] if following else []
            yield per, rows


def _active(rows: _Rows, words: _Words, per: date, book: Book) -> tuple[Places, pl.DataFrame]:
    """The rows placed in the province whose membership stands on the day, and what is kept of them."""
    place, until = words.read(rows, "kode_wilayah"), words.read(rows, "dibayar_sampai")
    stands = month_of(per) - until <= longest_arrears(month_of(per), book)
    which = np.flatnonzero(stands & (place >= 0))
    coded = {name: words.read(rows, name)[which] for name in CODED if name != "wilayah"}
    until, begun = until[which], words.read(rows, "mulai")[which]
    begun = np.where(begun == _NEVER, until, begun)
    return which, pl.DataFrame({"wilayah": place[which], **coded, "mulai": begun, "akhir": until})


def _full(rows: pl.DataFrame, segments: list[str], per: date, book: Book, trailing: int) -> pl.Series:
    """`penuh`: whether the death benefit is full, by the law's own reckoning of every membership there can be."""
    as_of = month_of(per)
    try:
        waiting_months(as_of, book=book)
    except LawUndefinedOn:
        return pl.Series("penuh", [None], pl.Boolean).new_from_index(0, len(rows))
    first, limit = as_of - _LOOK_BACK, longest_arrears(as_of, book)
    every = np.meshgrid(np.arange(len(segments)), np.arange(first, as_of + 2), np.arange(as_of - limit, as_of + 1))
    segment, begun, until = (axis.transpose(1, 0, 2).ravel() for axis in every)
    grid = np.arange(first, as_of + 1)
    paid = (grid >= begun[:, None]) & (grid <= until[:, None])
    line = timeline(paid, first, [segments[place] for place in segment], book)
    told = (line.waited[:, -1] & (as_of - until <= trailing)).reshape(len(segments), -1, limit + 1)
    begins = rows["mulai"].clip(first, as_of + 1).to_numpy() - first
    return pl.Series(
        "penuh",
        told[rows["segmen"].to_numpy(), begins, rows["akhir"].clip(upper_bound=as_of).to_numpy() - as_of + limit],
    )


def _placed(rows: pl.DataFrame, numbers: Ints) -> pl.DataFrame:
    orang = numbers[rows["tulisan"].to_numpy()]
    alone = np.bincount(orang, minlength=1)[orang] == 1
    return rows.drop("tulisan").with_columns(orang=pl.Series(orang), tunggal=pl.Series(alone, dtype=pl.Boolean))
