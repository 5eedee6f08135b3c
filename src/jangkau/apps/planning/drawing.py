"""Charts as SVG inside a page: shapes with classes, so that colours follow the page's theme and print."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as Xml

from django.utils.safestring import SafeString, mark_safe

Points = list[tuple[float, float]]


class Picture:
    """A picture of so many units, drawn at the width of its place; `title` and `told` are for those who hear it."""

    def __init__(self, width: int, height: int, title: str, told: str, kind: str) -> None:
        look = {"viewBox": f"0 0 {width} {height}", "class": f"chart {kind}", "role": "img", "aria-label": title}
        self._svg = Xml.Element("svg", look)
        Xml.SubElement(self._svg, "desc").text = told
        self._kind = kind

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """A straight line."""
        self._add("line", kind, x1=x1, y1=y1, x2=x2, y2=y2)

    def bar(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A rectangle."""
        self._add("rect", kind, x=x, y=y, width=width, height=height)

    def dot(self, x: float, y: float, kind: str) -> None:
        """A round mark."""
        self._add("circle", kind, cx=x, cy=y, r=6)

    def path(self, points: Points, kind: str) -> None:
        """A line through points."""
        if points:
            self._add("path", kind, d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))

    def area(self, points: Points, floor: float, kind: str, hatch: str = "") -> None:
        """The area between a line through points and the floor, hatched under the name of a pattern if given."""
        if not points:
            return
        closed = [(points[0][0], floor), *points, (points[-1][0], floor)]
        shape = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in closed) + "Z"
        self._add("path", kind, d=shape)
        if hatch:
            self._hatch(hatch)
            self._add("path", "", d=shape, fill=f"url(#{hatch})")

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Words at a place; `anchor` start, middle or end."""
        self._add("text", kind, x=x, y=y, **{"text-anchor": anchor}).text = words

    def grid(self, left: float, right: float, marks: Iterable[tuple[float, str]]) -> None:
        """Horizontal lines with their labels."""
        for y, label in marks:
            self.line(left, y, right, y, "grid")
            self.text(left - 8, y + 4, label, "axis", "end")

    def done(self) -> SafeString:
        """The picture as markup; all words in it are escaped by the writer."""
        return mark_safe(Xml.tostring(self._svg, encoding="unicode"))

    def _hatch(self, name: str) -> None:
        known = {"id": name, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = Xml.SubElement(self._svg, "pattern", known | {"patternTransform": "rotate(45)"})
        Xml.SubElement(pattern, "line", {"x1": "0", "y1": "0", "x2": "0", "y2": "6", "class": "hatch"})

    def _add(self, tag: str, kind: str, **look: Any) -> Xml.Element:
        named = {"class": kind} if kind else {}
        return Xml.SubElement(self._svg, tag, named | {name: _plain(value) for name, value in look.items()})


def _plain(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def steps(most: float, lines: int = 4) -> list[int]:
    """Round numbers from 0 up to at least `most`, about so many."""
    size = 1
    while most / size > lines:
        size = next(bigger for bigger in _round_sizes(size) if bigger > size)
    return [size * at for at in range(int(-(-most // size)) + 1)]


def _round_sizes(size: int) -> list[int]:
    power = 10 ** (len(str(size)) - 1)
    return [power, 2 * power, 5 * power, 10 * power]


def split_at(points: Points, x: float) -> tuple[Points, Points]:
    """A line cut in two at an x, the cut being a point of both."""
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 <= x <= x2:
            cut = (x, y1 + (y2 - y1) * (x - x1) / ((x2 - x1) or 1))
            return [p for p in points if p[0] < x] + [cut], [cut] + [p for p in points if p[0] > x]
    return (points, []) if points and points[-1][0] < x else ([], points)
