"""Long things in parts of a bounded size: a database takes only so many values in one question."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def parts(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """`values` in order, `size` at a time; the last part may be shorter, nothing gives none."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
