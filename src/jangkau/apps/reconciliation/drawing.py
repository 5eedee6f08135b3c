"""The radar as a picture: a bar for each month, stacked by fund; places and lengths worked out here."""

from dataclasses import dataclass

from jangkau.apps.reconciliation.selectors import Ahead
from jangkau.apps.registry.models import Fund

HEIGHT, STEP, BAR = 150, 60, 40
LOOKS = ("fund-0", "fund-1", "fund-2", "fund-3", "fund-4")


@dataclass(frozen=True)
class Part:
    """The people of one fund in a bar."""

    y: int
    height: int
    look: str


@dataclass(frozen=True)
class Bar:
    """One month: its place, its parts from below, and its number above them."""

    month: int
    x: int
    top: int
    people: int
    parts: list[Part]


def look(place: int) -> str:
    """The colour of a fund by its place in the list; the fifth and later share one."""
    return LOOKS[min(place, len(LOOKS) - 1)]


def bars(months: list[Ahead], funds: list[Fund]) -> list[Bar]:
    """The bars, the highest as high as the picture."""
    most = max((month.total for month in months), default=0) or 1
    return [_bar(at, month, funds, most) for at, month in enumerate(months)]


def _bar(at: int, month: Ahead, funds: list[Fund], most: int) -> Bar:
    parts, below = [], 0
    for place, fund in enumerate(funds):
        start, below = below, below + month.people.get(fund.pk, 0)
        low, high = round(start * HEIGHT / most), round(below * HEIGHT / most)
        if below > start:
            parts.append(Part(HEIGHT - max(high, low + 1), max(high - low, 1), look(place)))
    top = min((part.y for part in parts), default=HEIGHT)
    return Bar(month.month, at * STEP + (STEP - BAR) // 2, top, month.total, parts)
