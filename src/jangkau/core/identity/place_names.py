"""Place names as people write them, made comparable."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

_ROMAN = re.compile(r"[IVX]+")
_ROMANS = {
    str(value): (value // 10) * "X" + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]
    for value in range(1, 40)
}
MOST_READINGS = 8


@dataclass(frozen=True)
class PlaceName:
    """`letters` without blanks, `numerals` apart (Sukaraja II is not Sukaraja, however near), `said` its level word."""

    letters: str
    numerals: tuple[str, ...]
    said: str = ""


@cache
def place_rules() -> dict[str, Any]:
    """The rule table as written."""
    text = (files("jangkau.core.identity") / "data" / "regions.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=50_000)
def readings(text: str, level: str) -> tuple[PlaceName, ...]:
    """Every way to read a written name at a level; the literal one first, then those with abbreviations spelled out."""
    said, words = _without_level(_words(text), level)
    numerals = tuple(word for word in words if _ROMAN.fullmatch(word))
    names = [word for word in words if not _ROMAN.fullmatch(word)]
    options = [[word, *place_rules()["singkatan"].get(word, ())] for word in names]
    found = ["".join(choice) for choice, _ in zip(product(*options), range(MOST_READINGS * 4), strict=False)]
    return tuple(PlaceName(letters, numerals, said) for letters in dict.fromkeys(found) if letters or numerals)


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text)
    upper = "".join(char for char in decomposed if not unicodedata.combining(char)).upper()
    parted = re.sub(r"(?<=[A-Z])(?=\d)|(?<=\d)(?=[A-Z])", " ", re.sub(r"['’‘`´]", "", upper))
    words = re.findall(r"[A-Z]+(?:/[A-Z]+)?|\d+", parted)
    return [_ROMANS.get(word.lstrip("0"), word) for word in words]


def _without_level(words: list[str], level: str) -> tuple[str, list[str]]:
    """The level word, if the name starts with one, and what follows it."""
    kinds = place_rules()["tingkat"][level]
    while len(words) > 1:
        if " ".join(words[:2]) in kinds and len(words) > 2:
            return words[0], words[2:]
        if words[0] in kinds or (level == "kabupaten" and words[0] == "KOTA"):
            return words[0], words[1:]
        break
    return "", [part for word in words for part in word.split("/")]
