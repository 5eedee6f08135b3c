"""The picture of why a pair has its probability: evidence for and against, added up from top to bottom.

Drawn by hand rather than from a chart specification (ADR 6): a review page shows several at once, each in a
millisecond, and every number in it is text that a screen reader reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import log2
from textwrap import wrap
from typing import Any

from jangkau.core.kernel.formats import number
from jangkau.core.reporting.charts import ACCENT, LINE, RED, SECOND, THIRD
from jangkau.core.reporting.svg import Element, finish, line, picture, shape, text

WIDTH, LEFT, RIGHT, TOP = 760, 340, 70, 72
LETTERS = 52  # of the small text that fit beside the bars
BAR, LINE_HEIGHT, GAP = 20, 16, 16
_TICKS = (0.000001, 0.0001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.9999, 0.999999)
_CLOSEST = 50


@dataclass(frozen=True)
class Step:
    """One row: what was looked at, the two values, what was found, and the bits that it adds or takes away."""

    judul: str
    nilai: str
    isi: str
    bit: float

    @property
    def lines(self) -> list[str]:
        """The small text below the heading."""
        return [part for words in (self.nilai, self.isi) for part in wrap(words, LETTERS)]

    @property
    def height(self) -> int:
        """Of the row."""
        return LINE_HEIGHT * (1 + len(self.lines)) + GAP


@dataclass(frozen=True)
class Limits:
    """The probabilities from which a clerk looks, and from which the pair is the same person."""

    tinjau: float
    cocok: float


def draw(steps: list[Step], limits: Limits, heading: str, closing: str = "") -> str:
    """SVG text. `steps`: the first is where it starts; `closing`: a line below, such as what was not compared."""
    sums = list(accumulate(step.bit for step in steps))
    tops = list(accumulate((step.height for step in steps), initial=TOP))
    notes = wrap(closing, 110)
    svg = picture(WIDTH, tops[-1] + 66 + LINE_HEIGHT * len(notes), heading, _in_words(steps, sums[-1]))
    _hatching(svg)
    place = _Scale(min(*sums, -4.0) - 1, max(*sums, 4.0) + 1)
    text(svg, 0, 18, heading, size=16, weight=700)
    _grid(svg, place, limits, tops[-1])
    for step, top, start, end in zip(steps, tops, [None, *sums], sums, strict=False):
        _row(svg, place, step, top, (start, end))
    _total(svg, place, tops[-1], sums[-1])
    for at, note in enumerate(notes):
        text(svg, 0, tops[-1] + 68 + LINE_HEIGHT * at, note, fill=SECOND, size=12)
    return finish(svg)


@dataclass(frozen=True)
class _Scale:
    """Bits -> horizontal place."""

    low: float
    high: float

    def __call__(self, bits: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (min(max(bits, self.low), self.high) - self.low) / (self.high - self.low)

    def holds(self, bits: float) -> bool:
        """Whether the place is inside the picture."""
        return self.low < bits < self.high


def _grid(svg: Element, place: _Scale, limits: Limits, bottom: float) -> None:
    """Probabilities along the top, and the zones of the three decisions."""
    for bits, words in _ticks(place):
        line(svg, (place(bits), TOP - 8), (place(bits), bottom), LINE)
        text(svg, place(bits), TOP - 14, words, fill=SECOND, anchor="middle", size=12)
    edges = [place.low, log_odds(limits.tinjau), log_odds(limits.cocok), place.high]
    for name, start, end in zip(("tidak", "tinjau", "cocok"), edges, edges[1:], strict=False):
        if place(end) - place(start) >= _CLOSEST:
            text(svg, (place(start) + place(end)) / 2, TOP - 34, name, anchor="middle", weight=600)
    for edge in filter(place.holds, edges[1:3]):
        line(svg, (place(edge), TOP - 46), (place(edge), bottom), THIRD, dash="4 4")


def _ticks(place: _Scale) -> Iterator[tuple[float, str]]:
    last = float("-inf")
    for tick in _TICKS:
        bits = log_odds(tick)
        if place.holds(bits) and place(bits) - last >= _CLOSEST:
            last = place(bits)
            yield bits, percent(tick)


def _row(svg: Element, place: _Scale, step: Step, top: float, span: tuple[float | None, float]) -> None:
    start, end = span
    text(svg, 0, top + 12, step.judul, weight=600)
    for at, words in enumerate(step.lines):
        text(svg, 0, top + 12 + LINE_HEIGHT * (at + 1), words, fill=SECOND, size=12)
    middle = top + BAR / 2
    colour = SECOND if start is None else ACCENT if step.bit >= 0 else RED
    if start is None:
        shape(svg, "circle", cx=place(end), cy=middle, r=6, fill=SECOND)
    else:
        low, high = sorted((place(start), place(end)))
        look: dict[str, Any] = {"fill": ACCENT} if step.bit >= 0 else {"fill": "url(#kurang)", "stroke": RED}
        shape(svg, "rect", x=low, y=top, width=max(high - low, 1.5), height=BAR, rx=2, **look)
    # the line that carries the sum to the next row
    line(svg, (place(end), middle + (6 if start is None else BAR / 2)), (place(end), top + step.height), THIRD)
    text(svg, WIDTH, middle + 5, signed(step.bit), anchor="end", weight=600, fill=colour)


def _total(svg: Element, place: _Scale, top: float, bits: float) -> None:
    line(svg, (0, top), (WIDTH, top), LINE)
    text(svg, 0, top + 22, "Peluang orang yang sama", weight=600)
    text(svg, 0, top + 38, "jumlah semua bukti di atas", fill=SECOND, size=12)
    x, y = place(bits), top + 20
    shape(svg, "polygon", points=f"{x:.1f},{y - 9:.1f} {x + 9:.1f},{y:.1f} {x:.1f},{y + 9:.1f} {x - 9:.1f},{y:.1f}")
    text(svg, WIDTH, y + 6, percent(1 / (1 + 2.0**-bits)), anchor="end", weight=700, size=15)


def _hatching(svg: Element) -> None:
    """What speaks against is hatched, not only red."""
    size = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = shape(shape(svg, "defs"), "pattern", id="kurang", **size)
    shape(pattern, "rect", width=6, height=6, fill="white")
    shape(pattern, "rect", width=2.5, height=6, fill=RED)


def _in_words(steps: list[Step], bits: float) -> str:
    parts = [f"{step.judul}, {step.isi}: {signed(step.bit)}" for step in steps]
    return f"{'; '.join(parts)}. Peluang orang yang sama {percent(1 / (1 + 2.0**-bits))}."


def log_odds(peluang: float) -> float:
    """Where a probability stands on the scale."""
    return log2(peluang / (1 - peluang))


def signed(bits: float) -> str:
    """`+7,2`, `−3,0`, `0,0`."""
    return ("+" if bits >= 0.05 else "") + number(bits, 1)


def percent(peluang: float) -> str:
    """With as many decimals as tell it from 0 and 100 %, four at most: `97%`, `99,95%`, `lebih dari 99,9999%`."""
    least = min(peluang, 1 - peluang)
    if least < 0.000001:
        return "kurang dari 0,0001%" if peluang < 0.5 else "lebih dari 99,9999%"
    return number(100 * peluang, next((d for d in range(4) if least >= 0.95 * 10 ** -(d + 2)), 4)) + "%"
