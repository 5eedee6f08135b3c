"""One Vega-Lite specification a chart, and its picture as SVG text.

Never draw in a forked process: the renderer hangs there. A spawned one is safe.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import vl_convert

from jangkau.core.kernel.formats import number
from jangkau.core.pdf import FAMILY, font_folder

ACCENT, TINT, MID = "#0b6470", "#e1f0f1", "#7cb4ba"
RED, RED_TINT = "#b3261e", "#fcebe9"
INK, SECOND, THIRD, LINE = "#16212b", "#45525e", "#5f6c78", "#dbe1e6"
WIDTH = 640
_LEFT = 64
_INNER = WIDTH - 80
Spec = dict[str, Any]

_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""], "minus": "−"}
_CONFIG: Spec = {
    "font": f"{FAMILY}, sans-serif",
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SECOND, "labelFontSize": 13, "gridColor": LINE, "domain": False, "ticks": False,
        "labelPadding": 8, "title": None,
    },
    "text": {"fontSize": 13, "color": INK},
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A region before and after the plan, in percent or in people."""

    nama: str
    sebelum: float
    sesudah: float


@dataclass(frozen=True)
class MonthsRow:
    """What the same money gives when everyone is paid for `bulan` months."""

    bulan: int
    orang: int
    bulan_terlindung: int


def dumbbell(pairs: list[Pair], *, percent: bool, whole: tuple[str, float] | None = None) -> Spec:
    """Before (hollow) and after (filled) of every region, highest first; `whole` is a dashed line with its name."""
    decimals = 1 if percent else 0
    rows = [
        {"nama": p.nama, "sebelum": p.sebelum, "sesudah": p.sesudah, "label": number(p.sesudah, decimals)}
        for p in sorted(pairs, key=lambda pair: (-pair.sesudah, pair.nama))
    ]
    far = whole is not None and whole[1] > 0.6 * max(pair.sesudah for pair in pairs)
    last = f"datum.index === 1 ? datum.label + '{'%' if percent else ''}' : datum.label"
    scale = {"type": "quantitative", "scale": {"zero": True, "nice": True}}
    x = {**scale, "axis": {"tickCount": 6, "labelFlush": False, "labelExpr": last}}
    line = _whole(*whole, far=far) if whole else []
    return spec({
        "data": {"values": rows},
        "layer": [*line, *_marks({"field": "sebelum", **x}, {"field": "sesudah", **x})],
        "width": WIDTH,
        "height": {"step": 30 if len(rows) <= 14 else 19},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 4, "top": 4, "right": 40, "bottom": 4},  # the label of the longest stands beyond the axis
    })  # fmt: skip


def _marks(start: Spec, end: Spec) -> list[Spec]:
    y = {"field": "nama", "type": "nominal", "sort": None, "axis": {"labelColor": INK, "labelLimit": 220}}
    point = {"type": "point", "filled": True, "opacity": 1}
    hollow = {**point, "fill": "white", "stroke": SECOND, "strokeWidth": 1.6, "size": 110}
    label = {"type": "text", "align": "left", "dx": 11, "color": ACCENT, "fontWeight": 600}
    rule = {"type": "rule", "strokeWidth": 3, "color": MID}
    return [
        {"mark": rule, "encoding": {"y": y, "x": start, "x2": {"field": "sesudah"}}},
        {"mark": hollow, "encoding": {"y": y, "x": start}},
        {"mark": {**point, "color": ACCENT, "size": 130}, "encoding": {"y": y, "x": end}},
        *haloed(label, {"y": y, "x": end, "text": {"field": "label"}}),
    ]


def haloed(mark: Spec, encoding: Spec) -> list[Spec]:
    """A text that stays readable where lines pass behind it."""
    halo = {**mark, "stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}
    return [{"mark": halo, "encoding": encoding}, {"mark": mark, "encoding": encoding}]


def _whole(name: str, value: float, *, far: bool) -> list[Spec]:
    """A dashed line through the chart with its name on top, on the side where there is room."""
    data = {"values": [{"nilai": value, "nama": name}]}
    x = {"field": "nilai", "type": "quantitative"}
    side = {"align": "right", "dx": -5} if far else {"align": "left", "dx": 5}
    label = {"type": "text", "y": -10, "color": SECOND, "fontSize": 12, **side}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "strokeDash": [4, 4], "color": INK, "y": -16, "y2": "height"},
            "encoding": {"x": x},
        },
        {"data": data, "mark": label, "encoding": {"x": x, "text": {"field": "nama"}}},
    ]


def months_against_people(rows: list[MonthsRow], *, chosen: int, wait: int) -> Spec:
    """People whom the same money pays by months each; below it, the months with full death benefit."""
    values = [
        {
            "bulan": row.bulan,
            "orang": row.orang,
            "terlindung": row.bulan_terlindung,
            "label": _short(row.bulan_terlindung, max(r.bulan_terlindung for r in rows)),
            "warna": RED if not row.bulan_terlindung else ACCENT if row.bulan == chosen else MID,
            "tulisan": RED if not row.bulan_terlindung else ACCENT if row.bulan == chosen else SECOND,
        }
        for row in rows
    ]
    last = rows[-1].bulan
    axis = {"values": [row.bulan for row in rows], "grid": False, "labelFlush": False, "format": "d"}
    x = {"field": "bulan", "type": "quantitative", "scale": {"domain": [0.4, last + 0.6], "nice": False}, "axis": axis}
    panels = [_people_panel(values, x, chosen, wait), _months_panel(values, x, last)]
    return spec({"vconcat": panels, "spacing": 26})


def _people_panel(values: list[Spec], x: Spec, chosen: int, wait: int) -> Spec:
    axis = {"tickCount": 4, "minExtent": _LEFT, "maxExtent": _LEFT, "format": ",d"}
    y = {"field": "orang", "type": "quantitative", "axis": axis}
    places = {"x": {**x, "axis": {**x["axis"], "labels": False}}, "y": y}
    too_short = _area(f"datum.bulan <= {wait + 1}", RED_TINT, RED, places)
    enough = _area(f"datum.bulan >= {wait + 1}", TINT, ACCENT, places)
    parts = [too_short, enough, _border(x, wait)] if values[-1]["bulan"] > wait else [too_short]
    parts += [_chosen(row, x, y, values, wait) for row in values if row["bulan"] == chosen]
    return {"width": _INNER, "height": 190, "data": {"values": values}, "layer": parts}


def _area(test: str, tint: str, line: str, encoding: Spec) -> Spec:
    mark = {"type": "area", "color": tint, "line": {"color": line, "strokeWidth": 2.5}}
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


def _border(x: Spec, wait: int) -> Spec:
    """Where the full death benefit begins."""
    words = {"type": "text", "align": "left", "dx": 6, "y": 8, "fontWeight": 600}
    return {
        "data": {"values": [{"bulan": wait + 1, "kata": f"mulai bulan ke-{wait + 1}: santunan kematian penuh"}]},
        "encoding": {"x": x},
        "layer": [
            {"mark": {"type": "rule", "strokeDash": [4, 4], "color": INK}},
            {"mark": words, "encoding": {"text": {"field": "kata"}}},
        ],
    }


def _chosen(row: Spec, x: Spec, y: Spec, values: list[Spec], wait: int) -> Spec:
    colour = ACCENT if row["bulan"] > wait else RED
    right = row["bulan"] > values[-1]["bulan"] * 0.6
    side = {"align": "right", "dx": 6} if right else {"align": "left", "dx": 10}
    words = {"type": "text", "dy": -16, "color": colour, "fontWeight": 700, **side}
    # the label is about a third of the chart long: it stands above the line's highest point beside it
    reach = values[-1]["bulan"] * 0.33
    beside = [v["orang"] for v in values if -reach * right <= v["bulan"] - row["bulan"] <= reach * (not right)]
    label = f"{number(row['orang'])} orang × {row['bulan']} bulan"
    return {
        "data": {"values": [{**row, "kata": label, "tinggi": max(beside)}]},
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "point", "filled": True, "color": colour, "size": 130, "opacity": 1},
                "encoding": {"y": y},
            },
            *haloed(words, {"y": {**y, "field": "tinggi"}, "text": {"field": "kata"}}),
        ],
    }


def _months_panel(values: list[Spec], x: Spec, last: int) -> Spec:
    axis = {"labels": False, "grid": False, "minExtent": _LEFT, "maxExtent": _LEFT}
    y = {"field": "terlindung", "type": "quantitative", "axis": axis}
    bar = {"type": "bar", "width": round(_INNER / last * 0.62)}
    label = {"type": "text", "dy": -8, "fontSize": 12 if last <= 12 else 10}
    words = {"text": {"field": "label"}, "color": {"field": "tulisan", "scale": None}}
    return {
        "width": _INNER,
        "height": 90,
        "data": {"values": values},
        "encoding": {"x": {**x, "axis": {**x["axis"], "domain": True, "domainColor": THIRD}}, "y": y},
        "layer": [
            {"mark": bar, "encoding": {"color": {"field": "warna", "scale": None}}},
            {"mark": label, "encoding": words},
        ],
    }


def _short(value: int, largest: int) -> str:
    """Thousands where the largest value needs five digits or more; the caller says so in words."""
    if not thousands(largest):
        return number(value)
    return number(value / 1000, 1 if 0 < value < 10_000 else 0)


def thousands(largest: int) -> bool:
    """Whether bar labels are in thousands."""
    return largest >= 10_000


def spec(body: Spec) -> Spec:
    """A whole specification in the house style."""
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": _CONFIG, "padding": 4, **body}


@cache
def _register_fonts() -> None:
    if folder := font_folder():
        vl_convert.register_font_directory(str(folder))


def heading(text: str, subtitle: list[str], offset: int = 16) -> Spec:
    """The title of a picture that stands alone, with the lines under it."""
    return {
        "text": text, "subtitle": subtitle, "anchor": "start", "frame": "bounds", "offset": offset,
        "fontSize": 18, "fontWeight": 700, "color": INK,
        "subtitleFontSize": 13, "subtitleColor": SECOND, "subtitlePadding": 8,
    }  # fmt: skip


def draw(spec: Spec) -> str:
    """The chart as SVG text, numbers written as in Indonesia."""
    _register_fonts()
    return str(vl_convert.vegalite_to_svg(spec, format_locale=_LOCALE))
