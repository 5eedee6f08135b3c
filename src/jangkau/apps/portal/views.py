"""Public pages. None needs JavaScript, none keeps what was typed, none has it in its address."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jangkau.apps.portal import cover, doors, facts, limits
from jangkau.apps.portal.forms import CheckForm, FamilyForm, HeirForm
from jangkau.core.enrolment.letters import leaflet_pdf
from jangkau.core.law.book import Book
from jangkau.core.law.claims import claim

_WAGE = 1_000_000


@doors.page
def home(request: HttpRequest) -> HttpResponse:
    """What it is and what it is not, what it costs today, what a family gets, how to claim."""
    on, book = timezone.localdate(), Book.load()
    context = {
        "gifts": facts.gifts(on, _WAGE, book),
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
    wage = facts.wage_base(on, given["penghasilan"], book)
    due = claim(form.event(on, wage), book)
    return {
        "claim": due,
        "total": facts.money(due.total),
        "parts": [(name, facts.money(amount)) for name, amount in due.parts.items() if amount],
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
def leaflet(request: HttpRequest) -> HttpResponse:
    """The leaflet to print."""
    answer = HttpResponse(leaflet_pdf(timezone.localdate()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="selebaran-klaim.pdf"'
    return answer
