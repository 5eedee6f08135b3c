"""Snapshots of the member register side by side: each person once, over all dates, and what holds at each.

Names are compared once for all dates, over the rows that are active at any of them; so one date alone gives the very
people that `coverage` counts. Written in Polars and NumPy: here speed is the purpose.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from jangkau.core.coverage.ages import Ints, day_numbers
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
_READ = [*_IDENTITY, "kode_wilayah", "segmen", "pembayar", "sektor", "mulai", "dibayar_sampai"]
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


@dataclass
class _Words:
    """The words of the coded columns seen so far, in the order in which they came."""

    known: dict[str, dict[str | None, int]] = field(default_factory=dict)
    _months: dict[str, list[int]] = field(default_factory=dict)

    def coded(self, values: pl.Series) -> Ints:
        """The place of each word; place 0 is no word."""
        places = self.known.setdefault(values.name, {None: 0})
        found = values.cast(_listed(places), strict=False)
        if found.null_count() > values.null_count():
            for word in values.filter(found.is_null()).drop_nulls().unique().sort():
                places.setdefault(word, len(places))
            found = values.cast(_listed(places))
        return (found.to_physical().cast(pl.Int32) + 1).fill_null(0).to_numpy()

    def months(self, values: pl.Series, missing: int) -> Ints:
        """The index of each month, each distinct text read once; `missing` for what is none."""
        codes, read = self.coded(values), self._months.setdefault(values.name, [])
        read += [_month(text, missing) for text in list(self.known[values.name])[len(read) :]]
        return np.array(read, np.int32)[codes]

    def segments(self) -> list[str]:
        """The segments in their order; without one the strictest rules hold, those of BPU."""
        return [known or "BPU" for known in self.known["segmen"]]


def _month(text: str | None, missing: int) -> int:
    try:
        return missing if text is None else month_index(text)
    except Problem:
        return missing


def _listed(places: Mapping[str | None, int]) -> pl.Enum:
    return pl.Enum([word for word in places if word is not None])


class _Written:
    """Every distinct way in which a member is written down, numbered in the order in which they came."""

    def __init__(self) -> None:
        self._known = pl.DataFrame(schema={"sidik": pl.UInt64, "tulisan": pl.UInt32})
        self._parts = [pl.DataFrame(schema={"kpj": pl.String, **_TEXT, "tanggal_lahir": pl.Date}).select(_IDENTITY)]

    def numbered(self, rows: pl.DataFrame) -> pl.Series:
        """The number of each row (`tulisan`)."""
        own = rows.select(sidik=_fingerprint(rows))
        found = own.join(self._known, on="sidik", how="left", maintain_order="left")["tulisan"]
        at = found.is_null().arg_true()
        if not len(at):
            return found
        unknown = own[at]
        fresh = rows[at].with_columns(unknown).unique("sidik", keep="first", maintain_order=True)
        self._parts.append(fresh.select(_IDENTITY))
        first = len(self._known)
        numbers = pl.int_range(first, first + len(fresh), dtype=pl.UInt32, eager=True)
        added = fresh.select("sidik", tulisan=numbers)
        self._known = pl.concat([self._known, added])
        return found.scatter(at, unknown.join(added, on="sidik", how="left", maintain_order="left")["tulisan"])

    def persons(self) -> tuple[pl.DataFrame, Ints]:
        """People in the order of their names, and which of them each way of writing is."""
        told = polars(persons(frame(pl.concat(self._parts).with_row_index("tulisan"))))
        own = pl.when(pl.col("nik") == pl.col("orang")).then(pl.col("nik")).alias("nik")
        facts = [own.drop_nulls().first(), *(pl.col(c).min() for c in ("nama", "jenis_kelamin", "tanggal_lahir"))]
        people = told.group_by("orang").agg(facts).sort("nama", "orang").with_row_index("nomor")
        which = told.select("tulisan", "orang").join(people.select("orang", "nomor"), on="orang")
        numbers = np.zeros(len(told), np.int32)
        numbers[which["tulisan"].to_numpy()] = which["nomor"].to_numpy()
        return people.drop("orang").rename({"nomor": "orang"}), numbers


def _fingerprint(rows: pl.DataFrame) -> pl.Series:
    """One number of what a row says of its member; its columns one by one are far faster than together."""
    mixed = np.zeros(len(rows), np.uint64)
    for name in _IDENTITY:
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) ^ rows[name].hash(seed=0).to_numpy()
    return pl.Series("sidik", mixed)


def read_panel(potret: Mapping[date, Snapshot], provinsi: str, book: Book, trailing: int) -> Panel:
    """Read snapshots of PESERTA one at a time, the next while one is worked on; what is active at its date is kept.

    `trailing`: months by which a payment may come later without being in arrears. Raises LawUndefinedOn.
    """
    words, written, rows = _Words(), _Written(), {}
    for per, peserta in _read(potret):
        active = _active(peserta, words, provinsi, per, book)
        facts = _compact(active, words, provinsi)
        rows[per] = facts.with_columns(written.numbered(active), _full(facts, words.segments(), per, book, trailing))
    if not rows:
        return Panel(_NOBODY, {}, {name: [None] for name in CODED})
    people, numbers = written.persons()
    told = {name: list(words.known[name]) for name in CODED}
    return Panel(people, {per: _placed(table, numbers) for per, table in rows.items()}, told)


def _read(potret: Mapping[date, Snapshot]) -> Iterator[tuple[date, pl.DataFrame]]:
    days = sorted(potret)
    with ThreadPoolExecutor(1) as reader:
        waiting = [reader.submit(_columns, potret[per]) for per in days[:1]]
        for per, following in zip(days, [*days[1:], None], strict=False):
            peserta = waiting.pop().result()
            waiting += [reader.submit(_columns, potret[following])] if following else []
            yield per, peserta


def _columns(given: Snapshot) -> pl.DataFrame:
    return polars((given() if callable(given) else given).select(_READ))


def _active(peserta: pl.DataFrame, words: _Words, provinsi: str, per: date, book: Book) -> pl.DataFrame:
    """The rows placed in the province whose membership stands on the day, with `akhir`, the month paid to."""
    until = words.months(peserta["dibayar_sampai"], _NEVER)
    stands = month_of(per) - until <= longest_arrears(month_of(per), book)
    here = peserta["kode_wilayah"].str.starts_with(provinsi).fill_null(value=False)
    return peserta.drop("dibayar_sampai").with_columns(akhir=pl.Series(until)).filter(here & pl.Series(stands))


def _compact(active: pl.DataFrame, words: _Words, provinsi: str) -> pl.DataFrame:
    place = active["kode_wilayah"].str.slice(0, 4).alias("wilayah")
    placed = place.zip_with(place.str.len_chars() == 4, pl.Series([provinsi])).alias("wilayah")
    until = active["akhir"].to_numpy()
    begun = words.months(active["mulai"], _NEVER)
    coded = {name: words.coded(placed if name == "wilayah" else active[name]) for name in CODED}
    return pl.DataFrame({**coded, "mulai": np.where(begun == _NEVER, until, begun), "akhir": until})


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
