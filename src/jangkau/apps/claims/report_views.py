"""Reporting a death or accident: find the person, say what happened. Made for a telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.claims import covered, opening
from jangkau.apps.claims.covered import Subject
from jangkau.apps.claims.forms import FindForm, ReportForm
from jangkau.apps.claims.views import user_of
from jangkau.apps.linkage.models import Person
from jangkau.apps.linkage.search import Found, search
from jangkau.core.kernel.problems import Problem

_NIK = 16


@needs("claims.report")
def look(request: HttpRequest) -> HttpResponse:
    """Find somebody by name or NIK in the user's own regions."""
    form = FindForm(request.GET or None)
    found: Found | None = None
    resident: Subject | None = None
    if form.is_valid():
        text = form.cleaned_data["q"]
        found = search(user_of(request), text, permission="claims.report")
        resident = _resident(request, text) if not found.persons else None
    return render(request, "claims/look.html", {"form": form, "found": found, "resident": resident})


def _resident(request: HttpRequest, text: str) -> Subject | None:
    """Somebody of the register whose whole NIK was written, in a region of the user."""
    nik = "".join(sign for sign in text if sign.isdigit())
    found = covered.residents([nik]).get(nik) if len(nik) == _NIK else None
    return found if found and allowed(request.user, "claims.report", found.region_code) else None


@needs("claims.report")
def report(request: HttpRequest) -> HttpResponse:
    """Say what happened; opens the case."""
    source = request.POST if request.method == "POST" else request.GET
    nik = request.POST.get("nik", "")  # never in an address
    subject = _subject(request, source.get("orang", ""), nik)
    if subject is None:
        return redirect("claim_look")
    telling = request.method == "POST" and "pilih" not in request.POST
    start = {"orang": source.get("orang", ""), "nik": nik}
    form = ReportForm(request.POST if telling else None, initial=start)
    if telling and form.is_valid():
        try:
            case = opening.report(subject, form.event, form.cleaned_data["tempat"], by=user_of(request))
        except Problem as problem:
            form.add_error(None, f"{problem.pesan} {problem.saran}")
        else:
            messages.success(request, _("Laporan diterima. Nomor kasusnya %(case)s.") % {"case": case})
            return redirect("claim", case.pk)
    wrong = form.is_bound and not form.is_valid()
    context = {"form": form, "subject": subject}
    return render(request, "claims/report.html", context, status=422 if wrong else 200)


def _subject(request: HttpRequest, key: str, nik: str) -> Subject | None:
    """The person by number, or the resident by NIK, if the user may report there; 404 for anyone elsewhere."""
    if key:
        person = find(request, Person.objects.all(), "claims.report", id_pekerja=key)
        return covered.of_person(person)
    found = covered.residents([nik]).get(nik) if nik else None
    if found:
        require(request, "claims.report", found.region_code)
    return found
