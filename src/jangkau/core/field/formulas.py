"""Expressions of a form's sheets that cannot be used: unknown functions and names, brackets, and what clients compute
differently."""

import re
from collections.abc import Iterator, Mapping

from jangkau.core.field import features
from jangkau.core.field.alike import Place, faults
from jangkau.core.field.expression import Unreadable, parse
from jangkau.core.field.workbook import Line

_CALL = re.compile(r"([A-Za-z_][\w:-]*)\s*\(")
_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()"})
_SPOKEN = ("label", "hint", "constraint_message", "required_message")
Wrong = tuple[str, str, dict[str, str]]  # heading, code, words


def computed(column: str, text: str) -> bool:
    """Whether a cell is an expression: a default is mostly the answer itself, `required` mostly yes."""
    if column == "default":
        return "(" in text or "${" in text
    return bool(text) and text.lower() not in _YES_NO


def wrong(line: Line, uses: Mapping[str, str], place: Place) -> Iterator[Wrong]:
    """What is wrong with the expressions of a line; `uses`: heading -> what for, `place.types`: every question."""
    for column, use in uses.items():
        text = line.get(column)
        if computed(column, text):
            found = [(column, kode, words) for kode, words in _written(text, place)]
            yield from found or ((column, kode, words) for kode, words in _alike(text, place, use))


def _written(text: str, place: Place) -> Iterator[tuple[str, dict[str, str]]]:
    bare = _QUOTED.sub("''", text)
    for name in dict.fromkeys(_CALL.findall(bare)):
        if name not in features.FUNCTIONS and name not in features.NODE_TESTS:
            yield "FORMULIR_FUNGSI_TIDAK_DIDUKUNG", {"nama": name}
    if bare.count("(") != bare.count(")"):
        yield "FORMULIR_KURUNG", {}
    yield from _unknown(text, place)


def _unknown(text: str, place: Place) -> Iterator[tuple[str, dict[str, str]]]:
    for name in _REFERENCE.findall(text):
        if name not in place.types:
            yield "FORMULIR_RUJUKAN_TIDAK_ADA", {"nama": name}


def _alike(text: str, place: Place, use: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        tree = parse(text)
    except Unreadable:
        yield "FORMULIR_RUMUS_TIDAK_TERBACA", {"rumus": text[:60]}
        return
    for part, instead in dict.fromkeys(faults(tree, place, use)):
        yield "FORMULIR_RUMUS_BEDA", {"bagian": part, "tulis": instead}


def spoken(line: Line, place: Place) -> Iterator[Wrong]:
    """Words that speak of no question."""
    for column, text in line.cells.items():
        if column.split("::")[0] in _SPOKEN:
            yield from ((column, kode, words) for kode, words in _unknown(text, place))
