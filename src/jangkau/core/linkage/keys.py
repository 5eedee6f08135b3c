"""Keys of records by a blocking rule, as 64-bit numbers: equal where every column of the rule is equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.side import NAME, Numbers, Side

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Words = tuple[Numbers, Hashes]
WORDS = ("kata", "semua", "inisial")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
# Tells whether numbers made elsewhere can be compared with numbers made here.
PROBE = pl.Series(["jangkau", "2026", ""])


@dataclass(frozen=True)
class Rule:
    """Two rows meet where every key is equal; keys shared by more than `cap` rows of the right side say too little.

    `keys` name columns; a column of lists (WORDS) meets where one of its words is equal.
    """

    name: str
    keys: tuple[str, ...]
    cap: int = 300


@dataclass(frozen=True)
class Keys:
    """The keys of some records of one side; what several rules ask of a column is computed once.

    `columns`: a number for each record, and where there is one; `words`: the place of the record of each, and all of
    them.
    """

    rids: Numbers
    columns: dict[str, tuple[Hashes, Mask]]
    words: dict[str, Words]

    def of(self, rule: Rule) -> tuple[Hashes, Numbers]:
        """Keys and their records; a record that lacks a column is left out, one with several words comes again."""
        mixed, present = np.zeros(len(self.rids), np.uint64), np.ones(len(self.rids), np.bool_)
        holders, told = self.rids, [name for name in rule.keys if name in WORDS]
        for name in (name for name in rule.keys if name not in WORDS):
            values, known = self.columns[name]
            _mix(mixed, values)
            present &= known
        for name in told:
            at, flat = self.words[name]
            mixed, present, holders = mixed.take(at), present.take(at), holders.take(at).astype(np.int32, copy=False)
            _mix(mixed, flat)
        if present.all():
            return mixed, holders
        known_at = np.flatnonzero(present)
        return mixed.take(known_at), holders.take(known_at)


def keys(side: Side, rids: Numbers, rules: Sequence[Rule]) -> Keys:
    """The keys of some records of a side by these rules."""
    every = len(rids) == len(side) and bool((np.diff(rids) == 1).all())
    rows = side.rows if every else side.rows.select(pl.all().gather(pl.Series(rids)))
    wanted = dict.fromkeys(name for rule in rules for name in rule.keys)
    own = [name for name in wanted if name in rows.columns]
    shared = [name for name in wanted if name not in own]
    columns = _hashed(rows, own)
    words = {name: _held(*_parted(rows, name)) for name in own if name in WORDS}
    if shared:
        borne = _Borne(rows[NAME])
        columns |= {name: borne.column(*told) for name, told in _hashed(side.names, shared).items()}
        words |= {name: borne.words(*_parted(side.names, name)) for name in shared if name in WORDS}
    return Keys(rids, columns, words)


def _hashed(table: pl.DataFrame, names: list[str]) -> dict[str, tuple[Hashes, Mask]]:
    """Columns of one value a row as numbers, and where there is one."""
    plain = [name for name in names if name not in WORDS]
    known = (pl.col(name).is_not_null().alias(f"{name} ada") for name in plain)
    told = table.select(*(_hash(table, name) for name in plain), *known)
    return {name: (told[name].to_numpy(), told[f"{name} ada"].to_numpy()) for name in plain}


def _hash(table: pl.DataFrame, name: str) -> pl.Expr:
    """The hash of a column; of a text it may stand there already (`integers`)."""
    if f"{name}_id" in table.columns:
        return pl.col(f"{name}_id").fill_null(0).reinterpret(signed=False).alias(name)
    return pl.col(name).hash()


def _parted(table: pl.DataFrame, name: str) -> tuple[Places, Hashes]:
    """How many words each row has, and all words as numbers."""
    counts = table.select(pl.col(name).list.len().fill_null(0).cast(pl.Int64)).to_series()
    flat = table.select(pl.col(name).explode(keep_nulls=False, empty_as_null=False).hash()).to_series()
    return counts.to_numpy(), flat.to_numpy()


def _held(counts: Places, flat: Hashes) -> Words:
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts), flat


class _Borne:
    """What is known of names, told of the records that bear them."""

    def __init__(self, names: pl.Series) -> None:
        self._named = names.is_not_null().to_numpy()
        self._at = names.fill_null(0).to_numpy()

    def column(self, hashed: Hashes, known: Mask) -> tuple[Hashes, Mask]:
        if not len(hashed):
            return np.zeros(len(self._at), dtype=np.uint64), np.zeros(len(self._at), dtype=np.bool_)
        return hashed.take(self._at), known.take(self._at) & self._named

    def words(self, counts: Places, flat: Hashes) -> Words:
        if not len(counts):
            return np.zeros(0, dtype=np.int32), flat
        repeats = np.where(self._named, counts.take(self._at), 0)
        holders, _ = _held(repeats, flat)
        # From the number of a word among all to its number among those of the names.
        ahead = (np.cumsum(counts) - counts).take(self._at) - (np.cumsum(repeats) - repeats)
        return holders, flat.take(np.arange(len(holders)) + ahead.take(holders))


def _mix(mixed: Hashes, more: Hashes) -> None:
    """Take another column into `mixed`."""
    mixed *= _MIX
    mixed ^= more
    mixed ^= mixed >> _FOLD
    mixed *= _MIX
