"""Place names as people write them, made comparable."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product

from jangkau.core.identity.rule_table import rules_of, rules_page

FILE = "tempat.csv"
KINDS = {
    "kabupaten": "Kata tingkat di depan nama kabupaten atau kota.",
    "kecamatan": "Kata tingkat di depan nama kecamatan.",
    "desa": "Kata tingkat di depan nama desa atau kelurahan.",
    "singkatan": "Satu kata dan kepanjangannya; yang punya beberapa arti dicoba semuanya.",
}
_ROMAN = re.compile(r"[IVX]+")
_ROMANS = {
    str(value): (value // 10) * "X" + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]
    for value in range(1, 40)
}
MOST_READINGS = 32
LONGEST = 200  # letters; more is not a place


@dataclass(frozen=True)
class PlaceName:
    """`letters` without blanks, `numerals` apart (Sukaraja II is not Sukaraja, however near), `said` its level word.

    `whole` is everything without blanks, for a numeral that was written on to the name.
    """

    letters: str
    numerals: tuple[str, ...]
    whole: str
    said: str = ""


def places_page() -> str:
    """`docs/tempat.md`."""
    return rules_page("Aturan nama tempat", FILE, KINDS)


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """A word -> what it may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules_of(FILE):
        if rule.jenis == "singkatan":
            found[rule.tulis] = (*found.get(rule.tulis, ()), rule.jadi)
    return found


@cache
def level_words(level: str) -> frozenset[str]:
    """The words that say a level before a name."""
    return frozenset(rule.tulis for rule in rules_of(FILE) if rule.jenis == level)


@lru_cache(maxsize=50_000)
def readings(text: str, level: str) -> tuple[PlaceName, ...]:
    """Every way to read a name at a level: without its level word, literally, and with abbreviations spelled out."""
    words = _words(text[:LONGEST])
    said, bare = _without_level(words, level)
    literal = _spelled_out(words, "") if said else []
    return tuple(dict.fromkeys([*_spelled_out(bare, said), *literal]))


def _spelled_out(words: list[str], said: str) -> list[PlaceName]:
    options = [[word, *abbreviations().get(word, ())] for word in words]
    choices = [list(choice) for choice in islice(product(*options), MOST_READINGS)]
    return [_place(choice, said) for choice in choices if choice]


def _place(words: list[str], said: str) -> PlaceName:
    numerals = tuple(word for word in words if _ROMAN.fullmatch(word))
    letters = "".join(word for word in words if not _ROMAN.fullmatch(word))
    return PlaceName(letters, numerals, "".join(words), said)


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    upper = "".join(char for char in decomposed if not unicodedata.combining(char)).upper()
    parted = re.sub(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])", " ", re.sub(r"['’‘`´]", "", upper))
    words = re.findall(r"[A-Z]+|[0-9]+", parted)
    return [_ROMANS.get(word.lstrip("0"), word) for word in words]


def _without_level(words: list[str], level: str) -> tuple[str, list[str]]:
    """The last of the level words that a name starts with, and what follows them."""
    kinds = level_words(level)
    said = ""
    while len(words) > 1 and words[0] in kinds:
        said, words = words[0], words[1:]
    return said, words
