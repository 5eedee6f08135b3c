"""Two or three lines over months, each named at its end; a rule where something begins."""

from dataclasses import dataclass

from jangkau.core.reporting.charts import ACCENT, INK, LINE, SECOND, Spec
from jangkau.core.reporting.monev_look import AMBER, NARROW, dressed

_COLOURS = (ACCENT, AMBER, SECOND)


@dataclass(frozen=True)
class Series:
    """One line: its name and its points, `x` as it stands on the axis in its order."""

    name: str
    points: list[tuple[str, float]]


def lines(series: list[Series], width: int, unit: str, start: str | None = None) -> Spec:
    """The lines from zero, with a legend above; `start` is the `x` at which the rule stands."""
    order = list(dict.fromkeys(x for one in series for x, _y in one.points))
    rows = [{"x": x, "y": y, "garis": one.name} for one in series for x, y in one.points]
    names = [one.name for one in series]
    step = 1 if width > NARROW or len(order) <= 6 else 3
    shown = [x for at, x in enumerate(order) if at % step == 0]
    x = {
        "field": "x",
        "type": "ordinal",
        "sort": order,
        "axis": {"values": shown, "labelAngle": 0, "labelColor": SECOND},
    }
    y = {"field": "y", "type": "quantitative", "scale": {"zero": True, "nice": True},
         "axis": {"tickCount": 4, "title": unit, "titleColor": SECOND, "titleFontWeight": 400,
                  "gridColor": LINE}}  # fmt: skip
    colour = {"field": "garis", "type": "nominal", "sort": names,
              "scale": {"domain": names, "range": list(_COLOURS[: len(names)])},
              "legend": {"orient": "top", "title": None, "labelColor": INK, "labelLimit": 0,
                         "columns": 1 if width <= NARROW else len(names)}}  # fmt: skip
    mark = {"type": "line", "point": {"size": 36}, "strokeWidth": 2}
    layers: list[Spec] = [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y, "color": colour}}]
    if start is not None:
        rule = {"type": "rule", "color": INK, "strokeDash": [4, 4]}
        layers.append({"data": {"values": [{"x": start}]}, "mark": rule, "encoding": {"x": x}})
    return dressed({"layer": layers, "height": 220, "padding": 4}, width)
