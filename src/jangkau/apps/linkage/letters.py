"""Two texts with the letters marked in which they differ."""

from dataclasses import dataclass
from difflib import SequenceMatcher

DOT = "•"


@dataclass(frozen=True)
class Piece:
    """A stretch of one text: `differs` from the other; an empty one marks where the other has more."""

    text: str
    differs: bool


Pieces = list[Piece]


def marked(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces; capitals make no difference, and a text beside nothing differs in nothing."""
    if not one or not other:
        return [Piece(one, False)] if one else [], [Piece(other, False)] if other else []
    left, right = Pieces(), Pieces()
    for verb, a, b, c, d in _steps(one.upper(), other.upper()):
        same = verb == "equal"
        left.append(Piece(one[a:b], not same))
        right.append(Piece(other[c:d], not same))
    return left, right


def _steps(one: str, other: str) -> list[tuple[str, int, int, int, int]]:
    """Place by place where they are equally long numbers, else by the longest common stretches."""
    if len(one) == len(other) and DOT in one + other:
        return [("equal" if a == b else "replace", at, at + 1, at, at + 1)
                for at, (a, b) in enumerate(zip(one, other, strict=True))]  # fmt: skip
    if SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.5:
        return [("replace", 0, len(one), 0, len(other))]
    return list(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
