"""Bars of people by month, as they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

_WIDTH, _HEIGHT, _MOST = 700, 130, 24


@dataclass(frozen=True)
class Bar:
    """A bar."""

    month: int
    people: int
    x: int
    middle: int
    width: int
    y: int
    height: int

    @property
    def above(self) -> int:
        """Where its number stands."""
        return self.y - 5


def bars(by_month: Mapping[int, int]) -> list[Bar]:
    """The last months, the highest bar as high as the drawing."""
    months = sorted(by_month)[-_MOST:]
    top = max((by_month[month] for month in months), default=0) or 1
    step = _WIDTH // max(len(months), 6)
    return [_bar(month, by_month[month], at, step, top) for at, month in enumerate(months)]


def _bar(month: int, people: int, at: int, step: int, top: int) -> Bar:
    height = round(people / top * _HEIGHT)
    width = min(44, step - 6)
    x = at * step + (step - width) // 2
    return Bar(month, people, x, x + width // 2, width, _HEIGHT - height, height)
