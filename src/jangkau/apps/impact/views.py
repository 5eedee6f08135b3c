"""Pages of estimates: the list, one plan, plans beside one another, a family, and what all rest on."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, scope
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.exports import Cell, csv_lines
from jangkau.apps.impact import actions, charts, selectors, shown
from jangkau.apps.impact.forms import BasisForm, FamilyForm
from jangkau.apps.impact.models import Basis, BasisKind
from jangkau.apps.planning.models import Plan
from jangkau.apps.regions.models import Region
from jangkau.core.impact import Event, Household
from jangkau.core.impact import family as of_family
from jangkau.core.impact.family import EVENTS
from jangkau.core.impact.words import MEANING, caveats
from jangkau.core.kernel.month import month_text
from jangkau.core.law.book import Book

_PAGE, _MOST = 50, 6
_GROUP = ("menurut", "kelas", "orang", "iuran", "P0", "P1", "P2", "kematian", "manfaat")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _found(request: HttpRequest, pk: int) -> Plan:
    return find(request, selectors.plans(_user(request)), selectors.VIEW, pk=pk)


@needs("impact.view")
def impacts(request: HttpRequest) -> HttpResponse:
    """Plans of the user's regions, with what each is expected to do."""
    page = Paginator(selectors.plans(_user(request)), _PAGE).get_page(request.GET.get("page"))
    known = selectors.estimates(list(page.object_list))
    rows = [(plan, estimate, _headline(estimate.result) if estimate else None) for plan in page.object_list
            for estimate in [known.get(plan.pk)]]  # fmt: skip
    return render(request, "impact/index.html", {"page": page, "rows": rows})


def _headline(result: dict[str, Any]) -> list[shown.Figure]:
    figures = shown.figures(result)
    return [figures[0], figures[-1]]


@needs("impact.view")
def impact(request: HttpRequest, pk: int) -> HttpResponse:
    """What one plan is expected to do; while that is being worked out, how far it is."""
    standing = selectors.standing(_found(request, pk))
    if request.headers.get("HX-Request"):
        answer = render(request, "impact/parts/progress.html", {"standing": standing})
        if not standing.running:
            answer.headers["HX-Refresh"] = "true"
        return answer
    context = {"standing": standing, "failed": selectors.failed(standing.job)}
    return render(
        request, "impact/plan.html", context | (_detail(standing.estimate.result) if standing.estimate else {})
    )


def _detail(result: dict[str, Any]) -> dict[str, Any]:
    moving = shown.swings(result)
    return {
        "result": result,
        "assumptions": shown.assumptions(result["asumsi"]),
        "figures": shown.figures(result),
        "groups": shown.groups(result),
        "years": shown.years(result),
        "swings": moving,
        "tornado": charts.tornado(moving, result["P0"]["nilai"]),
        "evenness": shown.evenness(result),
        "curves": charts.curves(result["pemerataan"]),
    }


@needs("impact.view")
@require_POST
def work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a plan's estimate made."""
    plan = _found(request, pk)
    actions.ask(plan, by=_user(request))
    return redirect("impact", plan.pk)


@needs("impact.view")
def download(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """All breakdowns of a plan's estimate as one CSV."""
    plan = _found(request, pk)
    estimate = plan.estimates.first()
    if estimate is None:
        return redirect("impact", plan.pk)
    record("impact.download", by=_user(request), thing=plan)
    by = estimate.result["menurut"]
    rows: list[list[Cell]] = [
        [key, str(row[key]), *(row.get(name) for name in _GROUP[2:])] for key, rows in by.items() for row in rows
    ]
    headers = {"Content-Disposition": f'attachment; filename="dampak-{plan.region_code}-ke-{plan.number}.csv"'}
    head: list[list[Cell]] = [list(_GROUP)]
    return StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8", headers=headers)


@needs("impact.view")
def compare(request: HttpRequest) -> HttpResponse:
    """Plans beside one another by what is expected of them: advice, never an order to follow."""
    asked = [int(text) for text in request.GET.getlist("rencana") if text.isdecimal()][:_MOST]
    chosen = list(selectors.plans(_user(request)).filter(pk__in=asked))
    known = selectors.estimates(chosen)
    rows = [
        (plan, known[plan.pk].result["ringkas"], shown.figures(known[plan.pk].result)[0])
        for plan in chosen
        if plan.pk in known
    ]
    rows.sort(key=lambda row: -row[1]["P0"])
    waiting = [plan for plan in chosen if plan.pk not in known]
    return render(request, "impact/compare.html", {"rows": rows, "waiting": waiting})


@needs("impact.view")
def family(request: HttpRequest) -> HttpResponse:
    """One family month by month, with and without cover."""
    places = list(Region.objects.filter(level__in=("provinsi", "kabupaten")).values_list("code", "name"))
    start = {"bulan": month_text(timezone.localdate().year * 12 + timezone.localdate().month - 1)}
    form = FamilyForm(request.GET or None, places=places, initial=start | _own_place(request, places))
    found = _family(form.cleaned_data) if form.is_bound and form.is_valid() else None
    context = {"form": form, "found": found, "chart": charts.family(found) if found else None}
    return render(request, "impact/family.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


def _own_place(request: HttpRequest, places: list[tuple[str, str]]) -> dict[str, str]:
    own = next((code[:4] for code in scope(_user(request), selectors.VIEW)), "")
    return {"wilayah": own} if own in dict(places) else {}


def _family(asked: dict[str, Any]) -> dict[str, Any]:
    known = selectors.assumptions(asked["bulan"])
    home = Household(asked["wilayah"], asked["desil"], asked["anggota"], asked["pengeluaran"], selectors.survey_model())
    event = Event(EVENTS[asked["peristiwa"]], asked["bulan"], asked["dibayar"])
    found = of_family(home, event, known, Book.load())
    return found | {name: round(found[name]) for name in ("semula", "garis")}


@needs("impact.view")
def bases(request: HttpRequest) -> HttpResponse:
    """What every estimate rests on: assumptions with range and source, the survey's model, and files that replaced."""
    return render(request, "impact/bases.html", _bases(request))


def _bases(request: HttpRequest, form: BasisForm | None = None) -> dict[str, Any]:
    month = timezone.localdate().year * 12 + timezone.localdate().month - 1
    model = selectors.survey_model()
    return {
        "assumptions": shown.assumptions([asdict(a) for a in selectors.assumptions(month).values()]),
        "model": model,
        "fitted": shown.fitted(model) if model else None,
        "bases": Basis.objects.select_related("by", "withdrawn_by"),
        "in_use": {basis.pk for kind in BasisKind for basis in [selectors.in_use(kind)] if basis},
        "may_edit": allowed(request.user, "settings.edit"),
        "form": form or BasisForm(),
        "caveats": [MEANING, *caveats(surveyed=model is not None)],
    }


@needs("settings.edit")
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Put a file of assumptions or a survey's model in use."""
    form = BasisForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "impact/bases.html", _bases(request, form), status=422)
    file = form.cleaned_data["file"]
    actions.give(BasisKind(form.cleaned_data["kind"]), file.name, file.read(), by=_user(request))
    messages.success(request, _("Dipakai untuk perhitungan berikutnya. Perkiraan yang sudah ada tidak berubah."))
    return redirect("impact_bases")


@needs("settings.edit")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of use."""
    actions.withdraw(find(request, Basis.objects.all(), "settings.edit", None, pk=pk), by=_user(request))
    return redirect("impact_bases")
