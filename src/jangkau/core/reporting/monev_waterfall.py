"""What moved a count between two days: who came, who went, and what only the definition changed."""

from dataclasses import dataclass

from jangkau.core.kernel.formats import number
from jangkau.core.reporting.charts import ACCENT, INK, SECOND, Spec
from jangkau.core.reporting.monev_look import AMBER, NARROW, dressed

_COLOURS = {"tambah": ACCENT, "kurang": SECOND, "definisi": AMBER}


@dataclass(frozen=True)
class Step:
    """Why so many came (above nought) or went; `definisi`: nobody did, they are counted otherwise."""

    nama: str
    jumlah: int
    definisi: bool = False


def waterfall(start: tuple[str, int], steps: list[Step], end: tuple[str, int], width: int) -> Spec:
    """Bars that hang between the count of the first day and that of the second; both are marks, not bars.

    Raises ValueError unless the steps add up exactly.
    """
    rows, level = [], start[1]
    for step in steps:
        rows.append(_row(step, level, level + step.jumlah))
        level += step.jumlah
    if level != end[1]:
        raise ValueError("the steps do not add up to the end")
    names = [start[0], *(step.nama for step in steps), end[0]]
    totals = [{"nama": name, "akhir": value, "kata": number(value)} for name, value in (start, end)]
    narrow = width <= NARROW
    labels = {"labelAngle": -40 if narrow else 0, "labelLimit": 90, "labelPadding": 10, "labelColor": INK,
              **({} if narrow else {"labelExpr": "split(datum.label, ' ')"})}  # fmt: skip
    x = {"field": "nama", "type": "nominal", "sort": None, "scale": {"domain": names, "paddingInner": 0.15},
         "axis": {"grid": False, **labels}}  # fmt: skip
    reach = _reach([start[1], end[1], *(row["mulai"] for row in rows), *(row["akhir"] for row in rows)])
    y = {"type": "quantitative", "scale": {"domain": reach, "nice": False, "zero": False}, "axis": None}
    colour = {"field": "warna", "type": "nominal", "scale": None}
    words = {"type": "text", "fontWeight": 600, "fontSize": 11 if narrow else 13}
    span = {"x": x, "y": {**y, "field": "mulai"}, "y2": {"field": "akhir"}}
    top = {"x": x, "y": {**y, "field": "atas"}}
    layers = [
        {"data": {"values": rows}, "mark": {"type": "bar", "minBandSize": 2}, "encoding": {**span, "color": colour}},
        {"data": {"values": rows}, "mark": {**words, "dy": -10},
         "encoding": {**top, "text": {"field": "kata"}, "color": colour}},
        {"data": {"values": totals}, "mark": {"type": "tick", "thickness": 4, "color": INK, "width": {"band": 0.9}},
         "encoding": {"x": x, "y": {**y, "field": "akhir"}}},
        {"data": {"values": totals}, "mark": {**words, "dy": -12, "color": INK},
         "encoding": {"x": x, "y": {**y, "field": "akhir"}, "text": {"field": "kata"}}},
    ]  # fmt: skip
    return dressed({"layer": layers, "height": 240, "padding": {"left": 0, "top": 16, "right": 4, "bottom": 4}}, width)


def _row(step: Step, before: int, after: int) -> Spec:
    kind = "definisi" if step.definisi else "tambah" if step.jumlah >= 0 else "kurang"
    sign = "+" if step.jumlah > 0 else ""
    return {"nama": step.nama, "mulai": before, "akhir": after, "atas": max(before, after),
            "kata": sign + number(step.jumlah), "warna": _COLOURS[kind]}  # fmt: skip


def _reach(values: list[int]) -> list[float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.15 or max(high * 0.1, 1)
    return [max(0, low - room), high + room]
