"""Names made comparable: titles off, abbreviations spelled out, old spelling and sounds folded.

The rules are data (`data/names.yaml`); this module knows only their kinds. In a whole column each distinct word goes
through its patterns once, and only names that hold a rule word (a title, an abbreviation, a comma) are read one by one.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from jangkau.core import engine
from jangkau.core.tables.schema import Frame

Rewrite = Callable[[str], str]

_MARKS = re.compile(r"[^A-Z0-9.,()/\s]+")
_NOTE = re.compile(r"\([^)]*\)?")
_LETTER_DIGITS = str.maketrans("01345", "OIEAS")
LONGEST_TITLE = 3  # words of a degree written with blanks
LONGEST_NAME = 200  # letters; more is not a name
MOST_WORDS = 500_000  # kept in memory, more than the distinct words of a province


@cache
def rules() -> dict[str, Any]:
    """The rule table as written."""
    text = (files("jangkau.core.identity") / "data" / "names.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _words(kind: str) -> Any:
    """The words of one kind of rule: a set, or a mapping for abbreviations."""
    words = rules()[kind]["kata"]
    return words if isinstance(words, dict) else frozenset(words)


@cache
def _patterns(*path: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table: Any = rules()
    for step in path:
        table = table[step]
    return tuple((re.compile(rule["cari"]), rule["ganti"]) for rule in table)


def normalise(text: str) -> str:
    """Upper-case words of a name without titles, degrees, bin/binti, notes and nicknames; abbreviations spelled out.

    A name of nothing but titles keeps its letters. `normalise(normalise(x)) == normalise(x)`.
    """
    words = text[:LONGEST_NAME].upper().replace(",", " , ").split()
    plain = [is_plain(word) for word in words]
    if all(plain):
        return " ".join(words)
    if len(words) > len(_STAND_INS):
        return _normalise(text[:LONGEST_NAME])
    shape = [stand_in if kept else word for word, kept, stand_in in zip(words, plain, _STAND_INS, strict=False)]
    back = dict(zip(_STAND_INS, words, strict=False))
    return " ".join([back.get(word, word) for word in _normalise(" ".join(shape)).split()])


@lru_cache(maxsize=200_000)
def _normalise(text: str) -> str:
    """`normalise` without the short cut; kept for each arrangement of rule words, plain ones standing in for others."""
    upper = _fold(text)
    tokens = _settle(_tokens(_NOTE.sub(" ", upper)) or _tokens(upper))
    return " ".join(tokens) or re.sub(r"[^A-Z]", "", upper)


def _fold(text: str) -> str:
    """Upper-case ASCII with only the marks that carry meaning."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _MARKS.sub(" ", re.sub(r"['’‘`´]", "", bare).upper())


@lru_cache(maxsize=MOST_WORDS)
def is_plain(word: str) -> bool:
    """Whether a word is upper-case letters that no rule can touch, wherever it stands."""
    return (
        word.isascii()
        and word.isalpha()
        and word.isupper()
        and not any(word in _words(kind) for kind in _KINDS)
        and word not in _degree_pieces()
        and _expand(word) == word
    )


@cache
def _degree_pieces() -> frozenset[str]:
    """Everything that can be part of a degree written with blanks, as S and PD are of SPD."""
    degrees = _words("gelar_belakang") | _words("gelar_bertanda")
    return frozenset(
        word[start:end] for word in degrees for start in range(len(word)) for end in range(start + 1, len(word) + 1)
    )


_KINDS = (
    "gelar_depan", "gelar_belakang", "gelar_bertanda", "penghubung", "penghubung_tengah", "nama_lain", "awal", "ejaan",
)  # fmt: skip
_STAND_INS = tuple(f"QX{letter}QX" for letter in "ABCDEFGHIJKL")


def _tokens(upper: str) -> list[str]:
    """Words in order, the degrees that are written with dots or behind a comma left out."""
    head, *segments = re.split(r",", upper)
    tokens = _segment(head)
    for segment in segments:
        found = _segment(segment)
        if tokens and all(_is_degree(token, marked=True) for token in _joined(found)):
            continue
        tokens += found
    return tokens


def _segment(segment: str) -> list[str]:
    tokens: list[str] = []
    for chunk in segment.replace("/", " ").split():
        bare = chunk.replace(".", "")
        dotted = "." in chunk.rstrip(".")
        if tokens and dotted and _is_degree(bare, marked=True):
            continue
        tokens += [bare] if _is_title(bare) else chunk.split(".")
    return [_letters(token) for token in tokens if re.search("[A-Z]", token)]


def _letters(token: str) -> str:
    """0 and 1 typed for O and I; other digits fall away."""
    mixed = token.translate(_LETTER_DIGITS) if sum(map(str.isalpha, token)) > 1 else token
    return re.sub(r"[^A-Z]", "", mixed)


def _is_degree(word: str, *, marked: bool) -> bool:
    return word in _words("gelar_belakang") or (marked and word in _words("gelar_bertanda"))


def _is_title(word: str) -> bool:
    return word in _words("gelar_depan") or word in _words("gelar_belakang")


def _joined(tokens: list[str]) -> list[str]:
    """S, PD -> SPD when together they are a degree."""
    found: list[str] = []
    start = 0
    while start < len(tokens):
        size = next(
            (n for n in range(LONGEST_TITLE, 1, -1) if _is_degree("".join(tokens[start : start + n]), marked=True)), 1
        )
        found.append("".join(tokens[start : start + size]))
        start += size
    return found


def _settle(tokens: list[str]) -> list[str]:
    """Apply the rules that look at position until nothing changes."""
    before: list[str] = []
    while before != tokens:
        before = tokens
        tokens = _expanded(_without_links(_without_degrees(_without_titles(tokens))))
    return tokens


def _without_titles(tokens: list[str]) -> list[str]:
    while len(tokens) > 1 and tokens[0] in _words("gelar_depan"):
        tokens = tokens[1:]
    return tokens


def _without_degrees(tokens: list[str]) -> list[str]:
    while size := next(
        (
            n
            for n in range(min(LONGEST_TITLE, len(tokens) - 1), 0, -1)
            if _is_degree("".join(tokens[-n:]), marked=n > 1)
        ),
        0,
    ):
        tokens = tokens[:-size]
    return tokens


def _without_links(tokens: list[str]) -> list[str]:
    other = next((at for at, token in enumerate(tokens) if at and token in _words("nama_lain")), len(tokens))
    tokens = tokens[:other]
    kept = [token for token in tokens if token not in _words("penghubung")] or tokens
    middle = [token for token in kept[1:-1] if token not in _words("penghubung_tengah")]
    return [*kept[:1], *middle, *kept[1:][-1:]]


def _expanded(tokens: list[str]) -> list[str]:
    if len(tokens) > 1 and tokens[0] in _words("awal"):
        tokens = [_words("awal")[tokens[0]], *tokens[1:]]
    return [part for token in tokens for part in _expand(token).split()]


@lru_cache(maxsize=MOST_WORDS)
def _expand(word: str) -> str:
    word = _words("ejaan").get(word, word)
    for pattern, replacement in _patterns("pola"):
        word = pattern.sub(replacement, word)
    return word


def phonetic(text: str) -> str:
    """The sounds of a name, words sorted: equal for spellings of one name (SOEKARNO, SUKARNO)."""
    return " ".join(sorted(map(sound, glued(normalise(text)).split())))


def glued(normalised: str) -> str:
    """First parts that are often written together with the next word, such as NUR, joined to it."""
    words = [""]
    for word in normalised.split():
        words[-1] += word if word in words_to_join() else _variant(word)
        if word not in words_to_join():
            words.append("")
    return " ".join(words).rstrip()


def _variant(word: str) -> str:
    variant: str = rules()["bunyi"]["varian"]["kata"].get(word, word)
    return variant


@cache
def words_to_join() -> frozenset[str]:
    """The first parts that `glued` joins."""
    return frozenset(rules()["bunyi"]["sambung"]["kata"])


@lru_cache(maxsize=MOST_WORDS)
def sound(word: str) -> str:
    """One word of a normalised name folded to how it sounds."""
    modern = _variant(word)
    old = _apply(_patterns("bunyi", "ejaan_lama"), modern)
    if old != modern:
        old = old.replace("J", "Y")
    folded = _apply(_patterns("bunyi", "lipat"), old.replace("\x01", "J"))
    return folded or word


def _apply(patterns: tuple[tuple[re.Pattern[str], str], ...], word: str) -> str:
    for pattern, replacement in patterns:
        word = pattern.sub(replacement, word)
    return word


def normalise_frame(frame: Frame, column: str) -> Frame:
    """The frame with `nama_baku`, `nama_bunyi` (sounds, sorted), `kata_pertama` and `kata_akhir` (sounds).

    Null stays null; equal to `normalise` and `phonetic` of each name.
    """
    table = engine.polars(frame)
    distinct = table.get_column(column).drop_nulls().unique()
    normal = _normalised(distinct)
    words = _by_word(_glued(normal), sound, pl.String)
    sounds = _lists(words)
    forms = pl.DataFrame(
        {
            column: distinct,
            "nama_baku": normal,
            "nama_bunyi": _lists(words.sort("row", "word")).list.join(" "),
            "kata_pertama": sounds.list.first(),
            "kata_akhir": sounds.list.last(),
        }
    )
    return engine.frame(table.join(forms, on=column, how="left", maintain_order="left"))


def _normalised(names: pl.Series) -> pl.Series:
    upper = names.str.to_uppercase()
    plain = _lists(_by_word(upper, is_plain, pl.Boolean)).list.all()
    return _replaced(upper, ~plain, names, normalise)


def _glued(normal: pl.Series) -> pl.Series:
    words = "|".join(map(re.escape, sorted(words_to_join())))
    return _replaced(normal, normal.str.contains(rf"\b(?:{words})\b"), normal, glued)


def _replaced(base: pl.Series, where: pl.Series, source: pl.Series, change: Callable[[str], str]) -> pl.Series:
    """`base`, with `change` of `source` where the mask holds."""
    changed = [change(text) for text in source.filter(where).to_list()]
    return base.clone().scatter(where.arg_true(), pl.Series(changed, dtype=pl.String))


def _by_word(texts: pl.Series, change: Callable[[str], Any], dtype: Any) -> pl.DataFrame:
    """`row` and `word`, one row a word of each text, changed; each distinct word is changed once."""
    words = texts.alias("text").str.split(" ").to_frame().with_row_index("row").explode("text")
    distinct = words.get_column("text").unique()
    changed = pl.DataFrame({"text": distinct, "word": pl.Series(list(map(change, distinct.to_list())), dtype=dtype)})
    return words.join(changed, on="text", how="left", maintain_order="left").select("row", "word")


def _lists(words: pl.DataFrame) -> pl.Series:
    return words.group_by("row", maintain_order=True).agg("word").get_column("word")
