"""The desk: what lies on it, one petition, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.masking import mask_text
from jangkau.apps.audit.reveal import reveal
from jangkau.apps.intake.grid import cells
from jangkau.apps.requests.desks import ANSWER, LEVELS
from jangkau.apps.requests.models import Kind, Petition
from jangkau.apps.requests.office import actions, selectors
from jangkau.apps.requests.office.forms import AnswerForm, FilterForm, MendForm, NoteForm, StopForm
from jangkau.apps.requests.office.known import Known, known
from jangkau.apps.requests.words import ABOUT, DESKS, words_of
from jangkau.core.kernel.problems import Problem

PER_PAGE = 50


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("requests.view")
def petitions(request: HttpRequest) -> HttpResponse:
    """By group; those on one's own desk first."""
    form = FilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    counts = selectors.counts(_user(request), asked)
    group = asked.get("kelompok") or ("meja" if counts["meja"] else "terbuka")
    page = Paginator(selectors.petitions(_user(request), {**asked, "kelompok": group}), PER_PAGE)
    context = {
        "form": form, "group": group, "page": page.get_page(request.GET.get("page")), "desks": DESKS,
        "groups": [(name, words, counts[name]) for name, words in selectors.GROUPS.items()],
        "narrowed": bool(asked.get("cari") or asked.get("jenis")),
    }  # fmt: skip
    return render(request, "requests/petitions.html", context)


def _found(request: HttpRequest, pk: int, permission: str) -> Petition:
    return find(request, Petition.objects.select_related("consent", "shipment"), permission, pk=pk)


@needs("requests.view")
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """One petition."""
    return _page(request, _found(request, pk, "requests.view"))


def _page(
    request: HttpRequest, shown: Petition, wrong: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    steps = [(step, words_of(shown.kind, step.answer)) for step in shown.steps.select_related("by").order_by("-pk")]
    found = known(shown)
    context: dict[str, Any] = {
        "petition": shown, "known": found, "steps": steps, "desk": DESKS[shown.level],
        "about": ABOUT.get(shown.about), "may_answer": allowed(request.user, ANSWER, shown.region_code),
        "may_list": allowed(request.user, "intake.upload", shown.region_code),
        "may_see_people": allowed(request.user, "people.view", shown.region_code),
        "may_reveal": allowed(request.user, ANSWER, shown.region_code), "top": shown.level == LEVELS[-1],
        "answer_form": AnswerForm(kind=shown.kind), "stop_form": StopForm(),
        "mend_form": MendForm(cells=_cells(found)) if shown.kind == Kind.WRONG else None,
        "note_form": NoteForm(auto_id="catat_%s"), "up_form": NoteForm(auto_id="naik_%s"),
    }  # fmt: skip
    return render(request, "requests/petition.html", context | (wrong or {}), status=status)


def _done(request: HttpRequest, pk: int, action: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to the petition, with what was done or why it could not be."""
    try:
        action()
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
    else:
        messages.success(request, said)
    return redirect("petition", pk)


@needs("requests.answer")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    shown = _found(request, pk, ANSWER)
    form = AnswerForm(request.POST, kind=shown.kind)
    if not form.is_valid():
        return _page(request, shown, {"answer_form": form}, 422)
    told = form.cleaned_data
    by = _user(request)
    return _done(request, pk, lambda: actions.answer(shown, told["jawaban"], told["catatan"], by=by), _("Terjawab."))


@needs("intake.upload")
@require_POST
def enlist(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the person on the village's list."""
    shown = _found(request, pk, "intake.upload")
    return _done(request, pk, lambda: actions.enlist(shown, by=_user(request)), _("Tercatat di daftar usulan."))


@needs("requests.answer")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the person out of lists and memberships."""
    shown, form = _found(request, pk, ANSWER), StopForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, {"stop_form": form}, 422)
    met = form.cleaned_data["bertemu"]
    return _done(
        request, pk, lambda: actions.stop(shown, met, by=_user(request)), _("Dihentikan. Sekarang jawab orangnya.")
    )


@needs("requests.answer")
@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a cell of the list."""
    shown = _found(request, pk, ANSWER)
    form = MendForm(request.POST, cells=_cells(known(shown)))
    if not form.is_valid():
        return _page(request, shown, {"mend_form": form}, 422)
    told, by = form.cleaned_data, _user(request)
    return _done(request, pk, lambda: actions.mend(shown, told["sel"], told["isi"], by=by), _("Sudah dibetulkan."))


def _cells(found: Known) -> list[tuple[str, str]]:
    """Every cell of the rows that name who asked."""
    return [
        (f"{row.pk}:{line.kolom}", f"{line.title}: {mask_text(line.content) or '–'} ({row.file.name} {row.baris})")
        for row in found.rows for line in cells(row.file, row)
    ]  # fmt: skip


@needs("requests.answer")
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it is."""
    shown, form = _found(request, pk, ANSWER), NoteForm(request.POST, auto_id="catat_%s")
    if not form.is_valid():
        return _page(request, shown, {"note_form": form}, 422)
    text = form.cleaned_data["alasan"]
    return _done(request, pk, lambda: actions.note(shown, text, by=_user(request)), _("Tercatat."))


@needs("requests.answer")
@require_POST
def hand_up(request: HttpRequest, pk: int) -> HttpResponse:
    """To the desk above."""
    shown, form = _found(request, pk, ANSWER), NoteForm(request.POST, auto_id="naik_%s")
    if not form.is_valid():
        return _page(request, shown, {"up_form": form}, 422)
    why = form.cleaned_data["alasan"]
    return _done(request, pk, lambda: actions.hand_up(shown, why, by=_user(request)), _("Diteruskan."))


@needs("requests.answer")
@require_POST
def reveal_nik(request: HttpRequest, pk: int) -> HttpResponse:
    """The NIK in full, to hold it against the identity card."""
    return reveal(request, _found(request, pk, ANSWER), "nik", back=reverse("petition", args=[pk]))
