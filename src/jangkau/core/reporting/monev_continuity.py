"""Who stays: of those newly active in a month the share still active months later, one line for each distance."""

from dataclasses import dataclass

from jangkau.core.reporting.charts import ACCENT, SECOND, Spec
from jangkau.core.reporting.monev_look import NARROW, dressed, month_axis, shown

_LOOKS: tuple[tuple[str, list[int]], ...] = ((ACCENT, []), (SECOND, [6, 4]))  # told apart by their dashes too


@dataclass(frozen=True)
class Staying:
    """The share (percent) still active `bulan` months later, by the month index in which they became active."""

    bulan: int
    shares: dict[int, float]


def continuity(lines: list[Staying], width: int) -> Spec:
    """At most two lines over the month of the start, each with its distance and its last share written at its end."""
    told = [line for line in lines if line.shares]
    first = min(min(line.shares) for line in told)
    last = max(first + 1, *(max(line.shares) for line in told))
    x = {"field": "bulan", "type": "quantitative", "scale": {"domain": [first - 0.4, last + 0.6], "nice": False},
         "axis": month_axis(first, last, 7 if width > NARROW else 4)}  # fmt: skip
    y = {"field": "nilai", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"tickCount": 5}}
    layers = [layer for line, look in zip(told, _LOOKS, strict=False) for layer in _line(line, look, {"x": x, "y": y})]
    return dressed({"layer": layers, "height": 200, "padding": {"left": 0, "top": 16, "right": 8, "bottom": 4}}, width)


def _line(line: Staying, look: tuple[str, list[int]], places: Spec) -> list[Spec]:
    colour, dash = look
    rows = [{"bulan": month, "nilai": share} for month, share in sorted(line.shares.items())]
    end = rows[-1] | {"kata": f"{line.bulan} bulan: {shown(rows[-1]['nilai'])}"}
    point = {"type": "point", "filled": True, "opacity": 1, "size": 44, "color": colour}
    words = {"type": "text", "align": "right", "dx": 4, "dy": -12, "fontWeight": 600, "color": colour}
    return [
        {"data": {"values": rows}, "mark": {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash},
         "encoding": places},
        {"data": {"values": rows}, "mark": point, "encoding": places},
        {"data": {"values": [end]}, "mark": words, "encoding": {**places, "text": {"field": "kata"}}},
    ]  # fmt: skip
