"""Filling a card: question by question, each saved by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import needs, require, within
from jangkau.apps.scorecards import actions, selectors
from jangkau.apps.scorecards.forms import OpenForm, TextForm
from jangkau.apps.scorecards.models import Card, Evidence
from jangkau.apps.scorecards.sight import Sight, sight
from jangkau.apps.scorecards.views import find_card, known_question, listed, page, to_question, user_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.semester import Semester


@needs("scorecards.fill")
@require_POST
def open_card(request: HttpRequest) -> HttpResponse:
    """A new card."""
    form = OpenForm(request.POST, user=user_of(request))
    if not form.is_valid():
        return listed(request, form, 422)
    told = form.cleaned_data
    require(request, selectors.FILL, told["wilayah"])
    semester = Semester.read(told["semester"])
    try:
        card = actions.open_card(told["instrumen"], told["wilayah"], semester, by=user_of(request))
    except Problem as problem:
        form.add_error(None, f"{problem.pesan} {problem.saran}")
        return listed(request, form, 422)
    return redirect("scorecard", card.pk)


@needs("scorecards.fill")
@require_POST
def answer(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Save one answer; a browser with JavaScript gets what changed, any other the page."""
    card = find_card(request, pk, selectors.FILL)
    known_question(card, code)
    wrong = ""
    try:
        actions.answer(card, code, request.POST.dict(), by=user_of(request))
    except Problem as problem:
        wrong = f"{problem.pesan} {problem.saran}"
    if request.headers.get("HX-Request"):
        return _changed(request, card, code, wrong)
    return page(request, card, wrong, 422) if wrong else to_question(card, code)


def _changed(request: HttpRequest, card: Card, code: str, wrong: str) -> HttpResponse:
    """Whether it was saved, the score anew, and the questions that hang on this one."""
    seen = sight(card, user_of(request))
    context = {"card": card, "sight": seen, "line": seen.line(code), "wrong": wrong, "behind": _behind(seen, code)}
    return render(request, "scorecards/parts/saved.html", context)


def _behind(seen: Sight, code: str) -> list[object]:
    """Lines of the questions asked because of this one, and of those asked because of them."""
    hanging, found = {code}, []
    for _section, lines in seen.sections:
        for line in lines:
            if line.question.bila and line.question.bila.pertanyaan in hanging:
                hanging.add(line.question.kode)
                found.append(line)
    return list(found)


@needs("scorecards.fill")
@require_POST
def add_evidence(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Attach a file to a question."""
    card = find_card(request, pk, selectors.FILL)
    known_question(card, code)
    upload = request.FILES.get("berkas")
    if upload is None:
        return page(request, card, _("Pilih berkasnya dahulu."), 422)
    try:
        actions.add_evidence(card, code, upload, by=user_of(request))
    except Problem as problem:
        return page(request, card, f"{code}: {problem.pesan} {problem.saran}", 422)
    return to_question(card, code)


@needs("scorecards.fill")
@require_POST
def drop_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off."""
    rows = Evidence.objects.select_related("card").filter(within(request.user, selectors.FILL, "card__region_code"))
    evidence = get_object_or_404(rows, pk=pk)
    actions.drop_evidence(evidence, by=user_of(request))
    return to_question(evidence.card, evidence.code)


@needs("scorecards.fill")
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the card to the evaluators."""
    card = find_card(request, pk, selectors.FILL)
    try:
        actions.send(card, by=user_of(request))
    except Problem as problem:
        return page(request, card, f"{problem.pesan} {problem.saran}", 422)
    messages.success(request, _("Kartu terkirim. Evaluator diberi tahu."))
    return redirect("scorecard", pk)


@needs("scorecards.fill")
@require_POST
def reply(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Answer a comment of the evaluator."""
    card, form = find_card(request, pk, selectors.FILL), TextForm(request.POST)
    known_question(card, code)
    if not form.is_valid():
        return page(request, card, _("Tulis tanggapannya dahulu."), 422)
    actions.reply(card, code, form.cleaned_data["teks"], by=user_of(request))
    return to_question(card, code)


@needs("scorecards.fill")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a closed card."""
    card, form = find_card(request, pk, selectors.FILL), TextForm(request.POST)
    if not form.is_valid():
        return page(request, card, _("Tulis alasan kartu ini dibuka lagi."), 422)
    made = actions.reopen(card, form.cleaned_data["teks"], by=user_of(request))
    messages.success(request, _("Versi baru dibuka; yang sudah ditutup tetap ada."))
    return redirect("scorecard", made.pk)
