"""What of an expression JavaRosa (ODK Collect) and the engine of the offline page compute differently.

Found by giving both the same answers; each has a way of writing it that both compute alike, which is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jangkau.core.field.expression import TRUTHS, Call, Literal, Operation, Path, Tree

Fault = tuple[str, str]  # what is meant, what to write instead
_YES_NO = frozenset({"not", "boolean", "true", "false", "selected", "regex", "contains", "starts-with", "ends-with"})
_DAYS = frozenset({"today", "now", "date"})
_PASS = {"if": 1, "coalesce": 0, "once": 0}  # functions whose value is one of their arguments, from this one on
_WORDS = frozenset({
    "concat", "join", "string", "string-length", "substr", "contains", "starts-with", "ends-with", "substring-before",
    "substring-after", "normalize-space", "translate", "regex",
})  # fmt: skip
_COUNTING = frozenset({"+", "-", "*", "div", "mod", "<", "<=", ">", ">="})
_DATE_CODES = frozenset("YmdenyHM")
_HOURS = frozenset({"time", "datetime"})  # moments that one engine counts and the other reads as words
_BROKEN = frozenset({"decimal", "range"})


@dataclass(frozen=True)
class Place:
    """Where an expression stands. `types`: name -> type of question; `repeats`: those around it; `kind`: its own."""

    types: dict[str, str]
    repeats: frozenset[str]
    kind: str


def faults(tree: Tree, place: Place, wanted: str) -> Iterator[Fault]:
    """All of them; `wanted` is what the expression is for: `value`, `truth`, `words`, or anything else."""
    match tree:
        case Operation():
            yield from _operation(tree, place, wanted)
        case Call():
            yield from _call(tree, place, wanted)
        case Path():
            yield from _path(tree, place, wanted)


def _operation(tree: Operation, place: Place, wanted: str) -> Iterator[Fault]:
    if wanted == "value" and tree.sign in TRUTHS:
        yield "benar atau salah sebagai nilai", "if(..., 1, 0)"
    for side in tree.sides:
        if tree.sign in _COUNTING:
            yield from _worded(side, place)
        if tree.sign in ("=", "!=") and Literal("") in tree.sides and _hour(side, place):
            continue
        yield from faults(side, place, "truth" if tree.sign in ("and", "or") else "")


def _call(tree: Call, place: Place, wanted: str) -> Iterator[Fault]:
    yield from _value(tree, place, wanted)
    rule = _RULES.get(tree.name)
    yield from rule(tree, place) if rule else ()
    for at, argument in enumerate(tree.args):
        if not (tree.name == "coalesce" and _whole_sum(argument)):
            yield from faults(argument, place, _argument(tree.name, at, wanted))


def _argument(name: str, at: int, wanted: str) -> str:
    if name in _PASS:
        return wanted if at >= _PASS[name] else "truth"
    return "truth" if name in ("not", "boolean") else "words" if name in _WORDS else ""


def _value(tree: Call, place: Place, wanted: str) -> Iterator[Fault]:
    if wanted == "value" and tree.name in _YES_NO:
        yield f"{tree.name}() sebagai nilai", "if(..., 1, 0)"
    if wanted == "value" and tree.name in _DAYS and place.kind != "date":
        yield f"{tree.name}() sebagai nilai", f"format-date({tree.name}(...), '%Y-%m-%d')"
    if wanted != "value" and tree.name == "once":
        yield "once() di dalam rumus lain", "once(...) paling luar, atau pada pertanyaan hitungan sendiri"


def _hour(tree: Tree, place: Place) -> bool:
    """Whether it is the answer to a question for an hour, named or as the question's own."""
    if not isinstance(tree, Path) or not tree.whole:
        return False
    return place.types.get(tree.ref) in _HOURS or (tree == Path() and place.kind in _HOURS)


def _path(tree: Path, place: Place, wanted: str) -> Iterator[Fault]:
    if _hour(tree, place):
        yield "jam di dalam rumus", "bandingkan dengan '' saja; untuk menghitung, pertanyaan integer"
    if wanted == "truth":
        yield "jawaban sebagai benar atau salah", "bandingkan, misalnya ${nama} != ''"
    if wanted in ("value", "words") and tree.whole and place.types.get(tree.ref) in _BROKEN:
        yield f"angka pecahan ${{{tree.ref}}} sebagai kata", f"number(${{{tree.ref}}})"
    if tree.ref in place.repeats:
        yield (
            f"kelompok berulang ${{{tree.ref}}} dari dalamnya sendiri",
            "position(..), atau hitung di luar kelompok itu",
        )
    for inner in tree.within:
        yield from faults(inner, place, "")


def _blank(tree: Tree) -> bool:
    """Whether blanks are left out: `[. != '']` at the end."""
    return isinstance(tree, Path) and tree.last == Operation("!=", (Path(), Literal("")))


def _whole_sum(tree: Tree) -> bool:
    return isinstance(tree, Call) and tree.name == "sum" and len(tree.args) == 1 and _blank(tree.args[0])


def _sum(tree: Call, place: Place) -> Iterator[Fault]:
    yield "sum() atas jawaban yang mungkin kosong semua", "coalesce(sum(${nama}[. != '']), 0)"


def _aggregate(tree: Call, place: Place) -> Iterator[Fault]:
    if len(tree.args) != 1:
        yield f"{tree.name}() dari beberapa jawaban", "if(${a} > ${b}, ${a}, ${b})"
    elif not _blank(tree.args[0]):
        yield f"{tree.name}() atas jawaban yang mungkin kosong", f"{tree.name}(${{nama}}[. != ''])"


def _regex(tree: Call, place: Place) -> Iterator[Fault]:
    pattern = tree.args[1] if len(tree.args) == 2 else None
    if not isinstance(pattern, Literal) or not _anchored(pattern.value):
        yield "regex() atas sebagian kata", "regex(., '^...$'), dengan pilihan | di dalam kurung"


def _anchored(pattern: str) -> bool:
    """From beginning to end, also where there are alternatives."""
    depth = 0
    for before, sign in zip(" " + pattern, pattern, strict=False):
        depth += (sign in "([") - (sign in ")]") if before != "\\" else 0
        if sign == "|" and depth == 0 and before != "\\":
            return False
    return pattern.startswith("^") and pattern.endswith("$")


def _format_date(tree: Call, place: Place) -> Iterator[Fault]:
    if tree.args and isinstance(tree.args[0], Operation):
        yield "format-date() atas hari yang ditambah", "format-date(date(...), ...)"
    code = tree.args[1] if len(tree.args) == 2 else None
    if not isinstance(code, Literal) or not {part[:1] for part in code.value.split("%")[1:]} <= _DATE_CODES:
        yield "bentuk tanggal ini", "%Y %m %d %e %n %y %H %M"


def _number(tree: Call, place: Place) -> Iterator[Fault]:
    of = tree.args[0] if tree.args else None
    if (isinstance(of, Call) and of.name in _DAYS) or (isinstance(of, Path) and place.types.get(of.ref) == "date"):
        yield "number() dari hari", "selisih dua hari, misalnya today() - ${lahir}"
    if of:
        yield from _worded(of, place)


def _worded(of: Tree, place: Place) -> Iterator[Fault]:
    """Words such as `1e3` are a number in one engine only."""
    if isinstance(of, Path) and of.whole and place.types.get(of.ref) == "text":
        yield f"jawaban kata ${{{of.ref}}} sebagai angka", "pertanyaan berjenis integer atau decimal"


_RULES = {
    "sum": _sum, "min": _aggregate, "max": _aggregate, "regex": _regex, "format-date": _format_date, "number": _number,
}  # fmt: skip
