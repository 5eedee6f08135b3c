"""Expressions of forms as trees: XPath 1.0 with `${name}` for the answer to a question.

Read only as far as telling apart what clients compute alike needs: names of nodes stay words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'[^']*'|"[^"]*")|\$\{\s*(?P<ref>[^}]*?)\s*\}|(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)|(?P<sign>\.\.|!=|<=|>=|::|//|[-+*/=<>()\[\],.@|]))""",
    re.VERBOSE,
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"), ("|",))
TRUTHS = frozenset({"or", "and", "=", "!=", "<", "<=", ">", ">="})


class Unreadable(ValueError):
    """It is no expression."""


@dataclass(frozen=True)
class Literal:
    """Words or a number as written, words without their quotes."""

    value: str
    number: bool = False


@dataclass(frozen=True)
class Call:
    """A function of arguments."""

    name: str
    args: tuple["Tree", ...]


@dataclass(frozen=True)
class Operation:
    """Two sides of an operator; `-` of one side has it on the right only."""

    sign: str
    sides: tuple["Tree", ...]


@dataclass(frozen=True)
class Path:
    """Nodes. `ref`: the question that it begins at as `${name}`, `whole` where it goes no further; `within`: all
    brackets and calls in it; `last`: the bracket that ends it."""

    ref: str = ""
    whole: bool = True
    within: tuple["Tree", ...] = field(default=())
    last: "Tree | None" = None


Tree = Literal | Call | Operation | Path


def parse(text: str) -> Tree:
    """The tree of an expression. Raises Unreadable."""
    reader = _Reader(text)
    tree = reader.level(0)
    if reader.peek() != ("", ""):
        raise Unreadable(text)
    return tree


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if not found or found.lastgroup is None:
            raise Unreadable(text)
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()
    yield "", ""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text, self._tokens, self._at = text, list(_tokens(text)), 0

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> None:
        if self._next()[1] != sign:
            raise Unreadable(self._text)

    def level(self, at: int) -> Tree:
        """One level of operators and all that bind closer."""
        if at == len(_LEVELS):
            return self._signed()
        left = self.level(at + 1)
        while self.peek()[0] in ("name", "sign") and self.peek()[1] in _LEVELS[at]:
            sign = self._next()[1]
            left = Operation(sign, (left, self.level(at + 1)))
        return left

    def _signed(self) -> Tree:
        if self.peek() == ("sign", "-"):
            self._next()
            return Operation("-", (self._signed(),))
        return self._path()

    def _path(self) -> Tree:
        kind, value = self.peek()
        if kind in ("text", "number"):
            self._next()
            return Literal(value[1:-1] if kind == "text" else value, kind == "number")
        if value == "(":
            inner = self._bracketed("(", ")")
            return inner if self.peek()[1] not in ("/", "[") else self._steps("", [inner])
        if kind == "name" and self.peek(1)[1] == "(":
            call = Call(value, self._arguments())
            return call if self.peek()[1] not in ("/", "[") else self._steps("", [call])
        return self._steps(*self._start())

    def _start(self) -> tuple[str, list[Tree]]:
        kind, value = self.peek()
        if value in ("/", "//"):
            return "", []
        self._next()
        if kind not in ("ref", "name") and value not in ("..", ".", "*", "@"):
            raise Unreadable(self._text)
        if value == "@":
            self._next()
        return (value if kind == "ref" else ""), []

    def _steps(self, ref: str, within: list[Tree]) -> Path:
        whole, last = True, None
        while (sign := self.peek()[1]) in ("[", "/", "//", "::"):
            if sign == "[":
                last = self._bracketed("[", "]")
                within.append(last)
                continue
            self._next()
            whole, last = False, None
            within += self._step()
        return Path(ref, whole, tuple(within), last)

    def _step(self) -> list[Tree]:
        if self.peek()[1] == "@":
            self._next()
        kind, value = self.peek()
        if kind == "name" and self.peek(1)[1] == "(":
            return [Call(value, self._arguments())]
        self._next()
        if kind not in ("ref", "name") and value not in ("..", ".", "*"):
            raise Unreadable(self._text)
        return []

    def _arguments(self) -> tuple[Tree, ...]:
        self._next()
        self._take("(")
        found: list[Tree] = []
        while self.peek()[1] != ")":
            found.append(self.level(0))
            if self.peek()[1] != ")":
                self._take(",")
        self._next()
        return tuple(found)

    def _bracketed(self, opened: str, closed: str) -> Tree:
        self._take(opened)
        inner = self.level(0)
        self._take(closed)
        return inner
