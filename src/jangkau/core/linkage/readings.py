"""The level of each comparison, asked in readings: of integers first, of texts where those leave it open.

A reading never guesses: where a condition cannot be put in its terms, the pair stays open for the next one, and the
last one asks the conditions as the model declares them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.comparisons import (
    ANY_WORD,
    ELSE,
    JW,
    NEAR_NIK,
    ONE_WORD,
    SAME_STEM,
    SHARED_WORD,
    TWO_WORDS,
    WHOLE,
    Comparison,
)
from jangkau.core.linkage.integers import HELD, INTEGERS, LISTS, TEXTS
from jangkau.core.linkage.lazy_sql import conjuncts, lazy
from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.pairs import Rows, asked

OPEN = 99
Said = tuple[str, bool]  # a condition in other terms, and whether it is the same or only follows from it
Put = Callable[[str], Said | None]
_SIDE = re.compile(r"\b[a-z0-9_]+_[lr]\b")
_TEXT = "|".join(TEXTS)
# Whole numbers that differ in one digit, or by two neighbours swapped, differ by at most two digits and zeros.
_GAP = "abs(nik_l - nik_r)"
_SHORT_GAP = (
    f"(CASE WHEN {_GAP} < 100000000 THEN {_GAP} WHEN {_GAP} % 10000000 = 0 THEN {_GAP} // 10000000 ELSE 101 END)"
)
_ZEROS = " ".join(
    f"WHEN selisih < {100 * 10**zeros} THEN TRUE WHEN selisih % {10 * 10**zeros} <> 0 THEN FALSE" for zeros in range(8)
)
# One that lost a digit has eight alike at one end with the whole one; any others a slip apart have seven.
_ONE_LOST = "n10_l // 100 = n10_r // 100 OR z10_l % 100000000 = z10_r % 100000000"
_FAR = "n10_l // 1000 <> n10_r // 1000 AND z10_l % 10000000 <> z10_r % 10000000"
_NEAR_AT_MOST = (
    f"(CASE WHEN nik_l + nik_r > 0 THEN (CASE {_ZEROS} ELSE TRUE END) "
    f"WHEN coalesce(nik_l, nik_r) > 0 AND n15_l + n15_r > 0 THEN {_ONE_LOST} WHEN {_FAR} THEN FALSE ELSE TRUE END)"
)
# Two whole numbers that differ at two places are a slip apart only if those two were swapped.
_NEAR = (
    "(CASE WHEN n15_l = n15_r THEN TRUE WHEN nik_l + nik_r > 0 THEN (CASE hamming(nikt_l, nikt_r) WHEN 0 THEN TRUE "
    f"WHEN 1 THEN TRUE WHEN 2 THEN damerau_levenshtein(nikt_l, nikt_r) <= 1 ELSE FALSE END) ELSE {lazy(NEAR_NIK)} END)"
)
# The same asked of integers. A stem shorter than twelve digits is equal only where the whole number is.
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(re.escape(WHOLE)), "nik_l % 10000 <> 0 AND nik_r % 10000 <> 0"),
    (re.compile(re.escape(SAME_STEM)), "n12_l = n12_r"),
    (re.compile(r"\byear\(lahir_([lr])\)"), r"tahun_\1"),
    (re.compile(r"\bmonth\(lahir_([lr])\)"), r"bulan_\1"),
    (re.compile(r"\bday\(lahir_([lr])\)"), r"hari_\1"),
    (
        re.compile(r"strftime\(lahir_([lr]), '%m%d'\) IN \('0101', '1231'\)"),
        r"bulan_\1 * 100 + hari_\1 IN (101, 1231)",
    ),
    (re.compile(rf"\b({_TEXT})_([lr]) (=|<>) ({_TEXT})_([lr])\b"), r"\1_id_\2 \3 \4_id_\5"),
    (re.compile(rf"\b({_TEXT})_([lr]) IS NULL"), r"\1_id_\2 IS NULL"),
)


def _common(words: str) -> str:
    """How many words two names have in common."""
    held = ", ".join(f"{words}{place}_r" for place in range(1, HELD + 1))
    return " + ".join(f"(CASE WHEN {words}{place}_l IN ({held}) THEN 1 ELSE 0 END)" for place in range(1, HELD + 1))


_SAME_WORDS = (
    (SHARED_WORD, "kembar > 0"),
    # Asked where the telling words have none in common: then some word of either name was left out of those.
    (ANY_WORD, f"(jumlah_semua_l + jumlah_semua_r > jumlah_kata_l + jumlah_kata_r AND {_common('semua')} > 0)"),
    (TWO_WORDS, "least(jumlah_kata_l, jumlah_kata_r) >= 2"),
    (ONE_WORD, "least(jumlah_semua_l, jumlah_semua_r) = 1"),
    ("list_has_all(kata_l, kata_r)", "kembar = jumlah_kata_r"),
    ("list_has_all(kata_r, kata_l)", "kembar = jumlah_kata_l"),
)
# Dear answers that several levels ask for are kept as columns; a later one may use those before it.
_ONCE = {
    JW: ("jw", JW),
    NEAR_NIK: ("dekat", _NEAR),
    "selisih": ("selisih", _SHORT_GAP),
    "mungkin_dekat": ("mungkin_dekat", _NEAR_AT_MOST),
    "kembar": ("kembar", _common("kata")),
}


@dataclass(frozen=True)
class Reading:
    """A query over `pasangan` for the levels of some comparisons, and the columns that it looks at."""

    sql: str
    columns: tuple[str, ...]


class Levels:
    """The levels of some comparisons."""

    def __init__(self, comparisons: tuple[Comparison, ...]) -> None:
        self._comparisons = comparisons
        self._first = _reading({c.name: _cases(c, _of_integers) for c in comparisons})
        later = {c.name: (_with_words(c), _cases(c, _as_declared)) for c in comparisons}
        self._later = {name: [_reading({name: cases}) for cases in readings] for name, readings in later.items()}

    def of(self, con: Connection, rows: Rows) -> pl.DataFrame:
        """For each comparison the number of its level (-1: a side is silent) as `t_<name>`, one row a pair."""
        first = rows.pairs.with_columns(pl.lit(OPEN, pl.Int8).alias(f"t_{c.name}") for c in self._comparisons)
        if self._first.columns:
            first = asked(con, rows.take(self._first.columns), self._first.sql)
        return pl.DataFrame([self._closed(con, rows, c.name, first[f"t_{c.name}"]) for c in self._comparisons])

    def _closed(self, con: Connection, rows: Rows, name: str, levels: pl.Series) -> pl.Series:
        told: np.ndarray[Any, Any] = levels.to_numpy()
        for reading in self._later[name]:
            at = np.flatnonzero(told == OPEN)
            if len(at):
                told = told.copy()
                told[at] = asked(con, rows.take(reading.columns, at), reading.sql)[f"t_{name}"].to_numpy()
        return pl.Series(f"t_{name}", told)


def _reading(cases: dict[str, str]) -> Reading:
    told = ", ".join(f"{sql}::TINYINT AS t_{name}" for name, sql in cases.items())
    once: list[tuple[str, str]] = []
    for name, sql in reversed(_ONCE.values()):
        if re.search(rf"\b{name}\b", " ".join([told, *(other for _, other in once)])):
            once.insert(0, (name, sql))
    source = f"(SELECT {', '.join(['*', *(f'{sql} AS {name}' for name, sql in once)])} FROM pasangan)"
    columns = _SIDE.findall(" ".join([told, *(sql for _, sql in once)]))
    return Reading(f"SELECT {told} FROM {source}", tuple(sorted(set(columns))))


def _cases(comparison: Comparison, put: Put, before: str = "") -> str:
    """The number of the level as SQL, up to the first condition that cannot be put in these terms."""
    missing = put(comparison.missing)
    if missing is None:
        return str(OPEN)
    branches = [f"WHEN {missing[0]} THEN -1", before]
    for number, level in enumerate(comparison.levels):
        told = put(level.condition) if level.condition != ELSE else None
        if told is None:
            branches.append(f"ELSE {number if level.condition == ELSE else OPEN}")
            break
        branches.append(f"WHEN {lazy(told[0])} THEN {number if told[1] else OPEN}")
    return f"(CASE {' '.join(branches)} END)"


def _with_words(comparison: Comparison) -> str:
    """Texts, and the words of names as integers, where there are not too many."""
    conditions = " ".join(level.condition for level in comparison.levels)
    asked = [words for words in LISTS if re.search(rf"\b{words}_[lr]\b", conditions)]
    unknown = " OR ".join(f"jumlah_{words}_{end} IS NULL" for words in asked for end in "lr")
    many = f"WHEN {unknown} THEN {OPEN}" if unknown else ""
    return _cases(comparison, _of_texts, many)


def _of_integers(condition: str) -> Said | None:
    """In integers alone; or what of it can be said in integers."""
    parts = conjuncts(_in_integers(_remembered(condition)))
    kept = ["mungkin_dekat" if part == "dekat" else part for part in parts if part == "dekat" or _plain(part)]
    return (" AND ".join(kept), all(map(_plain, parts))) if kept else None


def _of_texts(condition: str) -> Said | None:
    """In integers and texts, without lists."""
    told = _in_integers(_remembered(condition))
    for declared, numbers in _SAME_WORDS:
        told = told.replace(declared, numbers)
    return None if re.search(rf"\b(?:{'|'.join(LISTS)})_[lr]\b", told) else (told, True)


def _as_declared(condition: str) -> Said:
    return _remembered(condition), True


def _remembered(condition: str) -> str:
    for declared, (name, _) in _ONCE.items():
        condition = condition.replace(declared, name)
    return condition


def _in_integers(condition: str) -> str:
    for declared, same in _SAME:
        condition = declared.sub(same, condition)
    return condition


def _plain(sql: str) -> bool:
    """Whether only integers are asked."""
    columns = _SIDE.findall(sql)
    asks_more = any(re.search(rf"\b{name}\b", sql) for name, _ in _ONCE.values())
    return not asks_more and all(column[:-2] in INTEGERS for column in columns)
