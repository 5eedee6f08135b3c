"""What partners are told of people: counts in steps, and no change that few have made."""

from collections.abc import Mapping


def retold(now: Mapping[str, int], before: Mapping[str, int], steps: Mapping[str, int]) -> dict[str, int]:
    """What is known to be told from now on, by name; a count stays as it was told until it has moved by a whole step.

    So whoever subtracts two looks on different days finds nothing, or something that at least a step of people made;
    where a step is what one person makes times the least number of people that may be told of.
    """
    names = sorted({*now, *before})
    then = {name: before.get(name, 0) for name in names}
    return {name: _moved(now.get(name, 0), then[name], steps[name]) for name in names}


def _moved(now: int, before: int, step: int) -> int:
    return now if abs(now - before) >= step else before


def stepped(count: int, step: int) -> int | None:
    """The count as it is shown: whole steps, rounded down; None below the first, where even none is not told apart."""
    return count - count % step if count >= step else None


def tells(part: int, whole: int, least: int) -> bool:
    """Whether a part of a whole may be shown beside it: neither it nor the rest is small."""
    return all(count == 0 or count >= least for count in (part, whole - part))
