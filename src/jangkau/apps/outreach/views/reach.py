"""Whom a campaign reached, where to go next, what it changed; charts and tables as files."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs
from jangkau.apps.audit.exports import Cell, csv_lines, xlsx_file
from jangkau.apps.monitoring import drawing
from jangkau.apps.monitoring.charts import Chart
from jangkau.apps.outreach import selectors
from jangkau.apps.outreach.charts import CHARTS
from jangkau.apps.outreach.looking import CHOICES, Line, Look
from jangkau.apps.outreach.views.campaigns import PAGE, found
from jangkau.apps.regions.selectors import path_name
from jangkau.core.outreach.effect import MONTHS
from jangkau.core.reporting.monev_look import HALF, NARROW, themed

KINDS, KINDS_OF_TABLES = ("svg", "png", "csv", "html"), ("csv", "xlsx")
Table = tuple[list[str], list[list[Cell]]]
GROUPS = ("belum", "sudah")


def _look(request: HttpRequest, pk: int) -> Look:
    assert isinstance(request.user, User)
    asked = request.GET.get("bulan", "")
    months = int(asked) if asked in map(str, CHOICES) else MONTHS
    return Look(request.user, found(request, pk), months)


@needs("outreach.view")
def campaign_reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the uncovered, village by village, those to go to next first."""
    look, group = _look(request, pk), request.GET.get("kelompok", "")
    rows = look.waiting if group == "belum" else [v for v in look.villages if v.events] if group == "sudah" else None
    page = Paginator(_ranked(look) if rows is None else rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": look.campaign, "look": look, "group": group, "page": page, "lines": look.named(list(page)),
        "next": look.named(look.waiting[:5]), "progress": _framed(CHARTS["kemajuan"](look)),
        "may_plan": allowed(request.user, "outreach.edit"),
    }  # fmt: skip
    return render(request, "outreach/reach.html", context)


def _ranked(look: Look) -> list[Any]:
    """Villages that wait, then those that were reached, the least reached first."""
    visited = [village for village in look.villages if village.events]
    return [*look.waiting, *sorted(visited, key=lambda village: (village.share or 0, village.village))]


@needs("outreach.view")
def campaign_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """What it changed in joining at one's own cost."""
    look = _look(request, pk)
    context = {
        "campaign": look.campaign, "look": look, "effect": look.effect, "choices": CHOICES,
        "chart": _framed(CHARTS["hasil"](look)), "query": f"bulan={look.months}",
    }  # fmt: skip
    return render(request, "outreach/effect.html", context)


def _framed(chart: Chart) -> dict[str, Any]:
    """A chart for the page: its pictures where they are drawn already, else they come after the page."""
    ready = chart.spec is not None and all(drawing.where(chart.spec(width)).is_file() for width in (HALF, NARROW))
    return {"chart": chart, "pictures": _inline(chart) if ready else [], "later": chart.spec is not None and not ready}


def _inline(chart: Chart) -> list[str]:
    assert chart.spec is not None
    svgs = [drawing.drawn(chart.spec(width)).read_text("utf-8") for width in (HALF, NARROW)]
    return [mark_safe(themed(svg, chart.title, chart.told)) for svg in svgs]


@needs("outreach.view")
def campaign_chart(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponseBase:
    """One chart as a file (svg, png, csv), or as the part of a page that comes after it (html)."""
    look = _look(request, pk)
    chart = CHARTS[name](look) if name in CHARTS and kind in KINDS else None
    if chart is None or (chart.spec is None and kind != "csv"):
        raise Http404
    file_name = f"sosialisasi-{pk}-{name}.{kind}"
    if kind == "csv":
        return _csv(csv_lines([chart.head], chart.rows), file_name)
    assert chart.spec is not None
    if kind == "html":
        return render(request, "monitoring/parts/pictures.html", {"pictures": _inline(chart)})
    file = drawing.drawn(chart.spec(HALF), kind).open("rb")
    return FileResponse(file, as_attachment="lihat" not in request.GET, filename=file_name)


@needs("outreach.view")
def campaign_table(request: HttpRequest, pk: int, what: str, kind: str) -> HttpResponseBase:
    """Every village of the campaign with what it is counted from, or every event, as a file."""
    if what not in _TABLES or kind not in KINDS_OF_TABLES:
        raise Http404
    head, rows = _TABLES[what](_look(request, pk))
    name = f"sosialisasi-{pk}-{what}.{kind}"
    if kind == "csv":
        return _csv(csv_lines([head], rows), name)
    return FileResponse(xlsx_file(what, [head], rows), as_attachment=True, filename=name)


def _villages(look: Look) -> Table:
    per = look.gathered.per.isoformat() if look.gathered else None
    source = look.gathered.source if look.gathered else None
    head = [_("kode desa"), _("desa"), _("kecamatan"), _("acara"), _("orang hadir"), _("tidak ditanya"),
            _("belum terlindungi yang dijangkau"), _("belum terlindungi"), _("persen"), _("per"),
            _("sumber")]  # fmt: skip
    return head, [_row(line, per, source) for line in look.named(_ranked(look))]


def _row(line: Line, per: str | None, source: str | None) -> list[Cell]:
    told = line.reach
    share = None if told.share is None else round(told.share, 1)
    counts: list[Cell] = [told.events, told.came, told.unasked, told.reached, told.uncovered, share]
    return [told.village, line.name, line.above, *counts, per, source]


def _events(look: Look) -> Table:
    head = [_("kode desa"), _("wilayah"), _("tanggal"), _("tempat"), _("perempuan yang hadir"),
            _("laki-laki yang hadir"), _("di antaranya belum terlindungi"), _("sebab batal")]  # fmt: skip
    return head, [
        [e.region_code, path_name(e.region_code), e.on.isoformat(), e.place, e.women, e.men, e.uncovered, e.cancelled]
        for e in selectors.events(look.user, look.campaign).order_by("on", "pk")
    ]  # fmt: skip


_TABLES: dict[str, Callable[[Look], Table]] = {"jangkauan": _villages, "acara": _events}


def _csv(lines: Any, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", headers=headers)
