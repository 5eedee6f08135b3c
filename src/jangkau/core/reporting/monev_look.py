"""What the charts of monitoring share: their colours, their widths, and their dress inside a page of the site.

One specification is drawn for page and PDF. For the page `themed` puts the variables of its style sheet in place of the
colours, so that dark costs nothing.
"""

import re
from datetime import date
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from jangkau.core.kernel.formats import MONTHS, number
from jangkau.core.reporting.charts import ACCENT, INK, LINE, MID, RED, RED_TINT, SECOND, THIRD, TINT, Spec, spec

WIDE, HALF, NARROW = 720, 560, 336
AMBER, AMBER_TINT, IDLE, PAPER = "#855000", "#fdf1dc", "#aeb8c1", "#fffffe"
STEPS = ("#e4eff0", "#b5d6d9", "#7cb4bb", "#3d8a93", "#0b5560")
ON_STEPS = ("#16212a", "#16212c", "#16212d", "#fefefe", "#fdfdfd")
PAYERS = {"P": "#0b6471", "S": "#4a57a3", "C": "#8f5f00", "M": "#5f6c79"}
# Every colour of a chart is a variable of the site; one colour here that is two there differs in its last digit.
_VARIABLES = {
    ACCENT: "accent", TINT: "accent-tint", MID: "map-3", RED: "harm", RED_TINT: "harm-tint", INK: "text",
    SECOND: "second", THIRD: "third", LINE: "line", AMBER: "look", AMBER_TINT: "look-tint", IDLE: "idle", PAPER: "card",
    "white": "card", **dict(zip(STEPS, ("map-1", "map-2", "tile-3", "tile-4", "map-5"), strict=True)),
    **dict(zip(ON_STEPS, ("text", "text", "on-3", "on-4", "on-5"), strict=True)),
    **{colour: f"payer-{letter.lower()}" for letter, colour in PAYERS.items()},
}  # fmt: skip
_COLOUR = re.compile(r'(fill|stroke)="([^"]+)"')
_NAMED = re.compile(r'(id="|url\(#|href="#)')
_ROLE = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_GROUND = re.compile(r'<rect width="[\d.]+" height="[\d.]+" fill="white"/>')


def dressed(body: Spec, width: int) -> Spec:
    """A whole specification of a chart as wide as given, whatever its axes need."""
    shape = {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return spec({**shape, **body})


def themed(svg: str, title: str, told: str) -> str:
    """The picture for a page: one image by its title and the words it tells, in the colours of the page's theme."""
    sign = sha256(svg.encode()).hexdigest()[:8]
    text = _GROUND.sub("", _ROLE.sub("", svg), count=1)
    text = _COLOUR.sub(lambda hit: f'{hit[1]}="{_variable(hit[2])}"', text)
    text = _NAMED.sub(lambda hit: f"{hit[1]}g{sign}", text)
    head = f'<svg class="chart" role="img" aria-label={quoteattr(title)}'
    start = text.index(">", text.index("<svg"))
    opened = re.sub(r'<svg|class="marks"|(?:width|height)="\d+"', "", text[text.index("<svg") : start])
    return f"{head} {' '.join(opened.split())}><desc>{escape(told)}</desc>{text[start + 1 :]}"


def _variable(colour: str) -> str:
    name = _VARIABLES.get(colour.lower())
    return f"var(--{name})" if name else colour


def month(day: date) -> int:
    """A day as the number of its month, so that months stand equally far apart."""
    return day.year * 12 + day.month - 1


def month_axis(first: int, last: int, most: int = 7) -> Spec:
    """An axis of months with at most so many labels, `Des 25`."""
    step = next(size for size in (1, 2, 3, 6, 12, 24, 60, 120) if (last - first) / size < most)
    names = str([name[:3] for name in MONTHS])
    label = f"{names}[datum.value % 12] + ' ' + substring(toString(floor(datum.value / 12)), 2)"
    return {"values": list(range(first, last + 1, step)), "grid": False, "labelExpr": label, "labelFlush": True}


def shown(value: float, unit: str = "persen") -> str:
    """A value as it stands on a mark: one decimal for a percentage, whole otherwise."""
    return number(value, 1 if unit in {"persen", "poin"} else 0)
