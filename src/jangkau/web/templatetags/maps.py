"""Regions in their own borders, drawn as shapes inside a page, where somebody has loaded the borders."""

from collections.abc import Iterable, Iterator
from math import cos, radians
from typing import Any, Protocol

from django import template

from jangkau.apps.monitoring.borders import features_below

register = template.Library()
WIDTH = 600
_PARENT = {4: 2, 6: 4, 10: 6}
Point = tuple[float, float]


class Area(Protocol):
    """A region with the class of its colour."""

    code: str
    shade: str


@register.inclusion_tag("parts/region_map.html")
def region_map(areas: Iterable[Area]) -> dict[str, Any]:
    """The areas, all of one level, as shapes; nothing where the borders of any of them are not loaded."""
    known = {area.code: area for area in areas}
    parent = {code[: _PARENT.get(len(code), 0)] for code in known}
    rings = {f["properties"]["kode"]: list(_rings(f["geometry"])) for code in parent for f in features_below(code)}
    if not known or not known.keys() <= rings.keys():
        return {}
    points = [point for code in known for ring in rings[code] for point in ring]
    west, north = min(x for x, _ in points), max(y for _, y in points)
    south, east = min(y for _, y in points), max(x for x, _ in points)
    wide = cos(radians((north + south) / 2))  # a degree of longitude beside one of latitude
    scale = WIDTH / (((east - west) * wide) or 1)
    shapes = [(area, "".join(_path(ring, west, north, wide * scale, scale) for ring in rings[code]))
              for code, area in known.items()]  # fmt: skip
    return {"shapes": shapes, "width": WIDTH, "height": round((north - south) * scale)}


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        yield from ([(x, y) for x, y, *_ in ring] for ring in part)


def _path(ring: list[Point], west: float, north: float, across: float, down: float) -> str:
    return "M" + "L".join(f"{(x - west) * across:.1f} {(north - y) * down:.1f}" for x, y in ring) + "Z"
