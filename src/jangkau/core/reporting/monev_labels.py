"""Where the words of a chart stand so that none covers another, a point, or a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from jangkau.core.reporting.charts import Spec

_LETTER, _LINE, _GAP = 7.4, 14.0, 5.0  # pixels of a letter and of a line of text, and the room around a mark
_EVERY = 8.0  # a line is kept clear at points so far apart, in pixels


@dataclass(frozen=True)
class Label:
    """Words that belong to a point of the chart; `needed` ones stand even where they must cover a line."""

    x: float
    y: float
    kata: str
    warna: str
    needed: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle and its halves, in pixels."""

    x: float
    y: float
    across: float
    down: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any ground."""
        return abs(self.x - other.x) < self.across + other.across and abs(self.y - other.y) < self.down + other.down


@dataclass(frozen=True)
class Ground:
    """The field of a chart: what its axes reach, and its size in pixels."""

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """From values to pixels, down from the upper left corner."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width
        return across, (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height

    def value(self, box: Box) -> tuple[float, float]:
        """The middle of a box as values."""
        x = self.x[0] + box.x / self.width * (self.x[1] - self.x[0])
        return x, self.y[1] - box.y / self.height * (self.y[1] - self.y[0])

    def holds(self, box: Box) -> bool:
        """Whether the box lies within the field."""
        inside = box.across <= box.x <= self.width - box.across
        return inside and box.down <= box.y <= self.height - box.down


def placed(labels: list[Label], lines: Iterable[list[tuple[float, float]]], ground: Ground) -> list[Spec]:
    """A row for each label that finds room, the most important first: `x`, `y` (its middle), `kata`, `warna`.

    `lines` are the points of every line drawn. A label that is not needed is left out where there is no room.
    """
    drawn = [box for line in lines for box in _along([ground.pixel(*point) for point in line])]
    words: list[Box] = []
    rows = []
    for label in labels:
        free = [box for box in _spots(label, ground) if not any(box.meets(one) for one in words)]
        clear = next((box for box in free if not any(box.meets(one) for one in drawn)), None)
        box = clear or (free[0] if label.needed and free else None)
        if box:
            words.append(box)
            x, y = ground.value(box)
            rows.append({"x": x, "y": y, "kata": label.kata, "warna": label.warna})
    return rows


def in_one_line(labels: list[Label], ground: Ground) -> list[Spec]:
    """The labels side by side at their own height, moved inside the field; of two that meet the earlier stays."""
    kept: list[Box] = []
    rows = []
    for label in labels:
        across = len(label.kata) * _LETTER / 2
        x, y = ground.pixel(label.x, label.y)
        box = Box(min(max(x, across), ground.width - across), y, across + 1, _LINE / 2)
        if not any(box.meets(one) for one in kept):
            kept.append(box)
            rows.append({"x": ground.value(box)[0], "y": label.y, "kata": label.kata, "warna": label.warna})
    return rows


def _spots(label: Label, ground: Ground) -> Iterable[Box]:
    """Above, below, beside, and farther away, as long as it is within the field."""
    x, y = ground.pixel(label.x, label.y)
    across, down = len(label.kata) * _LETTER / 2, _LINE / 2
    near, side = down + _GAP + 1, across + _GAP + 3
    shifts = [(0.0, -near), (0.0, near), (side, 0.0), (-side, 0.0)]
    shifts += [(dx, dy) for dy in (-near, near, -2 * near, 2 * near, -3 * near, 3 * near)
               for dx in (0.0, across, -across)]  # fmt: skip
    boxes = (Box(x + dx, y + dy, across, down) for dx, dy in shifts)
    return [box for box in boxes if ground.holds(box)]


def _along(points: list[tuple[float, float]]) -> list[Box]:
    """Small boxes over every point of a line and on the way between them."""
    boxes = [Box(x, y, _GAP, _GAP) for x, y in points]
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = int(max(abs(to_x - x), abs(to_y - y)) / _EVERY)
        boxes += [Box(x + (to_x - x) * n / steps, y + (to_y - y) * n / steps, 2, 2) for n in range(1, steps)]
    return boxes
