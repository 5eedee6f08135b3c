"""The trained model compiled to SQL on the pairs that blocks found; equal to Splink's match weight, and faster."""

import re
from collections.abc import Iterable
from math import log2

from jangkau.core.linkage.comparisons import ELSE, JW, SHARED_WORD, Comparison, Level, term_columns
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection

_SIDE = re.compile(r"\b([a-z]+)_(l|r)\b")
_KNOWN = f"(p.sekata OR {SHARED_WORD})"
# Similarity is dear and asked by several levels: it is computed once, and not at all where names are equal.
_SIMILARITY = "CASE WHEN a.bunyi = b.bunyi THEN 1.0 ELSE jaro_winkler_similarity(a.nama, b.nama) END"


def _slip(v: str, w: str) -> str:
    """At most one letter in three differs."""
    return f"damerau_levenshtein({v}, {w}) <= greatest(length({v}), length({w})) // 3"


# NUR AZIZAH is also written as one word.
_ALIKE_WORDS = f"{_slip('v', 'w')} OR (least(length(v), length(w)) >= 4 AND (contains(v, w) OR contains(w, v)))"


def _no_word_alike(telling: str, other: str) -> str:
    """No telling word of one side is like any word of the other."""
    words = f"string_split({other}.bunyi, ' ')"
    return f"len(list_filter({telling}.kata, lambda v: len(list_filter({words}, lambda w: {_ALIKE_WORDS})) > 0)) = 0"


def weight_sql(model: Model) -> str:
    """The match weight of a pair in bits, without any prior, as SQL over `a.x` (left), `b.x` (right) and `p.jw`."""
    return " + ".join(_comparison_sql(model, comparison) for comparison in model.comparisons)


def _stranger_sql(model: Model) -> str:
    """Whether both names are known and alike in nothing: at no level of the model, and in no word."""
    name = next((comparison for comparison in model.comparisons if comparison.name == "nama"), None)
    if name is None:
        return "FALSE"
    alike = [name.missing, *(level.condition for level in name.levels if level.condition != ELSE)]
    alike.append(_slip("nama_l", "nama_r"))
    words = f"{_no_word_alike('a', 'b')} AND {_no_word_alike('b', 'a')}"
    return f"CASE WHEN {' OR '.join(f'({_sided(condition)})' for condition in alike)} THEN FALSE ELSE {words} END"


def _comparison_sql(model: Model, comparison: Comparison) -> str:
    return _cases(comparison, "0.0", (_level_sql(model, comparison, level) for level in comparison.levels))


def _cases(comparison: Comparison, missing: str, values: Iterable[str]) -> str:
    """One value of SQL for each level, and one where a side is silent."""
    branches = [f"WHEN {_sided(comparison.missing)} THEN {missing}"]
    for level, value in zip(comparison.levels, values, strict=True):
        branches.append(f"ELSE {value}" if level.condition == ELSE else f"WHEN {_sided(level.condition)} THEN {value}")
    return f"(CASE {' '.join(branches)} END)"


def _level_sql(model: Model, comparison: Comparison, level: Level) -> str:
    m, u = model.parameters[comparison.name][level.label]
    if not level.tf:
        return repr(log2(m / u))
    common = f"greatest(coalesce(b.tf_{level.tf}, 0), {model.minimum_frequency!r})"
    return f"({log2(m)!r} - log2({common}))"


def _sided(condition: str) -> str:
    """`nama_l` -> `a.nama`; the similarity is read from the column that holds it."""
    return _SIDE.sub(
        lambda found: f"{'a' if found[2] == 'l' else 'b'}.{found[1]}",
        condition.replace(JW, "p.jw").replace(SHARED_WORD, _KNOWN),
    )


def score(con: Connection, pairs: str, left: str, right: str, model: Model) -> None:
    """Fill table `skor` (l, r, bobot) for the pairs in `pairs` (l, r, sekata).

    `left` and `right` are stored comparable frames; the frequencies of `right`'s values are in tables `tf_<column>`.
    """
    terms = term_columns(model.comparisons)
    similarity = _SIMILARITY if _asks_similarity(model) else "NULL"
    found = "".join(f", tf_{term}" for term in terms)
    joins = " ".join(f"LEFT JOIN tf_{term} USING ({term})" for term in terms)
    # Only the part of the register that stands in a pair is carried through the joins.
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE kanan AS SELECT k.*{found} FROM {right} k "
        f"SEMI JOIN {pairs} p ON p.r = k.rid {joins}"
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE pasangan AS SELECT l, r, sekata, {similarity} AS jw "
        f"FROM {pairs} JOIN {left} a ON a.rid = l JOIN kanan b ON b.rid = r"
    )
    con.execute(
        f"CREATE OR REPLACE TABLE skor AS SELECT p.l, p.r, {weight_sql(model)} AS bobot "
        f"FROM pasangan p JOIN {left} a ON a.rid = p.l JOIN kanan b ON b.rid = p.r"
    )


def levels_sql(left: str, least: float, model: Model) -> str:
    """SQL of the pairs of `likely_sql` with, for each comparison, the number of its level (-1: missing) as `t_<name>`.

    `tf_<column>`: how common the register's value is.
    """
    levels = ", ".join(f"{_cases(c, '-1', map(str, range(len(c.levels))))} AS t_{c.name}" for c in model.comparisons)
    terms = "".join(f", tf_{term}" for term in term_columns(model.comparisons))
    return (
        f"SELECT d.*, {levels}{terms} FROM ({likely_sql(left, least, model)}) d "
        "JOIN pasangan p ON p.l = d.l AND p.r = d.r "
        f"JOIN {left} a ON a.rid = p.l JOIN kanan b ON b.rid = p.r ORDER BY d.l, d.r"
    )


def _asks_similarity(model: Model) -> bool:
    """Whether any level looks at how alike two names are (columns `nama` and `bunyi`)."""
    return any(JW in level.condition for comparison in model.comparisons for level in comparison.levels)


def likely_sql(left: str, least: float, model: Model) -> str:
    """SQL of the pairs in `skor` that reach `least`: l, r, bobot, and `asing` where the names are alike in nothing."""
    return (
        f"SELECT p.l, p.r, bobot, {_stranger_sql(model)} AS asing "
        "FROM skor s JOIN pasangan p ON p.l = s.l AND p.r = s.r "
        f"JOIN {left} a ON a.rid = p.l JOIN kanan b ON b.rid = p.r WHERE bobot >= {least!r} ORDER BY p.l, p.r"
    )
