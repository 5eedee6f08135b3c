"""Finding a person by a half-remembered name or a part of the NIK, within the user's regions.

Words are compared by how they sound. One word, or the two rarest as a pair, lead: whoever has them is walked in order
of region, and each further word is one look into an index. Two common words that nobody bears together cost nothing.
Only B-tree ranges are used, so SQLite and PostgreSQL answer alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.linkage.models import Person, PersonState, PersonWord, WordCount
from jangkau.apps.linkage.words import asked, pair

MOST = 50
FEWEST_DIGITS = 6
FEWEST_LETTERS = 2
_WORDS_OF_PREFIX = 400


@dataclass(frozen=True)
class Found:
    """The first persons found; `more` where there are others; `wrong` where the question asks too little."""

    persons: list[Person]
    more: bool = False
    wrong: str = ""


def search(user: User, text: str, region: str = "", year: int | None = None, permission: str = "people.view") -> Found:
    """Persons by `text` where the user has the permission; `region` narrows to a region, `year` to a year of birth."""
    codes = narrowed(scope(user, permission), region)
    digits = "".join(sign for sign in text if sign.isdigit())
    if digits:
        return _by_number(digits, codes, year)
    words = asked(text)
    if not words or len("".join(words)) < FEWEST_LETTERS:
        return Found([], wrong="pendek")
    return _by_words(words, codes, year)


def narrowed(codes: Iterable[str], region: str) -> list[str]:
    """The user's regions within `region`, or `region` within one of them; nothing where they do not meet."""
    if not region:
        return list(codes)
    return [code if code.startswith(region) else region for code in codes
            if code.startswith(region) or region.startswith(code)]  # fmt: skip


def begins(field: str, text: str) -> Q:
    """Values that begin with these capitals or digits, as a range that an index of any database and locale serves."""
    stem = text.rstrip("9Z")
    bounds = {f"{field}__gte": text}
    if stem:
        bounds[f"{field}__lt"] = stem[:-1] + chr(ord(stem[-1]) + 1)
    return Q(**bounds)


def _by_number(digits: str, codes: list[str], year: int | None) -> Found:
    """The beginning of a NIK, else the end of one."""
    if len(digits) < FEWEST_DIGITS:
        return Found([], wrong="angka")
    found: list[Person] = []
    for field, asked_for in (("nik", digits), ("nik_balik", digits[::-1])):
        people = Person.objects.filter(begins(field, asked_for), _inside(codes), _born(year), state=PersonState.HERE)
        found += [person for person in people[: MOST + 1] if person not in found]
    return _first(found)


def _inside(codes: list[str]) -> Q:
    """Regions as a condition that no index is used for: the number leads."""
    matches = Q(pk__in=[])
    for code in codes:
        matches |= Q(Exact(Left("region_code", len(code)), code))
    return matches


def _by_words(words: list[str], codes: list[str], year: int | None) -> Found:
    """Those who have every word; where these are few, those whose word only begins like the last one."""
    known = dict(WordCount.objects.filter(word__in=words).values_list("word", "persons"))
    keys: list[int] = []
    if len(known) == len(words):
        keys = _ids(_holders(sorted(words, key=lambda word: known[word]), codes, year))
    if len(keys) <= MOST:
        keys = list(dict.fromkeys([*keys, *_half(words, known, codes, year)]))
    found = Person.objects.in_bulk(keys[: MOST + 1])
    return _first([found[key] for key in keys[: MOST + 1] if key in found])


def _first(people: list[Person]) -> Found:
    return Found(people[:MOST], more=len(people) > MOST)


def _ids(rows: "QuerySet[PersonWord]") -> list[int]:
    return list(dict.fromkeys(rows.values_list("person_id", flat=True)[: 2 * MOST + 2]))


def _born(year: int | None, prefix: str = "") -> Q:
    if year is None:
        return Q()
    return Q(**{f"{prefix}tanggal_lahir__gte": f"{year}-01-01", f"{prefix}tanggal_lahir__lte": f"{year}-12-31"})


def _holders(words: list[str], codes: list[str], year: int | None) -> "QuerySet[PersonWord]":
    """Rows that lead to whoever has all these words, the rarest first."""
    leading = [pair(*words[:2])] if len(words) > 1 else words
    return _having(_led_by(leading, codes, year), words[2:])


def _led_by(keys: list[str], codes: list[str], year: int | None) -> "QuerySet[PersonWord]":
    return PersonWord.objects.filter(Q(word__in=keys), _place(codes), _born(year, "person__"))


def _having(rows: "QuerySet[PersonWord]", words: list[str]) -> "QuerySet[PersonWord]":
    for word in words:
        same = PersonWord.objects.filter(
            person_id=OuterRef("person_id"), region_code=OuterRef("region_code"), word=word
        )
        rows = rows.filter(Exists(same))
    return rows


def _place(codes: list[str]) -> Q:
    matches = Q(word__in=[])
    for code in codes:
        matches |= begins("region_code", code)
    return matches


def _half(words: list[str], known: dict[str, int], codes: list[str], year: int | None) -> list[int]:
    """Every word but one whole, the last one (or one that nobody has) only begun."""
    unknown = [word for word in words if word not in known]
    half = unknown[-1] if unknown else words[-1]
    whole = sorted((word for word in words if word != half), key=lambda word: known.get(word, 0))
    begun = WordCount.objects.filter(begins("word", half)).order_by("-persons", "word")
    starts = list(begun.values_list("word", flat=True)[:_WORDS_OF_PREFIX])
    if len(unknown) > 1 or not starts:
        return []
    keys = [pair(start, whole[0]) for start in starts if start != whole[0]] if whole else starts
    return _ids(_having(_led_by(keys, codes, year), whole[1:]))
