"""People covered from month to month as stacked bars, by who pays; each payer has a letter, never only a colour."""

from dataclasses import dataclass
from datetime import date

from jangkau.core.reporting.charts import SECOND, Spec
from jangkau.core.reporting.monev_look import NARROW, PAYERS, dressed, month, month_axis

_LEAST = 0.06  # of the highest bar: a part lower than that has no room for its letter


@dataclass(frozen=True)
class Part:
    """So many people at a day of the payers of one letter (P, S, C, M)."""

    per: date
    huruf: str
    orang: float


def strip(parts: list[Part], width: int) -> Spec:
    """A bar a month from nought, the parts in the order of the letters."""
    sums: dict[date, float] = {}
    rows: list[Spec] = []
    for part in sorted(parts, key=lambda p: (p.per, p.huruf)):
        low = sums.get(part.per, 0.0)
        sums[part.per] = low + part.orang
        rows.append({"bulan": month(part.per), "bawah": low, "atas": sums[part.per], "tengah": low + part.orang / 2,
                     "orang": part.orang, "huruf": part.huruf, "warna": PAYERS[part.huruf]})  # fmt: skip
    most, first, last = max(sums.values()), month(min(sums)), month(max(sums))
    labels = [row for row in rows if row["orang"] >= most * _LEAST] if last - first < 30 else []
    x = {"field": "bulan", "type": "quantitative", "axis": month_axis(first, last, 7 if width > NARROW else 4),
         "scale": {"domain": [first - 0.6, last + 0.6], "nice": False}}  # fmt: skip
    y = {"type": "quantitative", "axis": {"tickCount": 4, "format": ",d", "labelColor": SECOND}}
    bar = {"type": "bar", "width": max(3, round((width - 70) / (last - first + 2) * 0.7))}
    colour = {"field": "warna", "type": "nominal", "scale": None}
    layers = [
        {"data": {"values": rows}, "mark": bar,
         "encoding": {"x": x, "y": {**y, "field": "bawah"}, "y2": {"field": "atas"}, "color": colour}},
        {"data": {"values": labels}, "mark": {"type": "text", "color": "#fefefe", "fontWeight": 700, "fontSize": 11},
         "encoding": {"x": x, "y": {**y, "field": "tengah"}, "text": {"field": "huruf"}}},
    ]  # fmt: skip
    return dressed({"layer": layers, "height": 180, "padding": 4}, width)
