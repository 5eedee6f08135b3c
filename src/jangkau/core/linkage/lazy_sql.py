"""Conditions that stop at the first answer: in a CASE, SQL computes every part of an AND for every row."""

import re

_TOKEN = re.compile(r"'[^']*'|\(|\)|\bCASE\b|\bEND\b| AND | OR ")
_DEEPER = {"(": 1, "CASE": 1, ")": -1, "END": -1}


def lazy(condition: str) -> str:
    """The same condition for a WHEN, where unknown is false, with each AND and OR as a CASE that stops early.

    A condition that negates, asks whether another one is NULL, or spells out BETWEEN stays as it is.
    """
    if re.search(r"\bNOT\b(?! NULL)|\) IS\b|\bBETWEEN\b", condition):
        return condition
    bare = _unwrapped(condition.strip())
    for word, template in (
        ("OR", "(CASE WHEN {} THEN TRUE ELSE {} END)"),
        ("AND", "(CASE WHEN {} THEN {} ELSE FALSE END)"),
    ):
        first, rest = _split(bare, f" {word} ")
        if rest:
            return template.format(lazy(first), lazy(rest))
    return bare if bare == condition.strip() else f"({bare})"


def conjuncts(condition: str) -> list[str]:
    """The conditions that must all hold for this one to hold."""
    bare = _unwrapped(condition.strip())
    if _split(bare, " OR ")[1]:
        return [condition.strip()]
    first, rest = _split(bare, " AND ")
    return [*conjuncts(first), *conjuncts(rest)] if rest else [bare]


def _unwrapped(condition: str) -> str:
    """Without parentheses around the whole."""
    while condition.startswith("(") and _closing(condition) == len(condition) - 1:
        condition = condition[1:-1].strip()
    return condition


def _closing(condition: str) -> int:
    depth = 0
    for token in _TOKEN.finditer(condition):
        depth += _DEEPER.get(token[0], 0)
        if depth == 0:
            return token.start()
    return -1


def _split(condition: str, word: str) -> tuple[str, str]:
    """Before and after the first `word` that stands in no parentheses; nothing after where there is none."""
    depth = 0
    for token in _TOKEN.finditer(condition):
        depth += _DEEPER.get(token[0], 0)
        if depth == 0 and token[0] == word:
            return condition[: token.start()], condition[token.end() :]
    return condition, ""
