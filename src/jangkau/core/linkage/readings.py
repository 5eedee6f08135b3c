"""The level of each comparison, asked in readings: of integers first, then of the words and letters of names as
integers, of texts where those leave it open.

A reading never guesses: where a condition cannot be put in its terms, the pair stays open for the next one, and the
last one asks the conditions as the model declares them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.linkage.comparisons import (
    ANY_WORD,
    ELSE,
    JW,
    NEAR_NIK,
    ONE_LETTER,
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
# Parts of a date, a year as 512 of its days and a month as 32.
_DATE = {"tahun": "tanggal_{0} - (tanggal_{0} & 511)", "bulan": "tanggal_{0} & 480", "hari": "tanggal_{0} & 31"}
_PARTS = {f"{part}_{end}": sql.format(end) for part, sql in _DATE.items() for end in "lr"}
# To divide costs as much as to gather two columns, so that nothing is divided for every pair.
_DIVIDED = re.compile(r"%|//")
# Whole numbers a slip apart differ by at most two digits and zeros; one that lost a digit has eight alike at one end.
# What a thousand or ten millions divide, eight or 128 do.
_GAP = "abs(nik_l - nik_r)"
_NEAR_AT_MOST = (
    "(CASE WHEN nik_l + nik_r > 0 THEN (selisih & 127) = 0 "
    "OR selisih < 100000000 AND (selisih < 10000 OR (selisih & 7) = 0) "
    "WHEN coalesce(nik_l, nik_r) > 0 AND n15_l + n15_r > 0 THEN n8_l = n8_r OR z8_l = z8_r ELSE TRUE END)"
)
# The power of ten that a gap ends at: the place where the last digits differ.
_PLACE = (
    f"(CASE {' '.join(f'WHEN selisih % {10 ** (at + 1)} <> 0 THEN {10**at}' for at in range(15))} ELSE {10**15} END)"
)
# Two whole numbers are a slip apart where the digits before that place are alike, or it and the next are swapped.
_ONE_SLIP = (
    "(CASE WHEN nik_l // 10 // tempat_beda = nik_r // 10 // tempat_beda THEN TRUE "
    "WHEN nik_l // 100 // tempat_beda <> nik_r // 100 // tempat_beda THEN FALSE "
    "ELSE nik_l // tempat_beda % 10 = nik_r // tempat_beda // 10 % 10 "
    "AND nik_r // tempat_beda % 10 = nik_l // tempat_beda // 10 % 10 END)"
)
# Fifteen digits are a whole number without one. Up to that one both begin alike, so that it stands one or two places
# above the first digit of what they differ by when the last one is taken off.
_WHOLE = "coalesce(nik_l, nik_r)"
_SHORT = "(CASE WHEN nik_r > 0 THEN CASE WHEN nik_l IS NULL THEN n15_l END WHEN nik_l > 0 THEN n15_r END)"
_ABOVE = f"(CASE {' '.join(f'WHEN abs(utuh // 10 - pendek) < {10**at} THEN {10**at}' for at in range(1, 16))} END)"
_LOST = " OR ".join(f"utuh // ({10 * by} * atas) * ({by} * atas) + utuh % ({by} * atas) = pendek" for by in (1, 10))
_WHOLE_NEAR = (
    f"(CASE WHEN n15_l = n15_r THEN TRUE WHEN nik_l + nik_r > 0 THEN {_ONE_SLIP} WHEN pendek > 0 THEN {_LOST} END)"
)
_NEAR = f"(CASE WHEN dekat_utuh IS NULL THEN {lazy(NEAR_NIK)} ELSE dekat_utuh END)"
_NEITHER_WHOLE = "(nik_l + nik_r IS NULL AND pendek IS NULL)"
_ENOUGH = "bersama >= greatest(panjang_l, panjang_r) - 1"
_BEGINS = ("starts_with(inti_l, inti_r)", "starts_with(inti_r, inti_l)")
# The same asked of integers. A stem shorter than twelve digits is equal only where the whole number is.
_EQUAL = {"year": "tahun_l = tahun_r", "month": "bulan_l = bulan_r", "day": "hari_l = hari_r"}
_SAME: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(re.escape(WHOLE)), "nik_l % 10000 <> 0 AND nik_r % 10000 <> 0"),
    (re.compile(re.escape(SAME_STEM)), "n12_l = n12_r"),
    (re.compile(r"\blength\(inti_([lr])\)"), r"panjang_\1"),
    (re.compile(r"\babs\(year\(lahir_l\) - year\(lahir_r\)\) = 1\b"), "abs(tahun_l - tahun_r) = 512"),
    (
        re.compile(r"\babs\(year\(lahir_l\) - year\(lahir_r\)\) IN \(1, 2, 10\)"),
        "abs(tahun_l - tahun_r) IN (512, 1024, 5120)",
    ),
    (re.compile(r"\bmonth\(lahir_l\) = day\(lahir_r\)"), "bulan_l = hari_r * 32"),
    (re.compile(r"\bday\(lahir_l\) = month\(lahir_r\)"), "hari_l * 32 = bulan_r"),
    (re.compile(r"\b(year|month|day)\(lahir_l\) = \1\(lahir_r\)"), lambda same: _EQUAL[same[1]]),
    (
        re.compile(r"strftime\(lahir_([lr]), '%m%d'\) IN \('0101', '0701', '1231'\)"),
        r"(tanggal_\1 & 511) IN (33, 225, 415)",
    ),
    (
        re.compile(r"substr\(nikt_([lr]), 9, 4\) = strftime\(lahir_\1, '%m%y'\)"),
        r"n12_\1 % 10000 = bulan_\1 // 32 * 100 + tahun_\1 // 512 % 100",
    ),
    (
        re.compile(r"try_cast\(substr\(nikt_([lr]), 7, 2\) AS INTEGER\) % 40 = day\(lahir_\1\)"),
        r"n12_\1 // 10000 % 100 % 40 = hari_\1",
    ),
    (re.compile(r"\blahir_([lr])\b"), r"tanggal_\1"),
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
    (ANY_WORD, "(jumlah_semua_l + jumlah_semua_r > jumlah_kata_l + jumlah_kata_r AND kembar_umum > 0)"),
    (TWO_WORDS, "least(jumlah_kata_l, jumlah_kata_r) >= 2"),
    (ONE_WORD, "least(jumlah_semua_l, jumlah_semua_r) = 1"),
    ("list_has_all(kata_l, kata_r)", "kembar = jumlah_kata_r"),
    ("list_has_all(kata_r, kata_l)", "kembar = jumlah_kata_l"),
)
# What follows from a question about texts, in letters alone.
_AT_MOST = (
    ("jw", "jw_paling"),
    ("satu_beda", _ENOUGH),
    ("kembar_umum", "(taburan_l & taburan_r)"),
    ("pangkal_l", "sama_awal >= least(panjang_l, panjang_r, 4)"),
    ("pangkal_r", "sama_awal >= least(panjang_l, panjang_r, 4)"),
)
# Jaro and Winkler's likeness where every letter that two names have in common stands in its place.
_JARO = "(bersama / panjang_l + bersama / panjang_r + 1) / 3 + 1e-9"
# 0.1 would be a decimal number, with which to multiply costs as much as the rest of the level.
_WINKLER = "(CASE WHEN jaro > 0.7 THEN jaro + 1e-1 * sama_awal * (1 - jaro) ELSE jaro END)"
_HEADS = " ".join(
    f"WHEN (kepala_l & {mask}) = (kepala_r & {mask}) THEN {count}"
    for count, mask in ((4, 0xFFFFFFFF), (3, 0xFFFFFF00), (2, 0xFFFF0000), (1, 0xFF000000))
)
# Dear answers that several levels ask for are kept as columns; a later one may use those before it.
_ONCE = {
    **{name: (name, sql) for name, sql in _PARTS.items()},
    "selisih": ("selisih", _GAP),
    "tempat_beda": ("tempat_beda", _PLACE),
    "utuh": ("utuh", _WHOLE),
    # Known only where one side alone has all sixteen.
    "pendek": ("pendek", _SHORT),
    "atas": ("atas", _ABOVE),
    "dekat_utuh": ("dekat_utuh", _WHOLE_NEAR),
    NEAR_NIK: ("dekat", _NEAR),
    "mungkin_dekat": ("mungkin_dekat", _NEAR_AT_MOST),
    "kembar": ("kembar", _common("kata")),
    "kembar_umum": ("kembar_umum", _common("semua")),
    "sama_awal": ("sama_awal", f"(CASE {_HEADS} ELSE 0 END)"),
    "bersama": ("bersama", "bit_count(abjad_l & abjad_r) + least(lebih_l, lebih_r)"),
    "jaro": ("jaro", _JARO),
    "jw_paling": ("jw_paling", _WINKLER),
    JW: ("jw", JW),
    ONE_LETTER: ("satu_beda", f"(CASE WHEN {_ENOUGH} THEN {ONE_LETTER} ELSE FALSE END)"),
    _BEGINS[0]: ("pangkal_l", _BEGINS[0]),
    _BEGINS[1]: ("pangkal_r", _BEGINS[1]),
}
_NAMES = {name for name, _ in _ONCE.values()}


@dataclass(frozen=True)
class Reading:
    """The levels of some comparisons in SQL, after what is asked once, and the columns that they look at."""

    levels: dict[str, str]
    once: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]

    def ask(self, con: Connection, flat: pl.DataFrame) -> pl.DataFrame:
        """`t_<name>` of each pair. Integers are compared a column at a time, texts only as far as need be."""
        texts = [name for name, sql in self.once if not _whole_numbers(sql)]
        plain = [(name, sql) for name, sql in self.once if name not in texts]
        if not _whole_numbers(" ".join(self.levels.values())):
            told = (f"{sql}::TINYINT AS t_{name}" for name, sql in self.levels.items())
            return self._asked(con, flat, ", ".join(told))
        table = flat.lazy()
        if texts:
            table = table.with_columns(self._asked(con, flat, ", ".join(texts)))
        for name, sql in plain:
            table = table.with_columns(pl.sql_expr(sql).alias(name))
        levels = (pl.sql_expr(sql).cast(pl.Int8).alias(f"t_{name}") for name, sql in self.levels.items())
        return table.select(levels).collect()

    def _asked(self, con: Connection, flat: pl.DataFrame, what: str) -> pl.DataFrame:
        # One within the other: an alias used beside its own definition is computed again wherever it stands.
        source = reduce(lambda source, one: f"(SELECT *, {one[1]} AS {one[0]} FROM {source})", self.once, "pasangan")
        return asked(con, flat, f"SELECT {what} FROM {source}")


def _whole_numbers(sql: str) -> bool:
    return all(column[:-2] in INTEGERS for column in _SIDE.findall(sql) if column not in _NAMES)


class Levels:
    """The levels of some comparisons."""

    def __init__(self, comparisons: tuple[Comparison, ...]) -> None:
        self._comparisons = comparisons
        self._first = _reading({c.name: _cases(c, _of_integers) for c in comparisons})
        later = {c.name: (_with_words(c, _of_letters), _with_words(c, _of_texts), _cases(c, _as_declared))
                 for c in comparisons}  # fmt: skip
        self._later = {name: [_reading({name: cases}) for cases in readings] for name, readings in later.items()}

    def of(self, con: Connection, rows: Rows) -> pl.DataFrame:
        """For each comparison the number of its level (-1: a side is silent) as `t_<name>`, one row a pair."""
        first = rows.pairs.with_columns(pl.lit(OPEN, pl.Int8).alias(f"t_{c.name}") for c in self._comparisons)
        if self._first.columns:
            first = self._first.ask(con, rows.take(self._first.columns))
        return pl.DataFrame([self._closed(con, rows, c.name, first[f"t_{c.name}"]) for c in self._comparisons])

    def _closed(self, con: Connection, rows: Rows, name: str, levels: pl.Series) -> pl.Series:
        told: np.ndarray[Any, Any] = levels.to_numpy()
        for reading in self._later[name]:
            at = np.flatnonzero(told == OPEN)
            if len(at):
                told = told.copy()
                told[at] = reading.ask(con, rows.take(reading.columns, at))[f"t_{name}"].to_numpy()
        return pl.Series(f"t_{name}", told)


def _reading(levels: dict[str, str]) -> Reading:
    once: list[tuple[str, str]] = []
    for name, sql in reversed(_ONCE.values()):
        if re.search(rf"\b{name}\b", " ".join([*levels.values(), *(other for _, other in once)])):
            once.insert(0, (name, sql))
    columns = set(_SIDE.findall(" ".join([*levels.values(), *(sql for _, sql in once)])))
    return Reading(levels, tuple(once), tuple(sorted(columns - _NAMES)))


def _cases(comparison: Comparison, put: Put, before: str = "", first: int = 0) -> str:
    """The number of the level as SQL, up to the first condition that cannot be put in these terms.

    `first`: where a reading before it has left the pair open, so that no earlier level and no silence is left.
    """
    missing = put(comparison.missing)
    if missing is None:
        return str(OPEN)
    branches = [before if first else f"WHEN {missing[0]} THEN -1 {before}"]
    for number, level in list(enumerate(comparison.levels))[first:]:
        told = put(level.condition) if level.condition != ELSE else None
        if told is None:
            branches.append(f"ELSE {number if level.condition == ELSE else OPEN}")
            break
        branches.append(f"WHEN {told[0]} THEN {number if told[1] else OPEN}")
    return f"(CASE {' '.join(branches)} END)"


def _with_words(comparison: Comparison, put: Put) -> str:
    """With the words of names as integers, where there are not too many."""
    conditions = " ".join(level.condition for level in comparison.levels)
    asked = [f"jumlah_{words}" for words in LISTS if re.search(rf"\b{words}_[lr]\b", conditions)]
    unknown = [f"{count}_{end} IS NULL" for count in asked for end in "lr"]
    if NEAR_NIK in conditions and put is _of_letters:
        unknown.append(_NEITHER_WHOLE)
    return _cases(comparison, put, f"WHEN {' OR '.join(unknown)} THEN {OPEN}" if unknown else "", _settled(comparison))


def _settled(comparison: Comparison) -> int:
    """How many of the first levels integers settle."""
    asked = [comparison.missing, *(level.condition for level in comparison.levels if level.condition != ELSE)]
    told = [_of_integers(condition) for condition in asked]
    open_from = next((number for number, said in enumerate(told) if said is None or not said[1]), len(told))
    return max(open_from - 1, 0)


def _of_integers(condition: str) -> Said | None:
    """In integers alone, undivided; or what of it can be said so."""
    parts = conjuncts(_in_integers(_remembered(condition)))
    kept = ["mungkin_dekat" if part == "dekat" else part for part in parts if part == "dekat" or _plain(part)]
    return (" AND ".join(kept), all(map(_plain, parts))) if kept else None


def _of_texts(condition: str) -> Said | None:
    """In integers and texts, without lists."""
    told = _in_integers(_remembered(condition))
    for declared, numbers in _SAME_WORDS:
        told = told.replace(declared, numbers)
    return None if re.search(rf"\b(?:{'|'.join(LISTS)})_[lr]\b", told) else (told, True)


def _of_letters(condition: str) -> Said | None:
    """In integers alone, the words and letters of names among them; or what follows from it."""
    told = _of_texts(condition)
    if told is None:
        return None
    exact = re.sub(r"\bdekat\b", "dekat_utuh", told[0])
    weaker = exact
    for name, follows in _AT_MOST:
        weaker = re.sub(rf"\b{name}\b", follows, weaker)
    return weaker, weaker == exact


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
    """Whether only integers are asked, and not divided."""
    columns = [column for column in _SIDE.findall(sql) if column not in _PARTS]
    asks_more = any(re.search(rf"\b{name}\b", sql) for name, _ in _ONCE.values() if name not in _PARTS)
    return not (asks_more or _DIVIDED.search(sql)) and all(column[:-2] in INTEGERS for column in columns)
