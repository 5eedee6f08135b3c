"""The line of budgets as a picture: people paid, and the coverage that it reaches, by share of the money."""

from pathlib import Path
from typing import Any

from jangkau.core.kernel.formats import number, percent
from jangkau.core.reporting.charts import ACCENT, INK, MID, WIDTH, Spec, draw, heading, spec

_AT = 100
_TITLE = "Orang yang dibayar dengan uang kurang atau lebih"
_UNDER = "Orang menurut persen dari anggaran semua dana; garis putus-putus: anggaran sekarang."


def write_line(rows: list[dict[str, Any]], path: Path) -> None:
    """GARIS_ANGGARAN as an SVG file."""
    path.write_text(draw(budget_line(rows)), "utf-8")


def budget_line(rows: list[dict[str, Any]]) -> Spec:
    """People paid by percent of the money; today's money is marked, with the coverage where workers are known."""
    x = {"field": "persen_anggaran", "type": "quantitative", "axis": {"grid": False, "labelExpr": "datum.label + '%'"}}
    y = {"field": "orang", "type": "quantitative", "axis": {"tickCount": 5, "format": ",d"}}
    here = [{**row, "kata": _words(row)} for row in rows if row["persen_anggaran"] == _AT]
    label = {"type": "text", "align": "right", "dx": -8, "dy": -12, "color": ACCENT, "fontWeight": 700}
    point = {"type": "point", "filled": True, "color": ACCENT, "size": 130, "opacity": 1}
    marked = [
        {"mark": {"type": "rule", "strokeDash": [4, 4], "color": INK}, "encoding": {"x": x}},
        {"mark": point, "encoding": {"x": x, "y": y}},
        {"mark": label, "encoding": {"x": x, "y": y, "text": {"field": "kata"}}},
    ]
    line = {"mark": {"type": "line", "color": MID, "strokeWidth": 3}, "encoding": {"x": x, "y": y}}
    layers = [{"data": {"values": rows}, **line}, {"data": {"values": here}, "layer": marked}]
    shape = {"width": WIDTH, "height": 260, "padding": 16, "autosize": {"type": "fit-x", "contains": "padding"}}
    return spec({"title": heading(_TITLE, [_UNDER]), "layer": layers, **shape})


def _words(row: dict[str, Any]) -> str:
    covered = "" if row["persen"] is None else f", cakupan {percent(row['persen'])}"
    return f"rencana ini: {number(row['orang'])} orang{covered}"
