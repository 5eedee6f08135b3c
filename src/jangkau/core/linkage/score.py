"""The weight of pairs that blocks found by the trained model; equal to Splink's match weight, and faster."""

import re
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.comparisons import Comparison, term_columns
from jangkau.core.linkage.household import HOME, asked_of, closeness
from jangkau.core.linkage.keys import Mask
from jangkau.core.linkage.lazy_sql import lazy
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.pairs import Rows, asked
from jangkau.core.linkage.readings import Levels

Floats = np.ndarray[Any, np.dtype[np.float64]]
_NAMES = ("nama_l", "nama_r", "bunyi_l", "bunyi_r", "semua_l", "semua_r")
_SIDE = re.compile(r"\b([a-z0-9_]+)_([lr])\b")


def _slip(v: str, w: str) -> str:
    """At most one letter in three differs."""
    return f"damerau_levenshtein({v}, {w}) <= greatest(length({v}), length({w})) // 3"


# NUR AZIZAH is also written as one word.
_ALIKE_WORDS = f"{_slip('v', 'w')} OR (least(length(v), length(w)) >= 4 AND (contains(v, w) OR contains(w, v)))"


def _no_word_alike(telling: str, other: str) -> str:
    """No telling word of one side is like any word of the other."""
    words = f"string_split(bunyi_{other}, ' ')"
    return f"len(list_filter(semua_{telling}, lambda v: len(list_filter({words}, lambda w: {_ALIKE_WORDS})) > 0)) = 0"


def stranger_sql() -> str:
    """Whether names that are at no level of the model are alike in no word either."""
    words = lazy(f"{_no_word_alike('l', 'r')} AND {_no_word_alike('r', 'l')}")
    return f"CASE WHEN {_slip('nama_l', 'nama_r')} THEN FALSE ELSE {words} END"


def columns(model: Model) -> list[str]:
    """The columns of a side that the model looks at, without frequencies."""
    conditions = [
        *(c.missing for c in model.comparisons),
        *(level.condition for c in model.comparisons for level in c.levels),
    ]
    return sorted({found[1] for found in _SIDE.finditer(" ".join(conditions))})


@dataclass(frozen=True)
class Limits:
    """Weights that matter: below `least` a pair is left out, from `doubt` on names alike in nothing are looked for."""

    least: float
    doubt: float


_levels = cache(Levels)  # writing the questions as SQL takes longer than a few pairs do


class Scorer:
    """Weighs pairs with one model."""

    def __init__(self, model: Model) -> None:
        self._terms = [f"tf_{term}_r" for term in term_columns(model.comparisons)]
        self._tables = [_Bits(model, comparison) for comparison in model.comparisons]
        self._levels = _levels(model.comparisons)
        self._asked = asked_of(model.comparisons)
        self._stranger = f"SELECT {stranger_sql()} AS asing FROM pasangan"

    def weigh(self, con: Connection, rows: Rows, limits: Limits) -> pl.DataFrame:
        """The pairs that weigh enough: l, r, bobot, `asing` where no name speaks for the pair, `household.ASKED`."""
        return self.levels(con, rows, limits).select("l", "r", "bobot", "asing", *self._asked)

    def levels(self, con: Connection, rows: Rows, limits: Limits) -> pl.DataFrame:
        """The same with the level of each comparison, `t_<name>`, and how common the right side's values are."""
        told, terms, pairs = self._levels.of(con, rows), rows.take(self._terms), rows.pairs
        bits = sum((table.of(terms, told) for table in self._tables), np.zeros(len(pairs)))
        strange = self._strange(con, rows, told, bits >= max(limits.doubt, limits.least))
        shown = pairs.with_columns(pl.Series("bobot", bits), pl.Series("asing", strange), *self._homes(rows, told))
        shown = shown.hstack(terms.rename(lambda name: name.removesuffix("_r"))).hstack(told)
        return shown.filter(pl.Series(bits >= limits.least))

    def _homes(self, rows: Rows, told: pl.DataFrame) -> list[pl.Series]:
        """ASKED of each pair."""
        if not self._asked:
            return []
        named = closeness(told["t_nama"].to_numpy())
        home = rows.take([f"{HOME}_r"]).to_series().alias(HOME)
        return [(told["t_nik"] == 0).alias("senik"), pl.Series("sebutan", named), home]

    def _strange(self, con: Connection, rows: Rows, told: pl.DataFrame, weighty: Mask) -> Mask:
        """Whether two names are alike in nothing: at no level and in no word; or one is missing and the NIK differs."""
        strange = np.zeros(len(told), dtype=np.bool_)
        name = next((table for table in self._tables if table.name == "nama"), None)
        if name is None:
            return strange
        level = told["t_nama"].to_numpy()
        at = np.flatnonzero(weighty & (level == name.last))
        if len(at):
            strange[at] = asked(con, rows.take(_NAMES, at), self._stranger)["asing"].to_numpy()
        strange |= weighty & (level < 0) & (told["t_nik"].to_numpy() != 0)
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

    def of(self, terms: pl.DataFrame, told: pl.DataFrame) -> Floats:
        """Bits of each pair."""
        numbers = told[f"t_{self.name}"].to_numpy()
        bits: Floats = self._bits[numbers]
        for number, term in self._terms.items():
            at = np.flatnonzero(numbers == number)
            common = terms[f"tf_{term}_r"].gather(pl.Series(at)).fill_null(0.0).to_numpy()
            bits[at] -= np.log2(np.maximum(common, self._rarest))
        return bits
