"""Charts on pages and as files: pictures drawn already stand in the page, others come after it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe

from jangkau.apps.audit.exports import csv_lines
from jangkau.apps.monitoring import drawing
from jangkau.apps.monitoring.board import CHARTS
from jangkau.apps.monitoring.charts import Chart
from jangkau.core.reporting.monev_look import HALF, NARROW, WIDE, themed

FILES = ("svg", "png", "csv")
KINDS = (*FILES, "html")
_OF_THE_BOARD = frozenset(CHARTS)  # they stand in two columns


@dataclass(frozen=True)
class Framed:
    """A chart for a page: its pictures, or `later` where they are still to be drawn; `address` of each kind of file."""

    chart: Chart
    pictures: list[str]
    later: bool
    files: list[tuple[str, str]]
    part: str
    seen: str


def framed(chart: Chart | None, address: Callable[[str], str], query: str = "") -> Framed | None:
    """A chart for a page. `address`: where it is as a file of one kind."""
    if chart is None:
        return None
    paths = [drawing.where(chart.spec(width)) for width in _widths(chart.name)] if chart.spec is not None else []
    ready = bool(paths) and all(path.is_file() for path in paths)
    pictures = [_themed(path, chart.title, chart.told) for path in paths] if ready else []
    kinds = FILES if chart.drawable else FILES[-1:]
    files = [(kind, f"{address(kind)}?{query}") for kind in kinds]
    part, seen = f"{address('html')}?{query}", f"{address('svg')}?{query}&lihat"
    return Framed(chart, pictures, chart.drawable and not ready, files, part, seen)


def answer(request: HttpRequest, chart: Chart | None, kind: str, name: str) -> HttpResponseBase:
    """A chart as a file called `name` (svg, png, csv), or as the part of a page that comes after it (html)."""
    if chart is None or kind not in KINDS or (chart.spec is None and kind != "csv"):
        raise Http404
    if kind == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        lines = csv_lines([chart.head], chart.rows)
        return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", headers=headers)
    assert chart.spec is not None
    if kind == "html":
        return render(request, "monitoring/parts/pictures.html", {"pictures": _inline(chart)})
    file = drawing.drawn(chart.spec(_widths(chart.name)[0]), kind).open("rb")
    return FileResponse(file, as_attachment="lihat" not in request.GET, filename=f"{name}.{kind}")


def _widths(name: str) -> tuple[int, int]:
    return (HALF if name in _OF_THE_BOARD else WIDE), NARROW


def _inline(chart: Chart) -> list[str]:
    """Wide and narrow, for the page's own theme."""
    assert chart.spec is not None
    paths = [drawing.drawn(chart.spec(width)) for width in _widths(chart.name)]
    return [_themed(path, chart.title, chart.told) for path in paths]


@lru_cache(maxsize=256)
def _themed(path: Path, title: str, told: str) -> str:
    """A picture in the colours of the page; its name is the sum of what it shows, so it never changes."""
    return mark_safe(themed(path.read_text("utf-8"), title, told))
