"""Integers that stand for texts, dates and words, so that most questions about a pair are answered without reading.

A text's number is a hash of 64 bits, equal where the text is; of two texts that differ one pair in 10^19 is taken for
equal. Numbers of one text agree in every column and on both sides.
"""

from string import ascii_uppercase
from typing import Any

import numpy as np
import polars as pl

TEXTS = ("nikt", "jk", "kab", "kec", "desa", "hp", "nama", "bunyi", "awal", "akhir", "awal1", "akhir1")
LISTS = ("kata", "semua")
_KNOWN = f"{ascii_uppercase} "
_OFTEN = "AINURESHT"  # three bits; anything that is no letter shares the last place, which has none
_LETTER = np.full(256, len(_KNOWN), np.int64)
_LETTER[np.frombuffer(_KNOWN.encode(), np.uint8)] = np.arange(len(_KNOWN))
_BITS = np.zeros((len(_KNOWN) + 1, 3), np.int64)
for _at, _letter in enumerate(_KNOWN):
    _BITS[_at, :2] = 1 << _at, 1 << len(_KNOWN) + _at
    _BITS[_at, 2] = 1 << 2 * len(_KNOWN) + _OFTEN.index(_letter) if _letter in _OFTEN else 0
_SLICE = 50_000
HELD = 4  # words of a name that have a column each; few names have more
INTEGERS = frozenset({
    *(f"{text}_id" for text in TEXTS), *(f"{words}{place}" for words in LISTS for place in range(1, HELD + 1)),
    *(f"jumlah_{words}" for words in LISTS), "taburan",
    "abjad", "lebih", "panjang", "kepala", "huruf", "tanggal",
    "nik", "n8", "n12", "n15", "z8", "kk", "serumah",
})  # fmt: skip


def numbered(table: pl.DataFrame, end: str = "") -> pl.DataFrame:
    """The table with integers for those of its columns that have some; `end`: what the names of its columns end in.

    `x_id` for a text; `tanggal`, the birth date, where a year counts 512 and a month 32; `n8` and `z8`, the first and
    last eight digits of what `n10` and `z10` hold; `kata1` to `kata4` and their `jumlah_kata`, which is null where a
    name has more telling words; the same of `semua`, words that many bear among them, and `taburan`, a bit for each of
    those, which two words may share. Of `inti` its letters: see `_letters`.
    """
    made = [_number(pl.col(text + end)).alias(f"{text}_id{end}") for text in TEXTS if text + end in table.columns]
    if f"lahir{end}" in table.columns:
        born = pl.col(f"lahir{end}").dt
        year, month, day = (part.cast(pl.Int32) for part in (born.year(), born.month(), born.day()))
        made.append((year * 512 + month * 32 + day).alias(f"tanggal{end}"))
    if f"n10{end}" in table.columns:
        made += [(pl.col(f"n10{end}") // 100).alias(f"n8{end}"), (pl.col(f"z10{end}") % 10**8).alias(f"z8{end}")]
    for name in LISTS:
        if name + end in table.columns:
            words = pl.col(name + end).list
            made.append(pl.when(words.len() <= HELD).then(words.len()).cast(pl.Int16).alias(f"jumlah_{name}{end}"))
            made += [_number(words.get(at, null_on_oob=True)).alias(f"{name}{at + 1}{end}") for at in range(HELD)]
    told = table.with_columns(made)
    letters = _letters(table[f"inti{end}"]) if f"inti{end}" in table.columns else []
    strewn = [_strewn(told, f"semua{{}}{end}")] if f"semua{end}" in table.columns else []
    return told.with_columns(column.alias(column.name + end) for column in (*letters, *strewn))


def _strewn(table: pl.DataFrame, words: str) -> pl.Series:
    """`taburan`: a bit for each word that has a column."""
    bits = np.zeros(len(table), np.int64)
    for place in range(1, HELD + 1):
        word = table[words.format(place)]
        at = word.fill_null(0).reinterpret(signed=False).to_numpy() % np.uint64(63)
        bits |= word.is_not_null().to_numpy().astype(np.int64) << at.astype(np.int64)
    return pl.Series("taburan", bits)


def _letters(names: pl.Series) -> list[pl.Series]:
    """`abjad`, a bit for each letter, another where it comes twice, and for some where it comes three times; `lebih`,
    how many letters have none; `panjang`; `kepala`, the first four letters, a byte each. So two names can share no
    more letters than bits, and the fewer of those without.
    """
    texts = names.fill_null("")
    parts = [_bits(texts[start : start + _SLICE]) for start in range(0, max(len(texts), 1), _SLICE)]
    bits = np.concatenate(parts)
    more = texts.str.len_bytes().to_numpy() - np.bitwise_count(bits)
    size, first = texts.str.len_chars(), (texts + "____").cast(pl.Binary).bin.slice(0, 4)
    return [pl.Series("abjad", bits), pl.Series("lebih", more, pl.Int16), size.cast(pl.Int16).alias("panjang"),
            first.bin.reinterpret(dtype=pl.UInt32, endianness="big").cast(pl.Int64).alias("kepala")]  # fmt: skip


def _bits(texts: pl.Series) -> np.ndarray[Any, np.dtype[np.int64]]:
    """`abjad` of some texts."""
    letters = _LETTER[np.frombuffer(texts.str.join("").item().encode(), np.uint8)]
    place = np.repeat(np.arange(len(texts)) * len(_BITS), texts.str.len_bytes().to_numpy()) + letters
    counts = np.bincount(place, minlength=len(texts) * len(_BITS)).reshape(-1, len(_BITS))
    return np.asarray(sum((counts > time) @ row for time, row in enumerate(_BITS.T)))


def _number(text: pl.Expr) -> pl.Expr:
    return pl.when(text.is_not_null()).then(text.hash().reinterpret(signed=True))
