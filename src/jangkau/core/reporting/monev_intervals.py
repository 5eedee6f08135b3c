"""Estimates of a survey one below the other, each with the interval that its sample leaves open."""

from dataclasses import dataclass

from jangkau.core.reporting.charts import ACCENT, INK, MID, SECOND, Spec
from jangkau.core.reporting.monev_look import NARROW, dressed, shown

_STEP, _FACTS = 30, 130


@dataclass(frozen=True)
class Interval:
    """One domain: the estimate (None where the sample cannot tell), both ends, and a word on its quality."""

    nama: str
    nilai: float | None
    bawah: float | None
    atas: float | None
    mutu: str = ""


def intervals(rows: list[Interval], width: int, unit: str = "persen") -> Spec:
    """A point and a line from end to end for each, on one scale from nought; its number and interval in words."""
    wide = width > NARROW
    values = [value for row in rows for value in (row.nilai, row.atas) if value is not None]
    most = max([*values, 1e-9]) * 1.02
    most = min(most, 100.0) if unit == "persen" else most
    told = [_row(row, unit, most) for row in rows]
    x = {"type": "quantitative", "scale": {"domain": [0, most], "nice": False}}
    axis = {"tickCount": 4 if wide else 3, "grid": True, "format": ",.3~r" if unit == "persen" else ",.3~s"}
    y = {"field": "nama", "type": "nominal", "sort": None, "title": None,
         "axis": {"labelColor": INK, "labelLimit": 200 if wide else 110, "labelFontWeight": 600}}  # fmt: skip
    known = [row for row in told if row["nilai"] is not None]
    span = {"y": y, "x": {**x, "field": "bawah", "axis": axis}, "x2": {"field": "atas"}}
    point = {"type": "point", "filled": True, "opacity": 1, "size": 90, "color": ACCENT}
    words = {"type": "text", "align": "right", "fontWeight": 700, "x": {"expr": "width + 52"}}
    layers: list[Spec] = [
        {"mark": words, "encoding": {"y": y, "text": {"field": "kata"}}},
        {"data": {"values": known}, "mark": {"type": "rule", "strokeWidth": 5, "color": MID}, "encoding": span},
        {"data": {"values": known}, "mark": point, "encoding": {"y": y, "x": {**x, "field": "nilai", "axis": axis}}},
    ]
    if wide:
        facts = {"type": "text", "align": "right", "color": SECOND, "x": {"expr": f"width + {52 + _FACTS}"}}
        layers.append({"mark": facts, "encoding": {"y": y, "text": {"field": "rincian"}}})
    return dressed({"data": {"values": told}, "layer": layers, "height": {"step": _STEP}, "padding": 4}, width)


def _row(row: Interval, unit: str, most: float) -> Spec:
    ends = [row.nilai if end is None else min(max(end, 0), most) for end in (row.bawah, row.atas)]
    span = "" if None in (row.bawah, row.atas) else f"{shown(row.bawah or 0, unit)} – {shown(row.atas or 0, unit)}"
    return {
        "nama": row.nama, "nilai": row.nilai, "bawah": ends[0], "atas": ends[1],
        "kata": "?" if row.nilai is None else shown(row.nilai, unit), "rincian": f"{span} {row.mutu}".strip(),
    }  # fmt: skip
