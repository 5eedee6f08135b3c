"""Regions, or classes of people, side by side as bars; the nation a solid line, the target a dashed one."""

from dataclasses import dataclass

from jangkau.core.reporting.charts import ACCENT, INK, RED, SECOND, TINT, Spec
from jangkau.core.reporting.monev_look import NARROW, dressed, shown

_STEP, _FACTS = 30, 150


@dataclass(frozen=True)
class Bar:
    """One region or class: its value (None is unknown), what stands beside it, and whether it is far behind."""

    nama: str
    nilai: float | None
    rincian: str = ""
    harm: bool = False


@dataclass(frozen=True)
class Line:
    """A value that all are held against."""

    nama: str
    nilai: float
    dashed: bool = False


def ranking(bars: list[Bar], lines: list[Line], width: int, unit: str = "persen") -> Spec:
    """Bars from zero in the order given, each with its number and what it is made of; the lines pass through all.

    An unknown value has no bar and says so.
    """
    wide = width > NARROW
    most = max([bar.nilai or 0 for bar in bars] + [line.nilai for line in lines] + [1]) * 1.02
    rows = [_row(bar, unit) for bar in bars]
    x = {"type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "axis": None}
    y = {"field": "nama", "type": "nominal", "sort": None, "title": None,
         "axis": {"labelColor": INK, "labelLimit": 200 if wide else 110, "labelFontWeight": 600}}  # fmt: skip
    number = {"type": "text", "align": "right", "fontWeight": 700, "x": {"expr": "width + 52"}}
    layers: list[Spec] = [
        {"mark": {"type": "bar", "color": TINT, "height": 14}, "encoding": {"y": y, "x": {**x, "datum": most}}},
        {"mark": {"type": "bar", "height": 14},
         "encoding": {"y": y, "x": {**x, "field": "nilai"}, "color": _scaled("warna")}},
        {"mark": number, "encoding": {"y": y, "text": {"field": "kata"}, "color": _scaled("tulisan")}},
    ]  # fmt: skip
    if wide:
        facts = {"type": "text", "align": "right", "color": SECOND, "x": {"expr": f"width + {52 + _FACTS}"}}
        layers.append({"mark": facts, "encoding": {"y": y, "text": {"field": "rincian"}}})
    ordered = sorted(lines, key=lambda line: line.nilai)
    body = {"data": {"values": rows}, "layer": [*layers, *(_line(one, x, lowest=one is ordered[0]) for one in ordered)]}
    return dressed({**body, "height": {"step": _STEP}, "padding": 4}, width)


def _row(bar: Bar, unit: str) -> Spec:
    known = bar.nilai is not None
    colour = RED if bar.harm else ACCENT
    return {
        "nama": bar.nama, "nilai": bar.nilai or 0, "kata": shown(bar.nilai or 0, unit) if known else "?",
        "rincian": bar.rincian if known else "belum diketahui", "warna": colour, "tulisan": colour if bar.harm else INK,
    }  # fmt: skip


def _scaled(field: str) -> Spec:
    return {"field": field, "type": "nominal", "scale": None}


def _line(line: Line, x: Spec, *, lowest: bool) -> Spec:
    """A line through the chart with its name on top: the lowest one's to its left, the others' to their right."""
    side = {"align": "right", "dx": -2} if lowest else {"align": "left", "dx": 2}
    dash = {"strokeDash": [4, 4]} if line.dashed else {}
    data = {"values": [{"nilai": line.nilai, "kata": f"{line.nama} {shown(line.nilai)}"}]}
    label = {"type": "text", "y": -6, "fontWeight": 600, "baseline": "bottom", **side}
    return {
        "data": data,
        "encoding": {"x": {**x, "field": "nilai"}},
        "layer": [
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "y": -2, "y2": "height", **dash}},
            {"mark": label, "encoding": {"text": {"field": "kata"}}},
        ],
    }
