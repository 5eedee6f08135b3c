"""The trained model compiled to SQL on the pairs that blocks found; equal to Splink's match weight, and faster.

A pair stands in one row with the columns of both sides, `x_l` and `x_r`, so that conditions run as they are written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from math import log2
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.comparisons import (
    ELSE,
    JW,
    NEAR_NIK,
    SAME_STEM,
    SHARED_WORD,
    TWO_WORDS,
    Comparison,
    term_columns,
)
from jangkau.core.linkage.keys import Mask
from jangkau.core.linkage.lazy_sql import lazy
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.pairs import Desk, Pairs, asked
from jangkau.core.linkage.side import Side

Floats = np.ndarray[Any, np.dtype[np.float64]]
_NAMES = ("nama_l", "nama_r", "bunyi_l", "bunyi_r", "kata_l", "kata_r")
_SIDE = re.compile(r"\b([a-z0-9_]+)_([lr])\b")
# Numbers a slip apart have seven digits alike at one of their ends.
_FAR_NIK = "n10_l // 1000 <> n10_r // 1000 AND z10_l % 10000000 <> z10_r % 10000000"
# Two whole numbers that differ at two places are a slip apart only if those two were swapped.
_NEAR_WHOLE = (
    "CASE hamming(nikt_l, nikt_r) WHEN 0 THEN TRUE WHEN 1 THEN TRUE "
    "WHEN 2 THEN damerau_levenshtein(nikt_l, nikt_r) <= 1 ELSE FALSE END"
)
# Dear conditions that several levels ask about are answered once and kept as columns, where cheaper ones, such as a
# common word that a rule found (`sekata`), leave them open.
_ASKED_BEFORE = {
    JW: ("jw", f"CASE WHEN bunyi_l = bunyi_r THEN 1.0 ELSE {JW} END"),
    NEAR_NIK: (
        "dekat",
        f"CASE WHEN n15_l = n15_r THEN TRUE WHEN {_FAR_NIK} THEN FALSE "
        f"WHEN nik_l + nik_r > 0 THEN {_NEAR_WHOLE} ELSE {lazy(NEAR_NIK)} END",
    ),
    SHARED_WORD: (
        "bersama",
        f"CASE WHEN sekata THEN TRUE WHEN nama_l = nama_r THEN TRUE WHEN (tanda_l & tanda_r) = 0 THEN FALSE "
        f"ELSE {SHARED_WORD} END",
    ),
}
# The same asked of integers, and a cheap question before a dear one.
_FASTER = {
    SAME_STEM: "n12_l = n12_r",
    TWO_WORDS: f"bit_count(tanda_l & tanda_r) >= 2 AND {TWO_WORDS}",
}


def _slip(v: str, w: str) -> str:
    """At most one letter in three differs."""
    return f"damerau_levenshtein({v}, {w}) <= greatest(length({v}), length({w})) // 3"


# NUR AZIZAH is also written as one word.
_ALIKE_WORDS = f"{_slip('v', 'w')} OR (least(length(v), length(w)) >= 4 AND (contains(v, w) OR contains(w, v)))"


def _no_word_alike(telling: str, other: str) -> str:
    """No telling word of one side is like any word of the other."""
    words = f"string_split(bunyi_{other}, ' ')"
    return f"len(list_filter(kata_{telling}, lambda v: len(list_filter({words}, lambda w: {_ALIKE_WORDS})) > 0)) = 0"


def stranger_sql() -> str:
    """Whether names that are at no level of the model are alike in no word either."""
    words = lazy(f"{_no_word_alike('l', 'r')} AND {_no_word_alike('r', 'l')}")
    return f"CASE WHEN {_slip('nama_l', 'nama_r')} THEN FALSE ELSE {words} END"


def _cases(comparison: Comparison, missing: str, values: Iterable[str]) -> str:
    """One value of SQL for each level, and one where a side is silent."""
    branches = [f"WHEN {comparison.missing} THEN {missing}"]
    for level, value in zip(comparison.levels, values, strict=True):
        condition = lazy(_known(level.condition))
        branches.append(f"ELSE {value}" if level.condition == ELSE else f"WHEN {condition} THEN {value}")
    return f"(CASE {' '.join(branches)} END)"


def _known(condition: str) -> str:
    """The condition on what is known already, and on whether a rule found a common word."""
    known = {dear: column for dear, (column, _) in _ASKED_BEFORE.items()} | _FASTER
    for dear, told in known.items():
        condition = condition.replace(dear, told)
    return condition


def columns(model: Model) -> list[str]:
    """The columns of a side that the model looks at, without frequencies."""
    conditions = [c.missing for c in model.comparisons]
    return _columns_in(" ".join([*conditions, *(level.condition for c in model.comparisons for level in c.levels)]))


def _columns_in(sql: str) -> list[str]:
    return sorted({found[1] for found in _SIDE.finditer(sql)})


def levels_sql(model: Model) -> str:
    """For each comparison the number of its level (-1: missing) as `t_<name>`, over `x_l`, `x_r` and `sekata`."""
    conditions = " ".join(level.condition for c in model.comparisons for level in c.levels)
    before = ["*", *(f"{sql} AS {name}" for dear, (name, sql) in _ASKED_BEFORE.items() if dear in conditions)]
    told = (f"{_cases(c, '-1', map(str, range(len(c.levels))))}::TINYINT AS t_{c.name}" for c in model.comparisons)
    return f"SELECT {', '.join(told)} FROM (SELECT {', '.join(before)} FROM pasangan)"


@dataclass(frozen=True)
class Limits:
    """Weights that matter: below `least` a pair is left out, from `doubt` on names alike in nothing are looked for."""

    least: float
    doubt: float


class Scorer:
    """Weighs pairs with one model."""

    def __init__(self, model: Model) -> None:
        self._terms = [f"tf_{term}" for term in term_columns(model.comparisons)]
        self._tables = [_Bits(model, comparison) for comparison in model.comparisons]
        self._levels = levels_sql(model)
        self._columns = _columns_in(self._levels)
        self._stranger = f"SELECT {stranger_sql()} AS asing FROM pasangan"

    @property
    def asked(self) -> tuple[list[str], list[str]]:
        """The columns of the left and of the right side that are looked at."""
        return self._columns, [*self._columns, *self._terms]

    def weigh(self, desk: Desk, pairs: Pairs, left: Side, right: Side, limits: Limits) -> pl.DataFrame:
        """The pairs that weigh enough: l, r, bobot, and `asing` where the names are alike in nothing."""
        return desk.each(pairs, left, right, self.asked, partial(self.flat, limits=limits))

    def flat(self, con: Connection, flat: pl.DataFrame, limits: Limits) -> pl.DataFrame:
        """The same for pairs that stand in one row with the columns of both sides: l, r, sekata, x_l, x_r."""
        return self.levels(con, flat, limits).select("l", "r", "bobot", "asing")

    def levels(self, con: Connection, flat: pl.DataFrame, limits: Limits) -> pl.DataFrame:
        """The same with the level of each comparison, `t_<name>`, and how common the right side's values are."""
        told = asked(con, flat, self._levels)
        bits = sum((table.of(flat, told) for table in self._tables), np.zeros(len(flat)))
        heavy = bits >= limits.least
        strange = self._strange(con, flat, told, bits >= max(limits.doubt, limits.least))
        terms = (pl.col(f"{term}_r").alias(term) for term in self._terms)
        shown = flat.select("l", "r", pl.Series("bobot", bits), pl.Series("asing", strange), *terms)
        return shown.hstack(told).filter(pl.Series(heavy))

    def _strange(self, con: Connection, flat: pl.DataFrame, told: pl.DataFrame, weighty: Mask) -> Mask:
        """Whether both names are known and alike in nothing: at no level of the model, and in no word."""
        strange = np.zeros(len(flat), dtype=np.bool_)
        name = next((table for table in self._tables if table.name == "nama"), None)
        if name is not None:
            open_rows = np.flatnonzero(weighty & (told["t_nama"].to_numpy() == name.last))
            if len(open_rows):
                few = flat.select(_NAMES).select(pl.all().gather(pl.Series(open_rows)))
                strange[open_rows] = asked(con, few, self._stranger)["asing"].to_numpy()
        return strange


def level_bits(model: Model, comparison: Comparison) -> list[float]:
    """What each level weighs, then 0 for where a side is silent (-1).

    A level whose u is the frequency of the value has only its m here.
    """
    values = [model.parameters[comparison.name][level.label] for level in comparison.levels]
    bits = (log2(m) if level.tf else log2(m / u) for level, (m, u) in zip(comparison.levels, values, strict=True))
    return [*bits, 0.0]


class _Bits:
    """What each level of one comparison weighs."""

    def __init__(self, model: Model, comparison: Comparison) -> None:
        self._bits = np.array(level_bits(model, comparison))
        self._terms = {number: level.tf for number, level in enumerate(comparison.levels) if level.tf}
        self._rarest = model.minimum_frequency
        self.name, self.last = comparison.name, len(comparison.levels) - 1

    def of(self, flat: pl.DataFrame, told: pl.DataFrame) -> Floats:
        """Bits of each pair."""
        numbers = told[f"t_{self.name}"].to_numpy()
        bits: Floats = self._bits[numbers]
        for number, term in self._terms.items():
            at = np.flatnonzero(numbers == number)
            common = flat[f"tf_{term}_r"].gather(pl.Series(at)).fill_null(0.0).to_numpy()
            bits[at] -= np.log2(np.maximum(common, self._rarest))
        return bits
