"""A share over time: breaks in the series, the nation, the target, and a forecast with its band."""

from dataclasses import dataclass, field
from datetime import date

from jangkau.core.reporting.charts import ACCENT, INK, SECOND, THIRD, TINT, Spec
from jangkau.core.reporting.monev_look import (
    AMBER,
    AMBER_TINT,
    IDLE,
    NARROW,
    dressed,
    month,
    month_axis,
    shown,
)

_HEIGHT = 240


@dataclass(frozen=True)
class Point:
    """A value of one day; of a forecast also its band."""

    per: date
    nilai: float
    bawah: float | None = None
    atas: float | None = None


@dataclass(frozen=True)
class Break:
    """From this day on the series counts something else; the words say what."""

    per: date
    kata: str


@dataclass(frozen=True)
class Trend:
    """Everything that one chart shows; `target` is (name, value), `others` what documents say, each kind apart."""

    points: list[Point]
    breaks: list[Break] = field(default_factory=list)
    forecast: list[Point] = field(default_factory=list)
    national: list[Point] = field(default_factory=list)
    target: tuple[str, float] | None = None
    unit: str = "persen"
    others: list[list[Point]] = field(default_factory=list)

    @property
    def every(self) -> list[Point]:
        """Every point of every series."""
        return [*self.points, *self.forecast, *self.national, *(p for part in self.others for p in part)]


def trend(told: Trend, width: int) -> Spec:
    """The line of values in parts that are never joined across a break; all but the newest part are grey."""
    first, last = month(min(p.per for p in told.every)), month(max(p.per for p in told.every))
    last = max(last, first + 1)
    x = {"field": "bulan", "type": "quantitative", "scale": {"domain": [first - 0.3, last + 0.6], "nice": False},
         "axis": month_axis(first, last, 7 if width > NARROW else 4)}  # fmt: skip
    y = {"field": "nilai", "type": "quantitative", "scale": {"zero": False, "domain": _reach(told)},
         "axis": {"tickCount": 5, "format": ",.0f" if told.unit != "persen" else ",.3~r"}}  # fmt: skip
    layers = [*_breaks(told, x, first, last), *_band(told, x, y), *_national(told, x, y), *_target(told, x, y)]
    layers += [layer for part in told.others for layer in _part(sorted(part, key=lambda p: p.per), x, y, told.unit, "")]
    layers += _parts(told, x, y)
    shape = {"height": _HEIGHT, "padding": {"left": 0, "top": 30, "right": 8, "bottom": 4}}
    return dressed({"layer": layers, **shape}, width)


def _reach(told: Trend) -> list[float]:
    """From below the lowest to above the highest, never below nought."""
    values = [p.nilai for p in told.every]
    values += [v for p in told.forecast for v in (p.bawah, p.atas) if v is not None]
    values += [told.target[1]] if told.target else []
    low, high = min(values), max(values)
    room = (high - low) * 0.18 or max(high * 0.1, 1)
    return [max(0, low - room), high + room]


def _rows(points: list[Point]) -> Spec:
    return {"values": [{"bulan": month(p.per), "nilai": p.nilai, "bawah": p.bawah, "atas": p.atas} for p in points]}


def _parts(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    """The series cut at its breaks, the newest part in the accent, with the first and last value of each."""
    days = sorted(b.per for b in told.breaks)
    parts: list[list[Point]] = [[] for _ in range(len(days) + 1)]
    for point in sorted(told.points, key=lambda p: p.per):
        parts[sum(day <= point.per for day in days)].append(point)
    return [
        layer
        for at, part in enumerate(parts)
        if part
        for layer in _part(part, x, y, told.unit, ACCENT if at == len(days) else "")
    ]


def _part(points: list[Point], x: Spec, y: Spec, unit: str, accent: str) -> list[Spec]:
    colour, words = accent or IDLE, accent or THIRD
    places = {"x": x, "y": y}
    ends = {points[0].per: points[0], points[-1].per: points[-1]}
    sides = {points[0].per: "left", points[-1].per: "right"} if len(ends) > 1 else {points[0].per: "center"}
    return [
        {"data": _rows(points), "mark": {"type": "line", "color": colour, "strokeWidth": 2.5}, "encoding": places},
        *(_end(point, sides[point.per], unit, places, (colour, words)) for point in ends.values()),
    ]


def _end(point: Point, side: str, unit: str, places: Spec, colours: tuple[str, str]) -> Spec:
    """The first or last value of a part, with its number on the side of the part."""
    row = {"bulan": month(point.per), "nilai": point.nilai, "kata": shown(point.nilai, unit)}
    colour, words = colours
    label = {"type": "text", "dy": -13, "align": side, "dx": {"left": -4, "right": 4}.get(side, 0), "fontWeight": 600}
    return {
        "data": {"values": [row]},
        "encoding": places,
        "layer": [
            {"mark": {"type": "point", "filled": True, "opacity": 1, "size": 60, "color": colour}},
            {"mark": {**label, "color": words}, "encoding": {"text": {"field": "kata"}}},
        ],
    }


def _breaks(told: Trend, x: Spec, first: int, last: int) -> list[Spec]:
    """A band of amber in the gap, with its sentence."""
    rows = [{"mulai": month(b.per) - 0.75, "akhir": month(b.per) - 0.25, "kata": b.kata, "bulan": month(b.per) - 0.5}
            for b in told.breaks if month(b.per) > first]  # fmt: skip
    if not rows:
        return []
    side = "right" if month(told.breaks[-1].per) > first + (last - first) * 0.6 else "center"
    span = {"x": {**x, "field": "mulai"}, "x2": {"field": "akhir"}}
    words = {"type": "text", "y": -12, "color": AMBER, "fontWeight": 600, "align": side}
    return [
        {"data": {"values": rows}, "mark": {"type": "rect", "color": AMBER_TINT}, "encoding": span},
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": AMBER, "strokeDash": [3, 3]},
            "encoding": {"x": x},
        },
        {"data": {"values": rows}, "mark": words, "encoding": {"x": x, "text": {"field": "kata"}}},
    ]


def _band(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    """The forecast, dotted, within its band; it begins at the last value counted."""
    if not told.forecast or not told.points:
        return []
    last = max(told.points, key=lambda p: p.per)
    start = Point(last.per, last.nilai, last.nilai, last.nilai)
    data = _rows([start, *told.forecast])
    end = {"values": [{"bulan": month(told.forecast[-1].per), "nilai": told.forecast[-1].nilai,
                       "kata": f"perkiraan {shown(told.forecast[-1].nilai, told.unit)}"}]}  # fmt: skip
    band = {"y": {**y, "field": "bawah"}, "y2": {"field": "atas"}}
    label = {"type": "text", "dy": 16, "align": "right", "color": SECOND}
    return [
        {"data": data, "mark": {"type": "area", "color": TINT}, "encoding": {"x": x, **band}},
        {"data": data, "mark": {"type": "line", "color": ACCENT, "strokeDash": [2, 4], "strokeWidth": 2.5},
         "encoding": {"x": x, "y": y}},
        {"data": end, "mark": label, "encoding": {"x": x, "y": y, "text": {"field": "kata"}}},
    ]  # fmt: skip


def _national(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    if not told.national:
        return []
    last = max(told.national, key=lambda p: p.per)
    end = {
        "values": [{"bulan": month(last.per), "nilai": last.nilai, "kata": f"nasional {shown(last.nilai, told.unit)}"}]
    }
    label = {"type": "text", "dy": -16, "align": "right", "dx": 4, "fontWeight": 600}
    mark = {"type": "line", "color": INK, "strokeWidth": 1.6, "point": {"color": INK, "size": 30}}
    return [
        {"data": _rows(told.national), "mark": mark, "encoding": {"x": x, "y": y}},
        {"data": end, "mark": label, "encoding": {"x": x, "y": y, "text": {"field": "kata"}}},
    ]


def _target(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    if told.target is None:
        return []
    name, value = told.target
    data = {"values": [{"nilai": value, "kata": f"{name} {shown(value, told.unit)}"}]}
    label = {"type": "text", "align": "right", "x": "width", "dy": -8, "fontWeight": 600}
    return [
        {"data": data, "mark": {"type": "rule", "color": INK, "strokeDash": [4, 4]}, "encoding": {"y": y}},
        {"data": data, "mark": label, "encoding": {"y": y, "text": {"field": "kata"}}},
    ]
