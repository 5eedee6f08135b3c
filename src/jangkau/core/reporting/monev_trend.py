"""A share over time: breaks in the series, the nation, the target, and a forecast with its band."""

from dataclasses import dataclass, field
from datetime import date

from jangkau.core.reporting.charts import ACCENT, INK, SECOND, THIRD, TINT, Spec
from jangkau.core.reporting.monev_labels import Ground, Label, in_one_line, placed
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

_HEIGHT, _AXIS = 240, 48  # in pixels; what the labels of the left axis take of the width


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
    span = (first - 0.3, last + 0.6)
    x = {"field": "bulan", "type": "quantitative", "scale": {"domain": list(span), "nice": False},
         "axis": month_axis(first, last, 7 if width > NARROW else 4)}  # fmt: skip
    y = {"field": "nilai", "type": "quantitative", "scale": {"zero": False, "domain": _reach(told)},
         "axis": {"tickCount": 5, "format": ",.0f" if told.unit != "persen" else ",.3~r"}}  # fmt: skip
    low, high = _reach(told)
    ground = Ground(span, (low, high), width - _AXIS, _HEIGHT)
    layers = [*_breaks(told, x, ground), *_band(told, x, y), *_national(told, x, y), *_target(told, y)]
    layers += [layer for part in told.others for layer in _part(part, x, y, "")]
    layers += [layer for part, colour in _parts(told) for layer in _part(part, x, y, colour)]
    shape = {"height": _HEIGHT, "padding": {"left": 0, "top": 30, "right": 8, "bottom": 4}}
    return dressed({"layer": [*layers, *_words(told, ground)], **shape}, width)


def _words(told: Trend, ground: Ground) -> list[Spec]:
    """The numbers at the ends of the lines, placed so that all can be read; the newest value comes first."""
    ends = [_end(p, colour or THIRD, told.unit, newest=bool(colour) and p is part[-1])
            for part, colour in _parts(told) for p in (part[-1], part[0])]  # fmt: skip
    right = ground.x[1] - 0.6
    labels = [label for label in ends if label.needed]
    labels += [_said(right, told.target[1], told.target[0], INK, told.unit)] if told.target else []
    labels += [_said(month(p.per), p.nilai, "perkiraan", SECOND, told.unit) for p in told.forecast[-1:]]
    labels += [_said(month(p.per), p.nilai, "nasional", INK, told.unit) for p in _ordered(told.national)[-1:]]
    labels += [label for label in ends if not label.needed]
    labels += [_end(p, THIRD, told.unit) for part in told.others for p in reversed(_ordered(part))]
    lines = [_spots(part) for part in (told.points, told.forecast, told.national, *told.others)]
    lines += [[(ground.x[0], told.target[1]), (ground.x[1], told.target[1])]] if told.target else []
    lines += [[(month(b.per) - 0.5, y) for y in ground.y] for b in told.breaks]
    rows = placed(list(dict.fromkeys(labels)), lines, ground)
    text = {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"},
            "text": {"field": "kata"}, "color": {"field": "warna", "type": "nominal", "scale": None}}  # fmt: skip
    return [{"data": {"values": rows}, "mark": {"type": "text", "fontWeight": 600}, "encoding": text}] if rows else []


def _end(point: Point, colour: str, unit: str, *, newest: bool = False) -> Label:
    return Label(month(point.per), point.nilai, shown(point.nilai, unit), colour, newest)


def _said(at: float, value: float, name: str, colour: str, unit: str) -> Label:
    return Label(at, value, f"{name} {shown(value, unit)}", colour, needed=True)


def _spots(points: list[Point]) -> list[tuple[float, float]]:
    return [(month(p.per), p.nilai) for p in _ordered(points)]


def _ordered(points: list[Point]) -> list[Point]:
    return sorted(points, key=lambda p: p.per)


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


def _parts(told: Trend) -> list[tuple[list[Point], str]]:
    """The series cut at its breaks, the newest part in the accent."""
    days = sorted(b.per for b in told.breaks)
    parts: list[list[Point]] = [[] for _ in range(len(days) + 1)]
    for point in _ordered(told.points):
        parts[sum(day <= point.per for day in days)].append(point)
    return [(part, ACCENT if at == len(days) else "") for at, part in enumerate(parts) if part]


def _part(points: list[Point], x: Spec, y: Spec, accent: str) -> list[Spec]:
    """A line with a point at both of its ends."""
    colour, told, places = accent or IDLE, _ordered(points), {"x": x, "y": y}
    end = {"type": "point", "filled": True, "opacity": 1, "size": 60, "color": colour}
    return [
        {"data": _rows(told), "mark": {"type": "line", "color": colour, "strokeWidth": 2.5}, "encoding": places},
        {"data": _rows([told[0], told[-1]]), "mark": end, "encoding": places},
    ]


def _breaks(told: Trend, x: Spec, ground: Ground) -> list[Spec]:
    """A band of amber in the gap, with its words; of words that would cover each other the newest stand."""
    days = [b for b in sorted(told.breaks, key=lambda b: b.per) if month(b.per) > ground.x[0] + 1]
    if not days:
        return []
    rows = [{"mulai": month(b.per) - 0.75, "akhir": month(b.per) - 0.25, "bulan": month(b.per) - 0.5} for b in days]
    top = [Label(row["bulan"], ground.y[1], b.kata, AMBER) for row, b in zip(rows, days, strict=True)]
    words = {"type": "text", "y": -12, "fontWeight": 600, "color": AMBER}
    span = {"x": {**x, "field": "mulai"}, "x2": {"field": "akhir"}}
    rule = {"type": "rule", "color": AMBER, "strokeDash": [3, 3]}
    return [
        {"data": {"values": rows}, "mark": {"type": "rect", "color": AMBER_TINT}, "encoding": span},
        {"data": {"values": rows}, "mark": rule, "encoding": {"x": x}},
        {"data": {"values": in_one_line(top[::-1], ground)}, "mark": words,
         "encoding": {"x": {**x, "field": "x"}, "text": {"field": "kata"}}},
    ]  # fmt: skip


def _band(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    """The forecast, dotted, within its band; it begins at the last value counted."""
    if not told.forecast or not told.points:
        return []
    last = max(told.points, key=lambda p: p.per)
    data = _rows([Point(last.per, last.nilai, last.nilai, last.nilai), *told.forecast])
    band = {"y": {**y, "field": "bawah"}, "y2": {"field": "atas"}}
    line = {"type": "line", "color": ACCENT, "strokeDash": [2, 4], "strokeWidth": 2.5}
    return [
        {"data": data, "mark": {"type": "area", "color": TINT}, "encoding": {"x": x, **band}},
        {"data": data, "mark": line, "encoding": {"x": x, "y": y}},
    ]


def _national(told: Trend, x: Spec, y: Spec) -> list[Spec]:
    mark = {"type": "line", "color": INK, "strokeWidth": 1.6, "point": {"color": INK, "size": 30}}
    return [{"data": _rows(told.national), "mark": mark, "encoding": {"x": x, "y": y}}] if told.national else []


def _target(told: Trend, y: Spec) -> list[Spec]:
    if told.target is None:
        return []
    mark = {"type": "rule", "color": INK, "strokeDash": [4, 4]}
    return [{"data": {"values": [{"nilai": told.target[1]}]}, "mark": mark, "encoding": {"y": y}}]
