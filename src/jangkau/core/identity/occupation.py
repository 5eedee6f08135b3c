"""What people write under "pekerjaan" -> the tag that funds know and whether the person works.

The words are data (`data/occupation.yaml`), tried in order.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from jangkau.core.kernel.yaml_text import load_yaml

_PARTS = re.compile(r"[/,;&+|()]|\b(?:dan|dn|serta|sambil|merangkap|nyambi)\b")
SHORTEST_FUZZY = 5
LONGEST = 200  # letters; more is not an occupation


@dataclass(frozen=True)
class Occupation:
    """`tag` of the common list and `status` BEKERJA, BUKAN_PEKERJA or APARATUR; both None where the text is silent."""

    tag: str | None
    status: str | None


SILENT = Occupation(None, None)
UNKNOWN = Occupation("LAIN", "BEKERJA")


@dataclass(frozen=True)
class _Entry:
    occupation: Occupation
    anywhere: re.Pattern[str]
    whole: frozenset[str]
    yields: bool


@cache
def occupation_table() -> list[dict[str, Any]]:
    """The entries as written."""
    text = (files("jangkau.core.identity") / "data" / "occupation.yaml").read_text("utf-8")
    loaded: list[dict[str, Any]] = load_yaml(text)
    return loaded


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_entry(row) for row in occupation_table())


def _entry(row: dict[str, Any]) -> _Entry:
    state = row.get("keadaan", "BEKERJA")
    words = sorted(row["kata"], key=len, reverse=True)
    return _Entry(
        SILENT if state == "DIAM" else Occupation(row["tag"], state),
        re.compile(rf"\b(?:{'|'.join(words)})\b"),
        frozenset(row.get("seluruh", ())),
        row.get("sisa", False),
    )


@lru_cache(maxsize=100_000)
def classify(text: str) -> Occupation:
    """Tag and work state of a written occupation; unknown words are work (LAIN, BEKERJA), silence is None, None.

    ASN/TNI/Polri wins over any second job, a job over "rumah tangga" or "pensiunan", else the first known part counts.
    """
    folded = _fold(text[:LONGEST])
    if not re.search("[a-z]", folded):
        return SILENT
    whole = _match(_plain(folded))
    if whole and whole.status in (None, "APARATUR"):
        return whole
    found = [hit for part in _PARTS.split(folded) if (hit := _match(_plain(part)) or _misspelt(_plain(part)))]
    working = [hit for hit in found if hit.status == "BEKERJA"]
    return next(iter([*[hit for hit in working if hit != UNKNOWN], *working, *found]), UNKNOWN)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def _plain(part: str) -> str:
    """Words and single blanks; P.N.S and P N S are one word."""
    words = " ".join(re.findall(r"[a-z]+(?:3[a-z]+)?", part))
    return re.sub(r"\b[a-z](?: [a-z]\b)+", lambda letters: letters[0].replace(" ", ""), words)


def _match(words: str) -> Occupation | None:
    for entry in _entries():
        if words in entry.whole:
            return entry.occupation
        if found := entry.anywhere.search(words):
            rest = _match(words.replace(found[0], " ").strip()) if entry.yields else None
            return rest if rest and rest.status == "BEKERJA" and rest.tag != "LAIN" else entry.occupation
    return None


@cache
def _vocabulary() -> dict[str, Occupation]:
    """Single words long enough for a typing error to be told from another word; the first entry owns a word."""
    words: dict[str, Occupation] = {}
    for row, entry in zip(occupation_table(), _entries(), strict=True):
        for word in row["kata"]:
            if len(word) >= SHORTEST_FUZZY and " " not in word:
                words.setdefault(word, entry.occupation)
    return words


def _misspelt(words: str) -> Occupation | None:
    """The occupation of the words that are one slip (two from nine letters on) from known ones, if they agree."""
    hits = {
        found
        for word in words.split()
        for known, found in _vocabulary().items()
        if len(word) >= SHORTEST_FUZZY and OSA.distance(word, known) <= (2 if len(known) >= 9 else 1)
    }
    return hits.pop() if len(hits) == 1 else None
