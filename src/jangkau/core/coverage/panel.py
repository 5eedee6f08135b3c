"""Snapshots of the member register side by side: each person once, over all dates, and what holds at each.

Names are compared once for all dates, over the rows that are active at any of them; so one date alone gives the very
people that `coverage` counts. Written in Polars and NumPy: here speed is the purpose.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from jangkau.core.coverage.ages import Ints, day_numbers
from jangkau.core.coverage.people import persons, standing
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.month import month_indexes, month_of
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.membership import timeline, waiting_months
from jangkau.core.tables.common import SEX
from jangkau.core.tables.schema import Frame

Snapshot = Frame | Callable[[], Frame]
CODED = ("wilayah", "segmen", "pembayar", "sektor")
_IDENTITY = ["kpj", "nik", "nama", "tanggal_lahir"]
_FACTS = ["jenis_kelamin", "kode_wilayah", "segmen", "pembayar", "sektor", "mulai"]
_LOOK_BACK = 24  # months of a membership that are looked at: more than any wait and any arrears


@dataclass(frozen=True)
class Panel:
    """Everybody who is active at one of the dates.

    `people`: `orang` (0, 1, ...), `nik`, `jenis_kelamin`, `tanggal_lahir`. `rows`: by date the active memberships as
    `orang`, `wilayah` (4 digits, or the province's 2), `segmen`, `pembayar`, `sektor`, `mulai`, `akhir` (month
    indexes), `penuh` (null where the law of that date is not known), `tunggal` (the person has no other). `wilayah` to
    `sektor` are places in `words`; place 0 is no word at all.
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

    known: dict[str, dict[str | None, int]] = field(default_factory=lambda: {name: {None: 0} for name in CODED})

    def coded(self, values: pl.Series) -> pl.Series:
        """The place of each word; a word is looked up once."""
        places = self.known[values.name]
        words = values.cast(pl.Categorical)
        distinct = words.unique().drop_nulls()
        numbers = distinct.to_physical().to_numpy()
        for word in distinct.cast(pl.String).sort():
            places.setdefault(word, len(places))
        nothing = int(numbers.max()) + 1 if len(numbers) else 0
        lookup = np.zeros(nothing + 1, np.int32)
        lookup[numbers] = [places[word] for word in distinct.cast(pl.String)]
        return pl.Series(values.name, lookup[words.to_physical().fill_null(nothing).to_numpy()])

    def segments(self, codes: pl.Series) -> list[str]:
        """The segments of codes; without one the strictest rules hold, those of BPU."""
        known = list(self.known["segmen"])
        return [known[code] or "BPU" for code in codes]


def read_panel(potret: Mapping[date, Snapshot], provinsi: str, book: Book, trailing: int) -> Panel:
    """Read snapshots of PESERTA one at a time; only what is active at their date is kept.

    `trailing`: months by which a payment may come later without being in arrears. Raises LawUndefinedOn.
    """
    seen: list[pl.DataFrame] = []
    last = pl.DataFrame(schema={"sidik": pl.UInt64})
    rows: dict[date, pl.DataFrame] = {}
    words = _Words()
    for per in sorted(potret):
        given = potret[per]
        active = _active(given() if callable(given) else given, provinsi, per, book)
        seen.append(active.select("sidik", *_IDENTITY, "jenis_kelamin").join(last, on="sidik", how="anti"))
        last = active.select("sidik")
        rows[per] = _with_full(_compact(active, provinsi, words), words, per, book, trailing)
    people, which = _numbered(pl.concat(seen) if seen else pl.DataFrame())
    told = {name: list(places) for name, places in words.known.items()}
    return Panel(people, {per: _placed(table, which) for per, table in rows.items()}, told)


def _active(peserta: Frame, provinsi: str, per: date, book: Book) -> pl.DataFrame:
    kept = standing(peserta.select(*_IDENTITY, *_FACTS, "dibayar_sampai"), provinsi, per, book)
    active = polars(kept.with_columns(month_indexes(kept["mulai"])))
    return active.with_columns(pl.struct(_IDENTITY).hash(seed=0).alias("sidik"))


def _compact(active: pl.DataFrame, provinsi: str, words: _Words) -> pl.DataFrame:
    place = pl.col("kode_wilayah").str.slice(0, 4)
    placed = pl.when(place.str.len_chars() == 4).then(place).otherwise(pl.lit(provinsi)).alias("wilayah")
    rows = active.select("sidik", placed, *CODED[1:], pl.col("mulai", "akhir").cast(pl.Int32))
    return rows.with_columns(words.coded(rows[name]) for name in CODED)


def _with_full(rows: pl.DataFrame, words: _Words, per: date, book: Book, trailing: int) -> pl.DataFrame:
    """Adds `penuh`: whether the death benefit is full, by the law's own reckoning of each distinct membership."""
    keys = ["segmen", "mulai", "akhir"]
    spells = rows.unique(keys)
    as_of = month_of(per)
    try:
        waiting_months(as_of, book=book)
    except LawUndefinedOn:
        return rows.with_columns(penuh=pl.lit(None, pl.Boolean))
    until = spells["akhir"].to_numpy()
    begun = spells["mulai"].fill_null(spells["akhir"]).to_numpy()
    grid = np.arange(as_of - _LOOK_BACK, as_of + 1)
    paid = (grid >= begun[:, None]) & (grid <= until[:, None])
    line = timeline(paid, as_of - _LOOK_BACK, words.segments(spells["segmen"]), book)
    told = spells.select(*keys, penuh=pl.Series(line.waited[:, -1] & (as_of - until <= trailing)))
    return rows.join(told, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _numbered(seen: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """People, and which of them each row seen (`sidik`) is."""
    if not seen.width:
        text = dict.fromkeys(("nik", "jenis_kelamin"), pl.String)
        empty = pl.DataFrame(schema={"orang": pl.UInt32, **text, "tanggal_lahir": pl.Date})
        return empty, pl.DataFrame(schema={"sidik": pl.UInt64, "orang": pl.UInt32})
    told = polars(persons(frame(seen.unique("sidik", keep="any"))))
    own = pl.when(pl.col("nik") == pl.col("orang")).then(pl.col("nik")).alias("nik")
    facts = [own.drop_nulls().first(), *(pl.col(c).min() for c in ("jenis_kelamin", "tanggal_lahir"))]
    people = told.group_by("orang").agg(facts).with_row_index("nomor")
    which = told.select("sidik", "orang").join(people.select("orang", "nomor"), on="orang")
    people = people.select(pl.col("nomor").alias("orang"), "nik", "jenis_kelamin", "tanggal_lahir")
    return people, which.select("sidik", pl.col("nomor").alias("orang"))


def _placed(rows: pl.DataFrame, which: pl.DataFrame) -> pl.DataFrame:
    placed = rows.join(which, on="sidik", how="left").drop("sidik")
    orang = placed["orang"].to_numpy()
    return placed.with_columns(tunggal=pl.Series(np.bincount(orang)[orang] == 1, dtype=pl.Boolean))
