"""What evaluators do with a card."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import needs
from jangkau.apps.scorecards import judging, selectors
from jangkau.apps.scorecards.forms import AdviseForm, ProposeForm, TextForm
from jangkau.apps.scorecards.models import Card
from jangkau.apps.scorecards.views import find_card, known_question, page, to_question, user_of
from jangkau.core.kernel.problems import Problem


def _done(request: HttpRequest, card: Card, form: Form, act: Callable[[dict[str, Any]], object]) -> HttpResponse | None:
    """Do it with what the form says; the page of the card with what is wrong, or nothing where it went well."""
    if not form.is_valid():
        return page(request, card, " ".join(str(error) for errors in form.errors.values() for error in errors), 422)
    try:
        act(form.cleaned_data)
    except Problem as problem:
        return page(request, card, f"{problem.pesan} {problem.saran}", problem.kind.http)
    return None


@needs("scorecards.judge")
@require_POST
def comment(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Ask the region something."""
    card, by = find_card(request, pk, selectors.JUDGE), user_of(request)
    known_question(card, code)
    wrong = _done(request, card, TextForm(request.POST), lambda told: judging.comment(card, code, told["teks"], by=by))
    return wrong or to_question(card, code)


@needs("scorecards.judge")
@require_POST
def propose(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Another score for a question."""
    card, by = find_card(request, pk, selectors.JUDGE), user_of(request)
    known_question(card, code)
    form = ProposeForm(request.POST)
    wrong = _done(request, card, form, lambda told: judging.propose(card, code, told["persen"], told["alasan"], by=by))
    return wrong or to_question(card, code)


@needs("scorecards.judge")
@require_POST
def advise(request: HttpRequest, pk: int) -> HttpResponse:
    """A recommendation."""
    card, by = find_card(request, pk, selectors.JUDGE), user_of(request)
    form = AdviseForm(request.POST)
    if code := request.POST.get("soal"):
        known_question(card, code)
    wrong = _done(request, card, form, lambda told: judging.advise(card, told["soal"], told["teks"], by=by))
    return wrong or redirect("scorecard", pk)


@needs("scorecards.judge")
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the region."""
    card, by = find_card(request, pk, selectors.JUDGE), user_of(request)
    wrong = _done(request, card, TextForm(request.POST), lambda told: judging.give_back(card, told["teks"], by=by))
    if wrong is None:
        messages.success(request, _("Kartu dikembalikan; daerah diberi tahu."))
    return wrong or redirect("scorecard", pk)


@needs("scorecards.judge")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the card."""
    card, by = find_card(request, pk, selectors.JUDGE), user_of(request)
    wrong = _done(request, card, TextForm(request.POST), lambda told: judging.close(card, told["teks"], by=by))
    if wrong is None:
        messages.success(request, _("Kartu ditutup dan dibekukan."))
    return wrong or redirect("scorecard", pk)
