"""The regions of a place by colour: a grid of tiles, or their real borders where somebody has loaded them."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import Any

from jangkau.core.kernel.formats import number
from jangkau.core.reporting.charts import INK, SECOND, Spec
from jangkau.core.reporting.monev_look import NARROW, ON_STEPS, PAPER, STEPS, dressed, shown

_SIZES = (1, 2, 5, 10, 20)
# Kabupaten and kota of a province about where they lie, north up, by their codes (Kemendagri); a dot is no region.
_LAID = {
    "17": (
        "1706 .    .    .",
        "1703 1707 1702 .",
        "1771 1709 1708 .",
        ".    1705 1701 1704",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Area:
    """One region and its value; None is unknown."""

    kode: str
    nama: str
    nilai: float | None


def bounds(values: list[float]) -> list[float]:
    """The four round values between the five colours; the steps are equal and hold all values."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    power = 1
    while True:
        for size in (unit * power for unit in _SIZES):
            start = low // size * size
            if start + 5 * size > high:
                return [start + size * n for n in range(1, 5)]
        power *= 10


def laid(codes: list[str]) -> dict[str, tuple[int, int]]:
    """Column and row of each region's tile, about where it lies; empty where that is not known of every one."""
    grid = _LAID.get(codes[0][:2], ()) if codes else ()
    places = {code: (column, row) for row, line in enumerate(grid) for column, code in enumerate(line.split())}
    return {code: places[code] for code in codes} if set(codes) <= set(places) else {}


def _rows_of_tiles(codes: list[str], width: int) -> dict[str, tuple[int, int]]:
    across = min(len(codes), 3 if width <= NARROW else max(3, ceil(sqrt(len(codes) * 1.4))))
    return {code: (at % across, at // across) for at, code in enumerate(codes)}


def tiles(areas: list[Area], width: int, unit: str = "persen") -> Spec:
    """Every region a tile of one size, so that a small one is seen as well as a large one.

    They stand about where they lie where that is known (`laid`), else in the order given.
    """
    codes = [area.kode for area in areas]
    places = laid(codes) or _rows_of_tiles(codes, width)
    letters = width // (max(column for column, _row in places.values()) + 1) // 7
    limits = bounds([area.nilai for area in areas if area.nilai is not None])
    rows = [{**_row(area, limits, unit), "kolom": places[area.kode][0], "lajur": places[area.kode][1]}
            for area in areas]  # fmt: skip
    tall = any(len(row["nama"]) > letters for row in rows)
    for row in rows:
        row["nama"] = row["nama"].replace(" ", "\n", 1) if tall and len(row["nama"]) > letters else row["nama"]
    place = {"x": {"field": "kolom", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.04}},
             "y": {"field": "lajur", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.06}}}  # fmt: skip
    name = {"type": "text", "dy": -16 if tall else -9, "fontSize": 12, "limit": letters * 7, "lineBreak": "\n"}
    layers = [
        {"mark": {"type": "rect", "cornerRadius": 4}, "encoding": {**place, "color": _scaled("warna")}},
        {"mark": name, "encoding": {**place, "text": {"field": "nama"}, "color": _scaled("tulisan")}},
        {"mark": {"type": "text", "dy": 20 if tall else 10, "fontWeight": 700},
         "encoding": {**place, "text": {"field": "kata"}, "color": _scaled("tulisan")}},
    ]  # fmt: skip
    height = {"step": 70 if tall else 58}
    return dressed({"data": {"values": rows}, "layer": layers, "height": height, "padding": 0}, width)


def borders(areas: list[Area], features: list[dict[str, Any]], width: int, unit: str = "persen") -> Spec:
    """The regions in their own borders, north up, each with its number.

    `features`: GeoJSON features whose `properties.kode` is the region's code, rings clockwise, with `properties.titik`
    [longitude, latitude] where the number stands.
    """
    limits = bounds([area.nilai for area in areas if area.nilai is not None])
    known = {area.kode: _row(area, limits, unit) for area in areas}
    mine = [f for f in features if f["properties"]["kode"] in known]
    shapes = [{**f, **known[f["properties"]["kode"]]} for f in mine]
    points = [(known[f["properties"]["kode"]], *f["properties"]["titik"]) for f in mine]
    names = [{**row, "bujur": east, "lintang": north} for row, east, north in points]
    shape = {"type": "geoshape", "stroke": PAPER, "strokeWidth": 1.5}
    where = {
        "longitude": {"field": "bujur", "type": "quantitative"},
        "latitude": {"field": "lintang", "type": "quantitative"},
    }
    layers = [
        {"data": {"values": shapes}, "mark": shape, "encoding": {"color": _scaled("warna")}},
        {"data": {"values": names}, "mark": {"type": "text", "fontWeight": 700},
         "encoding": {**where, "text": {"field": "kata"}, "color": _scaled("tulisan")}},
    ]  # fmt: skip
    size = {"projection": {"type": "mercator"}, "height": round(width * 0.85), "padding": 4}
    return {**dressed({"layer": layers, **size}, width), "autosize": {"type": "none"}}


def key(areas: list[Area], unit: str = "persen") -> list[tuple[int, str]]:
    """The five steps in words, for the legend: (1 to 5, `30–39,9`); steps that nobody falls into too."""
    limits = bounds([area.nilai for area in areas if area.nilai is not None])
    whole = unit not in {"persen", "poin"}
    last = 1 if whole else 0.1
    inner = [f"{number(a)}–{number(b - last, 0 if whole else 1)}" for a, b in pairwise(limits)]
    words = [f"< {number(limits[0])}", *inner, f"≥ {number(limits[-1])}"]
    return list(enumerate(words, 1))


def _row(area: Area, limits: list[float], unit: str) -> Spec:
    if area.nilai is None:
        return {"nama": area.nama, "kata": "?", "warna": PAPER, "tulisan": SECOND}
    step = sum(area.nilai >= limit for limit in limits)
    return {"nama": area.nama, "kata": shown(area.nilai, unit), "warna": STEPS[step], "tulisan": ON_STEPS[step] or INK}


def _scaled(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None}
