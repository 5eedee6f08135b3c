"""The list of cards, a card, and what is taken away from it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.audit.actions import record
from jangkau.apps.proofs.files import answer
from jangkau.apps.scorecards import exports, judging, selectors
from jangkau.apps.scorecards.forms import OpenForm, places
from jangkau.apps.scorecards.models import Card, Evidence, Instrument, State
from jangkau.apps.scorecards.sight import sight
from jangkau.core.kernel.semester import Semester

PER_PAGE = 40
FILTERS = ("wilayah", "semester", "instrumen", "keadaan")


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    assert isinstance(request.user, User)
    return request.user


def find_card(request: HttpRequest, pk: int, permission: str) -> Card:
    """A card of the user's regions."""
    return find(request, Card.objects.select_related("instrument", "sent_by", "closed_by"), permission, pk=pk)


def known_question(card: Card, code: str) -> str:
    """The code, if the instrument of the card has such a question; else 404."""
    if code not in card.instrument.form.questions:
        raise Http404(code)
    return code


def to_question(card: Card, code: str) -> HttpResponse:
    """Back to a question of the card."""
    answer = redirect("scorecard", card.pk)
    answer.headers["Location"] += f"#soal-{code}"
    return answer


@needs("scorecards.view")
def scorecards(request: HttpRequest) -> HttpResponse:
    """Cards of the user's regions, and opening a new one."""
    return listed(request)


def listed(request: HttpRequest, form: OpenForm | None = None, status: int = 200) -> HttpResponse:
    """The page of the list, with a form that may have mistakes."""
    user = user_of(request)
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    page = Paginator(selectors.cards(user, asked), PER_PAGE).get_page(request.GET.get("page"))
    scores = selectors.results(page)
    may_fill = allowed(user, selectors.FILL)
    context = {
        "page": page, "rows": [(card, scores[card.pk]) for card in page], "asked": asked, "states": State.choices,
        "places": places(user, selectors.VIEW), "narrowed": any(asked.values()),
        "semesters": _semesters(user), "codes": _codes(),
        "form": form or (OpenForm(user=user) if may_fill else None),
    }  # fmt: skip
    return render(request, "scorecards/cards.html", context, status=status)


def _semesters(user: User) -> list[Semester]:
    own = Card.objects.filter(within(user, selectors.VIEW)).order_by("-semester")
    return [Semester.read(code) for code in own.values_list("semester", flat=True).distinct()]


def _codes() -> dict[str, str]:
    """Instruments by code, with the title of the newest version."""
    return dict(Instrument.objects.order_by("pk").values_list("code", "title"))


@needs("scorecards.view")
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """One card."""
    return page(request, find_card(request, pk, selectors.VIEW))


def page(request: HttpRequest, card: Card, wrong: str = "", status: int = 200) -> HttpResponse:
    """The page of a card; `wrong` is what stopped the last step."""
    return render(request, "scorecards/card.html", {**context(request, card), "wrong": wrong}, status=status)


def context(request: HttpRequest, card: Card) -> dict[str, Any]:
    """Everything about a card."""
    others = Card.objects.filter(
        instrument__code=card.instrument.code, region_code=card.region_code, semester=card.semester
    ).exclude(pk=card.pk)
    return {
        "card": card, "sight": sight(card, user_of(request)), "others": list(others.order_by("number")),
        "follow_ups": list(card.follow_ups.all()),
        "intact": judging.intact(card) if card.state == State.CLOSED else None,
    }  # fmt: skip


@needs("scorecards.view")
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The card for paper."""
    return render(request, "scorecards/print.html", context(request, find_card(request, pk, selectors.VIEW)))


@needs("scorecards.view")
def excel(request: HttpRequest, pk: int) -> FileResponse:
    """The card as a workbook; each download is on record."""
    card = find_card(request, pk, selectors.VIEW)
    record("scorecards.export", by=user_of(request), thing=card, after={"bentuk": "xlsx"})
    file = exports.as_xlsx(sight(card, user_of(request)))
    return FileResponse(file, as_attachment=True, filename=f"{exports.name(card)}.xlsx")


@needs("scorecards.view")
def csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The answers as CSV; each download is on record."""
    card = find_card(request, pk, selectors.VIEW)
    record("scorecards.export", by=user_of(request), thing=card, after={"bentuk": "csv"})
    lines = exports.as_csv(sight(card, user_of(request)))
    headers = {"Content-Disposition": f'attachment; filename="{exports.name(card)}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@needs("scorecards.view")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of evidence; each look is on record."""
    rows = Evidence.objects.select_related("card")
    shown = get_object_or_404(rows.filter(within(request.user, selectors.VIEW, "card__region_code")), pk=pk)
    record("scorecards.file", by=user_of(request), thing=shown.card, after={"sha256": shown.sha256})
    return answer(shown.file, f"{shown.card}-{shown.code}-{shown.pk}")
