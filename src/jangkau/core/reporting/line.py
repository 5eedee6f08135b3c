"""The line of budgets as a picture: people paid, and the coverage that it reaches, by share of the money."""

from pathlib import Path
from typing import Any

from jangkau.core.kernel.formats import number, percent, rupiah
from jangkau.core.reporting.charts import ACCENT, INK, MID, WIDTH, Spec, draw, heading, spec

_AT, _MORE, _STEP = 100, 150, 20
_TITLE = "Orang yang dibayar dengan uang kurang atau lebih"
_UNDER = "Orang menurut persen dari anggaran semua dana; garis putus-putus: anggaran sekarang."


def write_line(rows: list[dict[str, Any]], path: Path) -> None:
    """GARIS_ANGGARAN as an SVG file."""
    path.write_text(draw({**budget_line(rows), "title": heading(_TITLE, [_UNDER])}), "utf-8")


def line_section(rows: list[dict[str, Any]], *, targets: bool) -> dict[str, Any] | None:
    """GARIS_ANGGARAN for the report: finding, picture, table. None where no line was worked out."""
    shown = [row for row in rows if row["persen_anggaran"] % _STEP == 0]
    if not {_AT, _MORE} <= {row["persen_anggaran"] for row in rows}:
        return None
    near = " ±: taksiran dari harga dana, bukan rencana." if any(row["perkiraan"] for row in shown) else ""
    bare = " Garis ini tanpa target." if targets else ""
    return {
        "kepala": "Garis anggaran",
        "judul": _finding({row["persen_anggaran"]: row for row in rows}),
        "anak": _UNDER,
        "gambar": draw(budget_line(rows)),
        "alt": "Garis orang menurut uang. "
        + "; ".join(f"{row['persen_anggaran']}%: {number(row['orang'])} orang" for row in shown),
        "kolom": ["Uang (%)", "Anggaran (Rp)", "Orang dibayar", "Poin", "Orang terlindungi", "Cakupan"],
        "baris": [_cells(row) for row in shown],
        "pilihan": str(_AT),
        "sumber": f"Setiap baris satu rencana dengan uang semua dana dikalikan sama.{near}{bare} "
        "Semua baris ada di jelajah/garis_anggaran.csv.",
    }


def _finding(rows: dict[int, dict[str, Any]]) -> str:
    """What half as much money again would bring."""
    more = rows[_MORE]["orang"] - rows[_AT]["orang"]
    if more <= 0:
        return f"Dengan uang {_MORE}% tidak ada orang lagi yang dibayar: semua yang layak dan berdana sudah terbayar."
    return f"Dengan uang {_MORE}%, {number(more)} orang lagi dibayar."


def _cells(row: dict[str, Any]) -> list[str]:
    near = "± " if row["perkiraan"] else ""
    counts = [near + number(row["orang"]), near + number(row["poin"]), number(row["pembilang"])]
    share = "–" if row["persen"] is None else percent(row["persen"])
    return [str(row["persen_anggaran"]), rupiah(row["anggaran"]).removeprefix("Rp"), *counts, share]


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
    return spec({"layer": layers, **shape})


def _words(row: dict[str, Any]) -> str:
    covered = "" if row["persen"] is None else f", cakupan {percent(row['persen'])}"
    return f"rencana ini: {number(row['orang'])} orang{covered}"
