"""Cards side by side: regions in one semester, semesters of one region, and what moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from jangkau.apps.accounts.permissions import needs
from jangkau.apps.monitoring.charts import Chart
from jangkau.apps.monitoring.showing import answer, framed
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.scorecards import drawn, selectors
from jangkau.apps.scorecards.models import Card, State
from jangkau.apps.scorecards.views import user_of
from jangkau.core.kernel.semester import Semester
from jangkau.core.scorecard import Result, difference, heat

STEPS = (20, 40, 60, 80)  # where the shades of the table change
SHADES = ("heat-1", "heat-2", "heat-3", "heat-4", "heat-5")


@dataclass(frozen=True)
class Line:
    """A row of a table: card, name, and percent with its shade, first of the whole, then by section."""

    card: Card
    name: str
    cells: list[tuple[float | None, str]]


@needs("scorecards.view")
def compare(request: HttpRequest) -> HttpResponse:
    """The page; what is asked falls back on what there is."""
    told = _compared(request)
    query = urlencode({"instrumen": told["code"], "semester": told["semester"], "wilayah": told["region"]})
    pictures = {name: framed(chart, _address(name), query) for name, chart in _charts(told).items()}
    return render(request, "scorecards/compare.html", told | {"drawn": pictures})


@needs("scorecards.view")
def picture(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """One of its charts as a file, or as the part of the page that comes after it."""
    told = _compared(request)
    return answer(request, _charts(told).get(name), kind, f"kartu-{told['region']}-{name}")


def _address(name: str) -> Callable[[str], str]:
    return lambda kind: reverse("scorecard_chart", args=[name, kind])


def _charts(told: dict[str, Any]) -> dict[str, Chart | None]:
    semester = Semester.read(told["semester"]).name if told["semester"] else ""
    return {
        drawn.ACROSS: drawn.across(told["across"], semester),
        drawn.ALONG: drawn.along(told["along"], told["region"]),
    }


def _compared(request: HttpRequest) -> dict[str, Any]:
    """What is asked, and the cards side by side."""
    everything = selectors.standing(selectors.cards(user_of(request), {}))
    code = _chosen(request, "instrumen", sorted({card.instrument.code for card in everything}))
    found = [card for card in everything if card.instrument.code == code]
    semesters = sorted({card.semester for card in found}, reverse=True)
    regions = sorted({card.region_code for card in found})
    semester, region = _chosen(request, "semester", semesters), _chosen(request, "wilayah", regions)
    scores = selectors.results([c for c in found if semester == c.semester or region == c.region_code])
    return {
        "code": code, "semester": semester, "region": region, "empty": not found,
        "codes": {card.instrument.code: card.instrument.title for card in everything},
        "semesters": [Semester.read(one) for one in semesters], "regions": [(one, region_name(one)) for one in regions],
        "across": _table([c for c in found if c.semester == semester], scores, lambda c: region_name(c.region_code)),
        "along": _table([c for c in found if c.region_code == region], scores, lambda c: c.half.name),
        "moved": _moved([c for c in found if c.region_code == region], scores, semester),
    }  # fmt: skip


def _chosen(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else (known[0] if known else "")


def _table(cards: list[Card], scores: dict[int, Result], name: Any) -> dict[str, Any]:
    """Rows over the questions common to all, the heads of sections, and what is left out."""
    ordered = sorted(cards, key=lambda card: (card.semester, card.region_code))
    rows, left = heat([(name(card), scores[card.pk]) for card in ordered])
    sections = ordered[-1].instrument.form.bagian if ordered else ()
    lines = [
        Line(card, row.name, [(value, _shade(value)) for value in (row.percent, *row.sections)])
        for card, row in zip(ordered, rows, strict=True)
    ]
    return {"lines": lines, "sections": sections, "left": left, "open": any(c.state != State.CLOSED for c in cards)}


def _shade(value: float | None) -> str:
    """The class of its colour; none where there is no number."""
    return "" if value is None else SHADES[sum(value >= step for step in STEPS)]


def _moved(cards: list[Card], scores: dict[int, Result], semester: str) -> dict[str, Any] | None:
    """The card of a semester against the one before it."""
    now = next((card for card in cards if card.semester == semester), None)
    earlier = [card for card in cards if card.semester < semester]
    if now is None or not earlier:
        return None
    then = max(earlier, key=lambda card: card.semester)
    found = difference(scores[then.pk], scores[now.pk])
    return {"then": then, "now": now, "difference": found}
