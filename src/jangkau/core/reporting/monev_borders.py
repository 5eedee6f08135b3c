"""Borders of regions out of GeoJSON: each region known by its code, within Indonesia, its rings the right way round.

The drawing library takes the outer ring clockwise as seen on a map and the holes the other way (d3-geo); RFC 7946 says
the opposite, and files follow neither surely. So the rings are turned here.
"""

import json
from collections import Counter
from itertools import pairwise
from typing import Any

from jangkau.core.kernel.problems import Problem

Features = list[dict[str, Any]]
Ring = list[list[float]]
MOST_POINTS = 400_000
DECIMALS = 4  # of a degree: 11 metres
_CODES = ("kode", "code", "kode_wilayah", "id")
_WEST, _SOUTH, _EAST, _NORTH = 94.0, -12.0, 142.0, 7.0


def read_borders(raw: bytes, known: set[str]) -> tuple[int, Features]:
    """The length of the region codes and their borders: features with `kode` and `titik` (where a number stands).

    `known`: the codes of the province, digits only. Raises BATAS_BUKAN_GEOJSON, BATAS_TANPA_KODE, BATAS_WILAYAH,
    BATAS_DI_LUAR or BATAS_TERLALU_RINCI.
    """
    features = [_feature(entry) for entry in _entries(raw)]
    codes = [feature["properties"]["kode"] for feature in features]
    strange = sorted({code for code in codes if code not in known} | {c for c, n in Counter(codes).items() if n > 1})
    lengths = {len(code) for code in codes}
    if strange or len(lengths) != 1:
        raise Problem("BATAS_WILAYAH", wilayah=", ".join(strange[:5]) or "tingkatnya bercampur")
    if sum(len(ring) for f in features for part in f["geometry"]["coordinates"] for ring in part) > MOST_POINTS:
        raise Problem("BATAS_TERLALU_RINCI", titik=MOST_POINTS)
    return lengths.pop(), features


def _entries(raw: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(raw)
        entries = told["features"] if told["type"] == "FeatureCollection" else []
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Problem("BATAS_BUKAN_GEOJSON") from None
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise Problem("BATAS_BUKAN_GEOJSON")
    return list(entries)


def _feature(entry: dict[str, Any]) -> dict[str, Any]:
    code = _code(entry)
    try:
        parts = [[_ring(ring, outer=not at) for at, ring in enumerate(part)] for part in _parts(entry["geometry"])]
        largest = max((part[0] for part in parts), key=lambda ring: abs(_area(ring)))
    except (TypeError, KeyError, ValueError, IndexError):
        raise Problem("BATAS_BUKAN_GEOJSON") from None
    geometry = {"type": "MultiPolygon", "coordinates": parts}
    return {"type": "Feature", "properties": {"kode": code, "titik": _centre(largest)}, "geometry": geometry}


def _code(entry: dict[str, Any]) -> str:
    told = {**(entry.get("properties") or {}), "id": entry.get("id")}
    for name in _CODES:
        digits = str(told.get(name) or "").replace(".", "")
        if digits.isdecimal():
            return digits
    raise Problem("BATAS_TANPA_KODE")


def _parts(geometry: dict[str, Any]) -> list[Any]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["coordinates"])
    raise ValueError(geometry["type"])


def _ring(points: Any, *, outer: bool) -> Ring:
    """Rounded, closed, clockwise if it is an outer one. Raises BATAS_DI_LUAR."""
    told = [[round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)] for point in points]
    if not all(_WEST <= x <= _EAST and _SOUTH <= y <= _NORTH for x, y in told):
        raise Problem("BATAS_DI_LUAR")
    ring = [point for at, point in enumerate(told) if not at or point != told[at - 1]]
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    if len(ring) < 4:
        ring = [told[0], told[1], told[2], told[0]]
    return ring if (_area(ring) < 0) == outer else ring[::-1]


def _area(ring: Ring) -> float:
    """Signed: below nought where the points go clockwise, north being up."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _centre(ring: Ring) -> list[float]:
    """The centre of gravity of a ring; of its points where it has no area."""
    x0, y0 = ring[0]  # near the ring, so that the small area does not drown in large products
    near = [[x - x0, y - y0] for x, y in ring]
    area = _area(near)
    if abs(area) < 1e-12:
        return ring[0]
    cross = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(near)]
    x = sum((a[0] + b[0]) * c for a, b, c in cross) / (6 * area)
    y = sum((a[1] + b[1]) * c for a, b, c in cross) / (6 * area)
    return [round(x0 + x, DECIMALS), round(y0 + y, DECIMALS)]
