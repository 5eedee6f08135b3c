"""Cards side by side as charts: regions in one semester, one region from semester to semester."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jangkau.apps.monitoring.charts import Cell, Chart
from jangkau.apps.regions.selectors import region_name
from jangkau.core.reporting.monev_ranking import Bar, Line, ranking
from jangkau.core.reporting.monev_trend import Point, Trend, trend

ACROSS, ALONG = "wilayah", "semester"


def across(table: dict[str, Any], semester: str) -> Chart | None:
    """The regions of a semester, the best first, with the middle one as a line."""
    lines = sorted(table["lines"], key=lambda line: (-(line.cells[0][0] or 0), line.name))
    known = [line.cells[0][0] for line in lines if line.cells[0][0] is not None]
    if len(known) < 2:
        return None
    bars = [Bar(line.name.removeprefix("Kabupaten "), line.cells[0][0], _state(line)) for line in lines]
    middle = [Line(_("tengah"), known[len(known) // 2], dashed=True)]
    return Chart(
        ACROSS, _("Wilayah dari nilai tertinggi"), semester, _head(_("wilayah"), table["sections"]), _rows(lines),
        lambda width: ranking(bars, middle, width),
    )  # fmt: skip


def along(table: dict[str, Any], region: str) -> Chart | None:
    """The cards of one region over time."""
    points = [Point(line.card.half.last, line.cells[0][0]) for line in table["lines"] if line.cells[0][0] is not None]
    if len({point.per for point in points}) < 2:
        return None
    return Chart(
        ALONG, _("Dari semester ke semester"), region_name(region), _head(_("semester"), table["sections"]),
        _rows(table["lines"]), lambda width: trend(Trend(points), width),
    )  # fmt: skip


def _state(line: Any) -> str:
    return "" if line.card.state == "ditutup" else _("belum ditutup")


def _head(first: str, sections: Sequence[Any]) -> list[str]:
    return [first, _("semua"), *(section.judul for section in sections)]


def _rows(lines: Sequence[Any]) -> list[list[Cell]]:
    return [[line.name, *(value for value, _shade in line.cells)] for line in lines]
