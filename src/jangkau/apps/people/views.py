"""Searching for a person, and everything known of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.reveal import reveal
from jangkau.apps.enrolment.reopening import ended
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.linkage.models import Link, Member, Person, PersonState
from jangkau.apps.linkage.review import undo as take_back
from jangkau.apps.linkage.search import Found, search
from jangkau.apps.linkage.selectors import last_run
from jangkau.apps.people import correct
from jangkau.apps.people.benefits import benefits
from jangkau.apps.people.forms import MergeForm, ReasonForm, SearchForm
from jangkau.apps.people.held import own_months
from jangkau.apps.people.months import memberships, strip
from jangkau.apps.people.story import connections, story
from jangkau.apps.proofs.selectors import warning
from jangkau.apps.registry import selectors as registry
from jangkau.core.law.book import Book
from jangkau.core.reporting.words import reason


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("people.view")
def people(request: HttpRequest) -> HttpResponse:
    """Search by name, NIK, place and year; nothing is shown before something is asked."""
    form = SearchForm(request.GET or None, user=_user(request))
    found: Found | None = None
    if form.is_valid() and form.cleaned_data["q"]:
        asked = form.cleaned_data
        found = search(_user(request), asked["q"], asked["wilayah"], asked["tahun"])
    return render(request, "people/search.html", {"form": form, "found": found})


def _person(request: HttpRequest, key: str, permission: str) -> Person:
    return find(request, Person.objects.all(), permission, id_pekerja=key)


@needs("people.view")
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person. A merged one leads to whom it is part of."""
    shown = _person(request, key, "people.view")
    if shown.state == PersonState.MERGED and shown.merged_into:
        messages.info(request, _("Nomor itu kini bagian dari orang ini."))
        return redirect("person", shown.merged_into.id_pekerja)
    return render(request, "people/person.html", _page(request, shown))


def _page(request: HttpRequest, shown: Person) -> dict[str, Any]:
    members = list(shown.members.order_by("id_usulan"))
    rows = {row.id_usulan: row for row in ProposalRow.objects.filter(
        id_usulan__in=[m.id_usulan for m in members]).select_related("file")}  # fmt: skip
    programme, book = registry.settings(), Book.load()
    contents = Link.objects.filter(member__in=members, register="peserta", keputusan="cocok", isi__isnull=False)
    cards = {key: row or {} for key, row in contents.values_list("id_register", "isi")}
    own, promised = own_months(shown)
    months = strip([*memberships(list(cards.items())), *own], programme.per, book, promised)
    born, said = shown.tanggal_lahir, list(correct.decisions(members))
    return {
        "person": shown,
        "age": born
        and programme.per.year - born.year - ((programme.per.month, programme.per.day) < (born.month, born.day)),
        "as_of": programme.per,
        "strip": months,
        "benefits": benefits(months, programme.per, programme.start),
        "story": story(shown, rows.values(), said, months),
        "corrections": correct.standing(said),
        "links": connections(members),
        "reasons": [reason(code) for code in shown.reasons],
        "run": last_run(),
        "source": registry.current("peserta"),
        "members": [(member, rows.get(member.id_usulan)) for member in members],
        "over": ended(shown) if allowed(request.user, "enrolment.reopen", shown.region_code) else None,
        "warned": warning(shown, months.registered),
        "may_report": allowed(request.user, "claims.report", shown.region_code),
        "may_see_proofs": allowed(request.user, "proofs.view", shown.region_code),
        "may_reveal": allowed(request.user, "people.reveal", shown.region_code),
        "may_correct": allowed(request.user, "people.correct", shown.region_code),
        "may_review": allowed(request.user, "review.view", shown.region_code),
        "merge_form": MergeForm(auto_id="gabung_%s"),
    }


@needs("people.reveal")
@require_POST
def reveal_nik(request: HttpRequest, key: str) -> HttpResponse:
    """The NIK in full, with a reason that is kept."""
    shown = _person(request, key, "people.reveal")
    return reveal(request, shown, "nik", back=reverse("person", args=[key]))


@needs("people.correct")
@require_POST
def split(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one row out of the person."""
    shown = _person(request, key, "people.correct")
    member = find(request, Member.objects.filter(person=shown), "people.correct", pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _told(request, shown, form)
    correct.split(member, by=_user(request), reason=form.cleaned_data["alasan"])
    messages.success(request, _("Baris itu kini orang tersendiri. Koreksi ini dapat dibatalkan di bawah."))
    return redirect("person", Member.objects.select_related("person").get(pk=pk).person.id_pekerja)


@needs("people.correct")
@require_POST
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """Join another person with this one."""
    shown = _person(request, key, "people.correct")
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _told(request, shown, form)
    other = _person(request, form.cleaned_data["nomor"], "people.correct")
    member = shown.members.first()
    correct.merge(shown, other, by=_user(request), reason=form.cleaned_data["alasan"])
    messages.success(request, _("Keduanya kini satu orang. Koreksi ini dapat dibatalkan di bawah."))
    after = Member.objects.select_related("person").get(pk=member.pk).person if member else shown
    return redirect("person", after.id_pekerja)


@needs("people.correct")
@require_POST
def undo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a correction of this person back, whole."""
    shown = _person(request, key, "people.correct")
    known = correct.decisions(shown.members.all())
    decision = find(request, known, "people.correct", pk=pk)
    take_back(decision, by=_user(request))
    messages.success(request, _("Koreksi dibatalkan.") if not decision.run_id else _(
        "Koreksi dibatalkan; akibatnya dipulihkan pencocokan yang dijadwalkan."))  # fmt: skip
    row = Member.objects.select_related("person").filter(id_usulan=decision.id_usulan).first()
    return redirect("person", row.person.id_pekerja if row else key)


def _told(request: HttpRequest, shown: Person, form: ReasonForm) -> HttpResponse:
    """The page again, saying what is missing."""
    for name, errors in form.errors.items():
        messages.error(request, f"{form.fields[name].label}: {' '.join(map(str, errors))}")
    return render(request, "people/person.html", _page(request, shown), status=422)
