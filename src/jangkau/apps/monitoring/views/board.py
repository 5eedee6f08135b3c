"""The dashboard of a region, its charts as files, and the page of one figure."""

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, require, scope
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.actions import ask_to_count
from jangkau.apps.monitoring.board import CHARTS, Asked, Board
from jangkau.apps.monitoring.forms import BoardForm, MovesForm
from jangkau.apps.monitoring.moves import WORDS
from jangkau.apps.monitoring.showing import KINDS, Framed, answer, framed
from jangkau.apps.regions.models import Region
from jangkau.core.coverage import indicators


@needs("monev.view")
def home(request: HttpRequest) -> HttpResponse:
    """To the user's own region."""
    assert isinstance(request.user, User)
    return redirect("monev_board", scope(request.user, "monev.view")[0])


def found(request: HttpRequest, region: str) -> Board | None:
    """The board asked for; None before the first counting. 404 outside the user's regions."""
    assert isinstance(request.user, User)
    require(request, "monev.view", region)
    place = get_object_or_404(Region, code=region)
    counting = reading.newest()
    if counting is None:
        return None
    form = BoardForm(request.GET)
    told = {name: form.cleaned_data[name] for name in form.cleaned_data} if form.is_valid() else {}
    return Board(request.user, place, counting, Asked(**told))


@needs("monev.view")
def board(request: HttpRequest, region: str) -> HttpResponse:
    """How far a region has come, and why."""
    ask_to_count()
    shown = found(request, region)
    if shown is None:
        return render(request, "monitoring/empty.html", {"region": get_object_or_404(Region, code=region)})
    pictures = {name: _framed(request, shown, name) for name in CHARTS}
    return render(request, "monitoring/board.html", {**_page(shown), "charts": pictures})


def _page(shown: Board) -> dict[str, Any]:
    known, region = indicators(), shown.region
    above = [code for code in (region.code[:2], region.code[:4], region.code[:6]) if code != region.code]
    seen = [
        code
        for code in dict.fromkeys(above)
        if len(code) < len(region.code) and allowed(shown.user, "monev.view", code)
    ]
    return {
        "board": shown, "region": region, "row": shown.figure, "above": Region.objects.filter(code__in=seen),
        "children": Region.objects.filter(parent=region.code), "form": BoardForm.shown(shown),
        "may_enter": allowed(shown.user, "monev.enter"),
        "may_report": allowed(shown.user, "reports.view", region.code),
        "facts": [(known[code], row) for code, row in shown.facts.items()],
    }  # fmt: skip


def _framed(request: HttpRequest, shown: Board, name: str, query: str | None = None) -> Framed | None:
    def address(kind: str) -> str:
        return reverse("monev_chart", args=[shown.region.code, name, kind])

    return framed(shown.chart(name), address, request.GET.urlencode() if query is None else query)


@needs("monev.view")
def moves(request: HttpRequest, region: str) -> HttpResponse:
    """What moved the number of people covered between any two snapshots, and from each to the next."""
    shown = found(request, region)
    if shown is None or not shown.moves.days:
        raise Http404
    query = urlencode(
        dict(zip(("sejak", "sampai"), shown.moves.span or (), strict=False)) | {"segmen": shown.moves.group}
    )
    context = {
        "region": shown.region, "moves": shown.moves, "form": MovesForm.shown(shown.moves), "query": query,
        "framed": _framed(request, shown, "perubahan", query), "words": WORDS, "counting": shown.counting,
        "may_people": allowed(request.user, "monev.people", region),
    }  # fmt: skip
    return render(request, "monitoring/moves.html", context)


@needs("monev.view")
def picture(request: HttpRequest, region: str, name: str, kind: str) -> HttpResponseBase:
    """One chart as a file, or as the part of a page that comes after it."""
    shown = found(request, region)
    chart = shown.chart(name) if shown and name in CHARTS and kind in KINDS else None
    return answer(request, chart, kind, f"monev-{region}-{name}")


@needs("monev.view")
def figure(request: HttpRequest, region: str, code: str) -> HttpResponse:
    """One figure: what it means, what it is made of, and everything said of it."""
    assert isinstance(request.user, User)
    known = indicators().get(code)
    shown = found(request, region)
    if known is None or shown is None:
        raise Http404
    shown = Board(shown.user, shown.region, shown.counting, Asked(code, shown.asked.per))
    context = {
        "board": shown, "region": shown.region, "indicator": known, "row": shown.figure,
        "series": shown.line.sort("per", descending=True).rows(named=True),
        "counting": shown.counting, "classes": _classes(shown), "parts": _parts(shown),
        "may_people": allowed(request.user, "monev.people", region),
    }  # fmt: skip
    return render(request, "monitoring/figure.html", context)


def _parts(shown: Board) -> list[dict[str, Any]]:
    """The figure of that day in each region directly below; none where it is not counted there."""
    chosen, rows = shown.below
    return rows.sort("wilayah").rows(named=True) if chosen == shown.indicator else []


def _classes(shown: Board) -> list[dict[str, Any]]:
    """The figure of the day by each of its cuts."""
    rows = shown.own.filter(pl.col("indikator") == shown.indicator.kode, pl.col("potongan") != "")
    return rows.filter(pl.col("per") == shown.per).sort("potongan", "kelas").rows(named=True)
