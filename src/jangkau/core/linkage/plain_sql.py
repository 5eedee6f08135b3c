"""Conditions of the model read by Python itself: for a few pairs, asking a database costs more than the answers.

An answer is that of DuckDB, but that unknown may come out as false, which is the same for a WHEN.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, Hamming, JaroWinkler
from sqlglot import exp

Row = Mapping[str, Any]
Answer = Callable[[Row], Any]


def compiled(condition: str) -> Answer:
    """The condition as a function of a row with the columns of both sides.

    Raises NotImplementedError where SQL is used that no condition of the model has used so far.
    """
    return _read(sqlglot.parse_one(condition, read="duckdb"))


def _read(node: Any) -> Answer:
    kind = type(node)
    word = node.name.upper() if kind is exp.Anonymous else kind
    if kind in _SHAPES:
        return _SHAPES[kind](node)
    if word not in _CALLS:
        raise NotImplementedError(f"{kind.__name__}: {node.sql('duckdb')}")
    return _call(_CALLS[word], [_read(part) for part in node.iter_expressions()])


def _call(function: Callable[..., Any], parts: list[Answer]) -> Answer:
    """What a function says of its arguments; unknown where one of them is."""

    def answer(row: Row) -> Any:
        values = [part(row) for part in parts]
        return None if None in values else function(*values)

    return answer


def _both(node: exp.And) -> Answer:
    one, other = _read(node.this), _read(node.expression)
    return lambda row: one(row) and other(row)


def _either(node: exp.Or) -> Answer:
    one, other = _read(node.this), _read(node.expression)
    return lambda row: one(row) or other(row)


def _case(node: exp.Case) -> Answer:
    if node.this is not None:
        raise NotImplementedError(node.sql("duckdb"))
    branches = [(_read(branch.this), _read(branch.args["true"])) for branch in node.args["ifs"]]
    default = _read(node.args.get("default") or exp.Null())
    return lambda row: next((value for holds, value in branches if holds(row)), default)(row)


def _unknown(node: exp.Is) -> Answer:
    if not isinstance(node.expression, exp.Null):
        raise NotImplementedError(node.sql("duckdb"))
    value = _read(node.this)
    return lambda row: value(row) is None


def _among(node: exp.In) -> Answer:
    value, known = _read(node.this), {_literal(part)({}) for part in node.expressions}
    return lambda row: value(row) in known


def _picked(node: exp.ArrayFilter) -> Answer:
    """The members of a list for which a lambda holds; the others of the row are known to it too."""
    members, rule = _read(node.this), node.expression
    name, holds = rule.expressions[0].name, _read(rule.this)

    def answer(row: Row) -> Any:
        found = members(row)
        return None if found is None else [one for one in found if holds({**row, name: one})]

    return answer


def _extreme(choose: Callable[[list[Any]], Any]) -> Callable[[Any], Answer]:
    """The least or greatest of what is known."""

    def read(node: Any) -> Answer:
        parts = [_read(part) for part in node.iter_expressions()]
        return lambda row: choose([value for part in parts if (value := part(row)) is not None] or [None])

    return read


def _literal(node: exp.Literal) -> Answer:
    value = node.name if node.is_string else float(node.name) if "." in node.name else int(node.name)
    return lambda row: value


def _whole(node: exp.TryCast) -> Answer:
    text = _read(node.this)
    if not node.to.is_type("int"):
        raise NotImplementedError(node.sql("duckdb"))
    return lambda row: int(value) if (value := text(row)) is not None and value.isdecimal() else None


def _named(node: Any) -> Answer:
    return itemgetter(node.name)


def _contains(text: str, part: str) -> bool:
    return part in text


def _starts(text: str, part: str) -> bool:
    return text.startswith(part)


def _overlaps(one: list[str], other: list[str]) -> bool:
    return not set(one).isdisjoint(other)


def _covers(one: list[str], other: list[str]) -> bool:
    return set(one).issuperset(other)


def _part(text: str, start: int, length: int) -> str:
    return text[start - 1 : start - 1 + length]


def _left(text: str, length: int) -> str:
    return text[:length]


def _right(text: str, length: int) -> str:
    return text[-length:]


_SHAPES: dict[Any, Callable[[Any], Answer]] = {
    exp.And: _both, exp.Or: _either, exp.Case: _case, exp.Is: _unknown, exp.In: _among, exp.ArrayFilter: _picked,
    exp.Least: _extreme(min), exp.Greatest: _extreme(max), exp.Literal: _literal, exp.TryCast: _whole,
    exp.Column: _named, exp.Identifier: _named,
    exp.Paren: lambda node: _read(node.this),
    exp.Boolean: lambda node: lambda row: node.this, exp.Null: lambda node: lambda row: None,
}  # fmt: skip
_CALLS: dict[Any, Callable[..., Any]] = {
    exp.EQ: operator.eq, exp.NEQ: operator.ne, exp.LT: operator.lt, exp.LTE: operator.le, exp.GT: operator.gt,
    exp.GTE: operator.ge, exp.Add: operator.add, exp.Sub: operator.sub, exp.Mod: operator.mod,
    exp.IntDiv: operator.floordiv, exp.Abs: abs, exp.Length: len, exp.Left: _left, exp.Right: _right,
    exp.Substring: _part, exp.StartsWith: _starts, exp.Contains: _contains, exp.Split: str.split,
    exp.TimeToStr: date.strftime, exp.Year: attrgetter("year"), exp.Month: attrgetter("month"),
    exp.Day: attrgetter("day"), exp.ArrayOverlaps: _overlaps, "LIST_HAS_ALL": _covers,
    exp.JarowinklerSimilarity: JaroWinkler.similarity, "HAMMING": Hamming.distance,
    "DAMERAU_LEVENSHTEIN": DamerauLevenshtein.distance,
}  # fmt: skip
