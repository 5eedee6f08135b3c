"""Keys of records by a blocking rule, as 64-bit numbers: equal where every column of the rule is equal."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.side import NAME, Numbers, Side

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
WORDS = ("kata", "inisial")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(29)
# Tells whether numbers made elsewhere can be compared with numbers made here.
PROBE = pl.Series(["jangkau", "2026", ""])


@dataclass(frozen=True)
class Rule:
    """Two rows meet where every key is equal; keys shared by more than `cap` rows of the right side say too little.

    `keys` name columns; a column of lists (WORDS) meets where one of its words is equal. `words`: what meets is a
    telling word of the name.
    """

    name: str
    keys: tuple[str, ...]
    cap: int = 300
    words: bool = False


class Keys:
    """The keys of some records of one side; what several rules ask of a column is computed once."""

    def __init__(self, side: Side, rids: Numbers) -> None:
        self._rids = rids
        every = len(rids) == len(side) and bool((np.diff(rids) == 1).all())
        self._rows = side.rows if every else side.rows.select(pl.all().gather(pl.Series(rids)))
        self._names = side.names
        self._known: dict[str, tuple[Hashes, Mask]] = {}

    def of(self, rule: Rule) -> tuple[Hashes, Numbers]:
        """Keys and their records; a record that lacks a column is left out, one with several words comes again."""
        lists = [name for name in rule.keys if name in WORDS]
        mixed = np.zeros(len(self._rids), dtype=np.uint64)
        present = np.ones(len(self._rids), dtype=np.bool_)
        for name in rule.keys:
            if name not in lists:
                values, known = self._column(name)
                mixed, present = _mix(mixed, values), present & known
        at = np.flatnonzero(present)
        if not lists:
            return mixed[at], self._rids[at]
        again, words = self._words(lists[0], at)
        return _mix(mixed[again], words), self._rids[again]

    def _column(self, name: str) -> tuple[Hashes, Mask]:
        if name not in self._known:
            own = name in self._rows.columns
            values = (self._rows if own else self._names)[name]
            hashed, known = values.hash().to_numpy(), values.is_not_null().to_numpy()
            if not own:
                hashed, known = self._by_row(hashed, known)
            self._known[name] = (hashed, known)
        return self._known[name]

    def _by_row(self, hashed: Hashes, known: Mask) -> tuple[Hashes, Mask]:
        """Values of names -> values of records."""
        names = self._rows[NAME]
        at = names.fill_null(0).to_numpy()
        if not len(hashed):
            return np.zeros(len(at), dtype=np.uint64), np.zeros(len(at), dtype=np.bool_)
        return hashed[at], known[at] & names.is_not_null().to_numpy()

    def _words(self, name: str, at: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], Hashes]:
        """Places (as in `at`, one for each word) and words."""
        own = name in self._rows.columns
        lists = (self._rows if own else self._names)[name]
        count = lists.list.len().fill_null(0).to_numpy().astype(np.int64)
        start = np.cumsum(count) - count
        flat = lists.explode(keep_nulls=False, empty_as_null=False).hash().to_numpy()
        holder = at
        if not own:
            named = self._rows[NAME].is_not_null().to_numpy()[at]
            at = at[named]
            holder = self._rows[NAME].fill_null(0).to_numpy()[at]
        repeats = count[holder]
        inside = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        return np.repeat(at, repeats), flat[np.repeat(start[holder], repeats) + inside]


def _mix(left: Hashes, right: Hashes) -> Hashes:
    mixed = (left * _MIX) ^ right
    mixed ^= mixed >> _FOLD
    result: Hashes = mixed * _MIX
    return result
