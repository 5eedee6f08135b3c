"""Public pages. None needs JavaScript, none keeps what was typed, none has it in its address."""

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from jangkau.apps.portal import cover, coverage, doors, facts, limits, prints
from jangkau.apps.portal.family import dues
from jangkau.apps.portal.forms import WORK, CheckForm, FamilyForm, HeirForm, PlaceForm
from jangkau.apps.portal.models import Office
from jangkau.apps.portal.offices import Near, near
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import region_name
from jangkau.core.enrolment.letters import leaflet_pdf
from jangkau.core.law.book import Book
from jangkau.core.law.claims import claim
from jangkau.core.law.typical import wage_base
from jangkau.core.tables.common import OCCUPATIONS

_WAGE = 1_000_000


@doors.page
def home(request: HttpRequest) -> HttpResponse:
    """What it is and what it is not, what it costs today, what a family gets, how to claim."""
    on, book = timezone.localdate(), Book.load()
    context = {
        "gifts": facts.gifts(on, _WAGE, book),
        "ribbon": facts.ribbon(on, book),
        "price": facts.price(on, book=book),
        "claiming": facts.claiming(on, book),
    }
    return render(request, "portal/home.html", context | {"on": on})


@doors.page
def questions(request: HttpRequest) -> HttpResponse:
    """Questions and answers, who can join, how to pay oneself."""
    on = timezone.localdate()
    return render(
        request,
        "portal/questions.html",
        {"price": facts.price(on), "claiming": facts.claiming(on, Book.load()), "on": on},
    )


@doors.form
def family(request: HttpRequest) -> HttpResponse:
    """What my family would get, each amount with its condition, and what a month costs me today."""
    form = FamilyForm(request.POST if request.method == "POST" else None)
    found = _family(form) if form.is_bound and form.is_valid() else None
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "portal/family.html", {"form": form, "found": found}, status=status)


def _family(form: FamilyForm) -> dict[str, Any]:
    on, book, given = timezone.localdate(), Book.load(), form.cleaned_data
    wage = wage_base(on, given["penghasilan"], book)
    event = form.event(on, wage)
    due = claim(event, book)
    return {
        "claim": due,
        "total": facts.money(due.total),
        "dues": dues(event, book),
        "work": given["sebab"] == "KERJA",
        "price": facts.price(on, given["penghasilan"], given["pekerjaan"], book),
        "wage": wage,
    }


@doors.form
def check(request: HttpRequest) -> HttpResponse:
    """Am I covered: yes with the month, or not yet; the same for everybody who is not."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    return _answered(request, "cek", form, lambda given: timezone.localdate())


@doors.form
def heirs(request: HttpRequest) -> HttpResponse:
    """Was somebody who died covered on that day."""
    form = HeirForm(request.POST if request.method == "POST" else None)
    return _answered(request, "waris", form, lambda given: given["meninggal"])


def _answered(request: HttpRequest, kind: str, form: CheckForm, day: Any) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "kind": kind, "most": settings.CHECKS_A_DAY, "edition": cover.newest()}
    if not form.is_bound:
        return render(request, "portal/check.html", context)
    if not form.is_valid():
        return render(request, "portal/check.html", context, status=422)
    if not limits.may_ask(limits.CHECK, kind, request.META.get("REMOTE_ADDR", ""), timezone.now()):
        return render(request, "portal/check.html", context | {"too_often": True}, status=429)
    given = form.cleaned_data
    on: date = day(given)
    until = cover.covered_until(given["nik"], given["lahir"], on)
    return render(request, "portal/answer.html", context | {"until": until, "ending": given["nik"][-4:], "on": on})


@doors.page
def howto(request: HttpRequest) -> HttpResponse:
    """How to pay oneself, and what it costs by income."""
    on, book = timezone.localdate(), Book.load()
    context = {"price": facts.price(on, book=book), "claiming": facts.claiming(on, book), "on": on}
    return render(request, "portal/howto.html", context | {"steps": facts.steps(on, book)})


@doors.page
def claiming(request: HttpRequest) -> HttpResponse:
    """How to claim, with the papers to tick."""
    on, book = timezone.localdate(), Book.load()
    context = {"claiming": facts.claiming(on, book), "lists": facts.checklists(on, book), "on": on}
    return render(request, "portal/claim_page.html", context)


@doors.page
def offices(request: HttpRequest) -> HttpResponse:
    """Where to go, by kabupaten."""
    form = PlaceForm(request.GET or None)
    if form.is_valid():
        return redirect("portal_offices_near", form.cleaned_data["kecamatan"])
    groups = groupby(Office.objects.all(), lambda office: office.kode_wilayah[:4])
    places = [(region_name(code), [Near(one, None) for one in group]) for code, group in groups]
    return render(request, "portal/offices.html", {"places": places, "form": form})


@doors.page
def offices_near(request: HttpRequest, kecamatan: str) -> HttpResponse:
    """Where to go from a kecamatan, the nearest first."""
    place = get_object_or_404(Region, code=kecamatan, level="kecamatan")
    return render(request, "portal/offices_near.html", {"place": place, "found": near(kecamatan)})


_KABUPATEN = ("provinsi", "kabupaten", "kota")


@doors.page
def covered(request: HttpRequest, code: str = "") -> HttpResponse:
    """How many are covered in a kabupaten, as published."""
    places = Region.objects.filter(level__in=_KABUPATEN).order_by("code")
    place = get_object_or_404(places, code=code) if code else None
    told = coverage.told(code) if code else []
    return render(request, "portal/coverage.html", {"places": places, "place": place, "told": told})


@doors.page
def materials(request: HttpRequest) -> HttpResponse:
    """Leaflets and posters, by occupation."""
    return render(request, "portal/materials.html", {"works": [(code, WORK[code]) for code in OCCUPATIONS]})


@doors.page
def material(request: HttpRequest, kind: str, work: str) -> HttpResponse:
    """One of them, as PDF."""
    code = work.upper()
    if code not in OCCUPATIONS or kind not in prints.KINDS:
        raise Http404
    made = prints.pdf(kind, code, timezone.localdate())
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{kind}-{work}.pdf"'
    return answer


@doors.page
def leaflet(request: HttpRequest) -> HttpResponse:
    """The leaflet to print."""
    answer = HttpResponse(leaflet_pdf(timezone.localdate()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="selebaran-klaim.pdf"'
    return answer
