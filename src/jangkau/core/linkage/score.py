"""The trained model compiled to SQL on the pairs that blocks found; equal to Splink's match weight, and faster.

A pair stands in one row with the columns of both sides, `x_l` and `x_r`, so that conditions run as they are written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from math import log2

import polars as pl

from jangkau.core.linkage.comparisons import ELSE, JW, NEAR_NIK, SHARED_WORD, Comparison, Level, term_columns
from jangkau.core.linkage.lazy_sql import lazy
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.pairs import Desk, Pairs, asked
from jangkau.core.linkage.side import Side

_SIDE = re.compile(r"\b([a-z0-9_]+)_([lr])\b")
# Dear conditions that several levels ask about are answered once and kept as columns.
_ASKED_BEFORE = {
    JW: ("jw", f"CASE WHEN bunyi_l = bunyi_r THEN 1.0 ELSE {JW} END"),
    NEAR_NIK: ("dekat", lazy(NEAR_NIK)),
}
_KNOWN = f"(sekata OR {SHARED_WORD})"


def _slip(v: str, w: str) -> str:
    """At most one letter in three differs."""
    return f"damerau_levenshtein({v}, {w}) <= greatest(length({v}), length({w})) // 3"


# NUR AZIZAH is also written as one word.
_ALIKE_WORDS = f"{_slip('v', 'w')} OR (least(length(v), length(w)) >= 4 AND (contains(v, w) OR contains(w, v)))"


def _no_word_alike(telling: str, other: str) -> str:
    """No telling word of one side is like any word of the other."""
    words = f"string_split(bunyi_{other}, ' ')"
    return f"len(list_filter(kata_{telling}, lambda v: len(list_filter({words}, lambda w: {_ALIKE_WORDS})) > 0)) = 0"


def weight_sql(model: Model) -> str:
    """The match weight of a pair in bits, without any prior, as SQL over `x_l`, `x_r`, `sekata`, `jw` and `dekat`."""
    return " + ".join(_comparison_sql(model, comparison) for comparison in model.comparisons)


def stranger_sql(model: Model) -> str:
    """Whether both names are known and alike in nothing: at no level of the model, and in no word."""
    name = next((comparison for comparison in model.comparisons if comparison.name == "nama"), None)
    if name is None:
        return "FALSE"
    alike = [name.missing, *(level.condition for level in name.levels if level.condition != ELSE)]
    alike.append(_slip("nama_l", "nama_r"))
    cheap_first = sorted((lazy(_known(condition)) for condition in alike), key=lambda text: "jw" not in text)
    words = lazy(f"{_no_word_alike('l', 'r')} AND {_no_word_alike('r', 'l')}")
    return f"CASE {' '.join(f'WHEN {condition} THEN FALSE' for condition in cheap_first)} ELSE {words} END"


def _comparison_sql(model: Model, comparison: Comparison) -> str:
    return _cases(comparison, "0.0", (_level_sql(model, comparison, level) for level in comparison.levels))


def _cases(comparison: Comparison, missing: str, values: Iterable[str]) -> str:
    """One value of SQL for each level, and one where a side is silent."""
    branches = [f"WHEN {comparison.missing} THEN {missing}"]
    for level, value in zip(comparison.levels, values, strict=True):
        condition = lazy(_known(level.condition))
        branches.append(f"ELSE {value}" if level.condition == ELSE else f"WHEN {condition} THEN {value}")
    return f"(CASE {' '.join(branches)} END)"


def _level_sql(model: Model, comparison: Comparison, level: Level) -> str:
    m, u = model.parameters[comparison.name][level.label]
    if not level.tf:
        return repr(log2(m / u))
    common = f"greatest(coalesce(tf_{level.tf}_r, 0), {model.minimum_frequency!r})"
    return f"({log2(m)!r} - log2({common}))"


def _known(condition: str) -> str:
    """The condition on what is known already, and on whether a rule found a common word."""
    for dear, (column, _) in _ASKED_BEFORE.items():
        condition = condition.replace(dear, column)
    return condition.replace(SHARED_WORD, _KNOWN)


def columns(model: Model) -> list[str]:
    """The columns of a side that the model looks at, without frequencies."""
    conditions = [c.missing for c in model.comparisons]
    conditions += [level.condition for c in model.comparisons for level in c.levels]
    return sorted({found[1] for condition in conditions for found in _SIDE.finditer(condition)})


def levels_sql(model: Model) -> str:
    """For each comparison the number of its level (-1: missing) as `t_<name>`, over the columns of `weight_sql`."""
    return ", ".join(f"{_cases(c, '-1', map(str, range(len(c.levels))))} AS t_{c.name}" for c in model.comparisons)


@dataclass(frozen=True)
class Limits:
    """Weights that matter: below `least` a pair is left out, from `doubt` on names alike in nothing are looked for."""

    least: float
    doubt: float


class Scorer:
    """Weighs pairs with one model."""

    def __init__(self, model: Model) -> None:
        self._columns = columns(model)
        self._terms = [f"tf_{term}" for term in term_columns(model.comparisons)]
        levels = [level.condition for c in model.comparisons for level in c.levels]
        before = [f"{sql} AS {name}" for dear, (name, sql) in _ASKED_BEFORE.items() if any(dear in c for c in levels)]
        self._before = f"SELECT {', '.join(before)} FROM pasangan" if before else ""
        self._weight = f"SELECT {weight_sql(model)} AS bobot FROM pasangan"
        self._stranger = f"SELECT l, r, {stranger_sql(model)} AS asing FROM pasangan"
        self._levels = f"SELECT {levels_sql(model)} FROM pasangan"

    @property
    def asked(self) -> tuple[list[str], list[str]]:
        """The columns of the left and of the right side that are looked at."""
        return self._columns, [*self._columns, *self._terms]

    def weigh(self, desk: Desk, pairs: Pairs, left: Side, right: Side, limits: Limits) -> pl.DataFrame:
        """The pairs that weigh enough: l, r, bobot, and `asing` where the names are alike in nothing."""
        return desk.each(pairs, left, right, self.asked, partial(self.flat, limits=limits))

    def flat(self, con: Connection, flat: pl.DataFrame, limits: Limits) -> pl.DataFrame:
        """The same for pairs that stand in one row with the columns of both sides: l, r, sekata, x_l, x_r."""
        return self._weighed(con, flat, limits).select("l", "r", "bobot", "asing")

    def levels(self, con: Connection, flat: pl.DataFrame, limits: Limits) -> pl.DataFrame:
        """The same with the level of each comparison, `t_<name>`, and how common the right side's values are."""
        heavy = self._weighed(con, flat, limits)
        told = heavy.select("l", "r", "bobot", "asing", *(pl.col(f"{term}_r").alias(term) for term in self._terms))
        return told.hstack(asked(con, heavy, self._levels))

    def _weighed(self, con: Connection, flat: pl.DataFrame, limits: Limits) -> pl.DataFrame:
        if self._before:
            flat = flat.hstack(asked(con, flat, self._before))
        heavy = flat.hstack(asked(con, flat, self._weight)).filter(pl.col("bobot") >= limits.least)
        strangers = asked(con, heavy.filter(pl.col("bobot") >= limits.doubt), self._stranger)
        told = heavy.join(strangers, on=["l", "r"], how="left", maintain_order="left")
        return told.with_columns(pl.col("asing").fill_null(value=False))
