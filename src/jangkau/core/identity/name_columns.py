"""Forms of many names at once: each distinct word is read once, and so is each arrangement of rule words."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from string import ascii_uppercase
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.identity.name_reader import LONGEST_NAME, STAND_INS, cleaned, reader
from jangkau.core.identity.name_words import Words, encoded

FORMS: dict[str, Any] = {
    "nama": pl.String,
    "nama_baku": pl.String,
    "nama_bunyi": pl.String,
    "kata_pertama": pl.String,
    "kata_akhir": pl.String,
    "huruf": pl.Int64,
    "kata": pl.List(pl.String),
}
# Anything else is left to `cleaned`; so are blanks that are not single, and words written together.
_UNCLEAN = r"[^A-Za-z0-9 .]|  |^ | $|[a-z]{2}[A-Z][a-z]"
# Small enough for the letters of any name to add up within 64 bits.
_WEIGHTS = {letter: int.from_bytes(blake2b(letter.encode(), digest_size=6).digest()) for letter in ascii_uppercase}


def forms(names: pl.Series) -> pl.DataFrame:
    """FORMS, one row a name in its order; null in every form where there is no name."""
    if names.is_empty():
        return pl.DataFrame(schema=FORMS)
    texts = _cleaned(names.fill_null(""))
    normal = _normalised(texts)
    words = Words.of(_glued(normal))
    heard = pl.Series(reader().sounds(words.distinct.to_list()))
    sounds = heard.unique().sort()
    ranked = words.to(sounds, sounds.search_sorted(heard).to_numpy().astype(np.int64)[words.codes])
    in_order = ranked.sorted()
    first, last = ranked.ends()
    made = pl.DataFrame(
        {
            "nama": names,
            "nama_baku": normal,
            "nama_bunyi": in_order.texts(),
            "kata_pertama": first,
            "kata_akhir": last,
            "huruf": words.total(words.known(int, _letters(words.distinct))),
            "kata": _with_other_names(_telling(in_order).lists(), texts),
        }
    )
    named = pl.col("nama_baku") != ""
    return made.select("nama", *(pl.when(named).then(form).alias(form) for form in list(FORMS)[1:]))


def form(name: str | None) -> dict[str, Any]:
    """FORMS of one name, sooner than `forms` has looked at its columns."""
    text = cleaned(name or "")
    normal = reader().normalise(text)
    if not normal:
        return {**dict.fromkeys(FORMS), "nama": name}
    words = reader().glued(normal)
    sounds = reader().sounds(words)
    shown = (name, normal, " ".join(sorted(sounds)), sounds[0], sounds[-1], sum(_letters(words)), reader().words(text))
    return dict(zip(FORMS, shown, strict=True))


def _normalised(texts: pl.Series) -> pl.Series:
    """`normalise` of each cleaned name."""
    words = Words.of(texts)
    settled = reader().settle(words.distinct.to_list())
    differs = words.known(bool, (before != after for before, after in zip(words.distinct, settled, strict=True)))
    changed = words.total(differs) > 0
    return texts.clone().scatter(np.flatnonzero(changed), _read(words.take(changed), settled))


def _cleaned(names: pl.Series) -> pl.Series:
    unclean = names.str.contains(_UNCLEAN) | (names.str.len_bytes() > LONGEST_NAME)
    changed = pl.Series([cleaned(text) for text in names.filter(unclean).to_list()], dtype=pl.String)
    return names.str.to_uppercase().scatter(unclean.arg_true(), changed)


def _read(words: Words, settled: list[str | None]) -> pl.Series:
    """Names whose words do not all stay as they are."""
    shown = words.keep(words.known(bool, (word != "" for word in settled)))
    final = shown.known(bool, (word is not None for word in settled))
    places = np.where(final, shown.before(final), shown.codes + len(STAND_INS))
    shapes, shape = encoded(shown.to(pl.Series([*STAND_INS, *words.distinct]), places).texts())
    read = Words.of(pl.Series([reader().arranged(text) for text in shapes.to_list()], dtype=pl.String)).take(
        shape.to_numpy()
    )
    return _put_back(read, shown.keep(final), pl.Series([word or "" for word in settled], dtype=pl.String)).texts()


def _put_back(read: Words, kept: Words, becomes: pl.Series) -> Words:
    """Arrangements with what their stand-ins stand for: of a text's kept words, the one of that number."""
    number = {stand_in: at for at, stand_in in enumerate(STAND_INS)}
    places = read.known(int, (number.get(word, -1) for word in read.distinct))
    stands = places >= 0
    codes = read.codes.copy()
    codes[stands] = len(read.distinct) + kept.codes[kept.starts[read.rows[stands]] + places[stands]]
    return read.to(pl.concat([read.distinct, becomes]), codes)


def _glued(normal: pl.Series) -> pl.Series:
    """Words that are often written together with the next one, joined to it."""
    joins = sorted(reader().joins)
    some = normal.str.contains_any([f"{word} " for word in joins])
    joined = normal.filter(some).str.replace_all(rf"\b({'|'.join(joins)}) ", "$1")
    return normal.clone().scatter(some.arg_true(), joined)


def _telling(words: Words) -> Words:
    """`telling` of each text, its words sorted."""
    codes, rows = words.codes, words.rows
    again = np.concatenate([[False], (codes[1:] == codes[:-1]) & (rows[1:] == rows[:-1])])
    strong = words.known(bool, map(reader().tells, words.distinct))
    none = words.total(strong) == 0
    return words.keep(~again & (strong | none[rows]))


def _with_other_names(telling: pl.Series, texts: pl.Series) -> pl.Series:
    """The telling words of each name, those of its other name among them; few names have one."""
    some = texts.str.contains(reader().may_have_other()).arg_true().to_numpy()
    read = pl.Series([reader().words(text) for text in texts.gather(some).to_list()], dtype=pl.List(pl.String))
    place = np.arange(len(texts))
    place[some] = len(texts) + np.arange(len(some))
    return pl.concat([telling, read.cast(telling.dtype)]).gather(place)


def _letters(words: Iterable[str]) -> Iterator[int]:
    """A number a word: the sum of its letters' own numbers, so that their order does not matter."""
    return (sum([_WEIGHTS[letter] for letter in word]) for word in words)
