"""Small pictures written as SVG: shapes and texts at given places, with words for screen readers."""

from typing import Any
from xml.etree import ElementTree as Xml

from jangkau.core.pdf import FAMILY
from jangkau.core.reporting.charts import INK

Element = Xml.Element
Point = tuple[float, float]
MARGIN = 14


def picture(width: float, height: float, title: str, description: str) -> Element:
    """An empty white picture that says what it shows."""
    size = {"width": width + 2 * MARGIN, "height": height + 2 * MARGIN}
    svg = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": " ".join(map(_plain, (-MARGIN, -MARGIN, *size.values()))),
        **{name: _plain(value) for name, value in size.items()}, "role": "img", "aria-label": title,
        "font-family": f"{FAMILY}, sans-serif", "font-size": "13", "fill": INK,
    })  # fmt: skip
    Xml.SubElement(svg, "title").text = title
    Xml.SubElement(svg, "desc").text = description
    shape(svg, "rect", x=-MARGIN, y=-MARGIN, **size, fill="white")
    return svg


def shape(parent: Element, kind: str, **look: Any) -> Element:
    """Any element; numbers are written with one decimal at most."""
    return Xml.SubElement(parent, kind, {name: _plain(value) for name, value in look.items()})


def line(parent: Element, start: Point, end: Point, colour: str, *, dash: str = "") -> None:
    """A straight line."""
    dashes = {"stroke-dasharray": dash} if dash else {}
    shape(parent, "line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=colour, **dashes)


def text(
    parent: Element, x: float, y: float, words: str, *,
    fill: str = INK, size: int = 13, weight: int = 400, anchor: str = "start",
) -> None:  # fmt: skip
    """Words at a place; `anchor` start, middle or end."""
    look = {"font-size": size, "font-weight": weight, "text-anchor": anchor}
    shape(parent, "text", x=x, y=y, fill=fill, **look).text = words


def finish(svg: Element) -> str:
    """The picture as text."""
    return Xml.tostring(svg, encoding="unicode")


def _plain(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
