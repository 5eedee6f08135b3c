"""The picture of a reliability curve: what was stated against what happened, with 95 % intervals."""

from dataclasses import dataclass

from jangkau.core.kernel.formats import number, percent
from jangkau.core.reporting.charts import ACCENT, LINE, SECOND, THIRD
from jangkau.core.reporting.svg import Element, finish, line, picture, shape, text

SIDE, LEFT, TOP = 360, 60, 48
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Band:
    """Pairs of about one stated probability, and the share of them that was true with its interval."""

    pasangan: int
    ditulis: float
    terjadi: float
    bawah: float
    atas: float


def draw(bands: list[Band], heading: str) -> str:
    """SVG text; dots on the diagonal mean that the probability is what it says."""
    parts = [f"ditulis {_p(band.ditulis)}, terjadi {_p(band.terjadi)} dari {number(band.pasangan)}" for band in bands]
    svg = picture(LEFT + SIDE + 30, TOP + SIDE + 52, heading, "; ".join(parts) + ".")
    text(svg, 0, 18, heading, size=16, weight=700)
    for tick in TICKS:
        line(svg, (LEFT, _y(tick)), (LEFT + SIDE, _y(tick)), LINE)
        text(svg, LEFT - 8, _y(tick) + 4, percent(100 * tick, 0), fill=SECOND, anchor="end", size=12)
        text(svg, _x(tick), TOP + SIDE + 20, percent(100 * tick, 0), fill=SECOND, anchor="middle", size=12)
    text(svg, LEFT + SIDE / 2, TOP + SIDE + 44, "peluang yang ditulis", anchor="middle", fill=SECOND)
    text(svg, LEFT, TOP - 12, "yang terjadi", fill=SECOND)
    line(svg, (_x(0), _y(0)), (_x(1), _y(1)), THIRD, dash="4 4")
    for band in bands:
        _dot(svg, band)
    return finish(svg)


def _dot(svg: Element, band: Band) -> None:
    x = _x(band.ditulis)
    shape(svg, "line", x1=x, y1=_y(band.bawah), x2=x, y2=_y(band.atas), stroke=ACCENT, **{"stroke-width": 2})
    shape(svg, "circle", cx=x, cy=_y(band.terjadi), r=5.0, fill=ACCENT)


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)


def _p(share: float) -> str:
    return percent(100 * share, 1)
