"""Match review: one pair at a time, and the page of a pair."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, within
from jangkau.apps.linkage import actions, queue, selectors
from jangkau.apps.linkage import review as deciding
from jangkau.apps.linkage.agreement import agreement
from jangkau.apps.linkage.models import Decision, Link
from jangkau.apps.linkage.sight import sight

SKIPPED = "tinjauan_dilewati"
_VERDICTS = ("cocok", "tidak")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@needs("review.view")
def review(request: HttpRequest) -> HttpResponse:
    """The pair whose turn it is, with what comes next; those who only look on hold no pair."""
    user = _user(request)
    may = allowed(user, "review.decide")
    skipped = request.session.get(SKIPPED, [])
    link = queue.take(user, skipped) if may else _onlooker(user)
    run = selectors.last_run()
    context: dict[str, Any] = {
        "sight": sight(link, run) if link else None,
        "may_decide": may,
        "progress": queue.progress(user),
        "next": selectors.soon(user, link),
        "decided": selectors.just_decided(user),
        "agreement": agreement(within(user, "review.view")),
        "run": run,
        **_run_state(user),
    }
    return render(request, "linkage/review.html", context)


def _onlooker(user: User) -> Link | None:
    return queue.waiting(user).select_related("member__person").first()


def _run_state(user: User) -> dict[str, Any]:
    return {
        "job": selectors.last_job(),
        "unsettled": selectors.unsettled(user),
        "may_run": allowed(user, "linkage.run"),
    }


def _link(request: HttpRequest, pk: int, permission: str) -> Link:
    return find(request, Link.objects.select_related("member__person"), permission, pk=pk)


@needs("review.view")
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair: its evidence and everything that was said of it."""
    link = _link(request, pk, "review.view")
    mine = any(word.by_id == request.user.pk and not word.undone_at for word in selectors.history(link))
    blind = link.turn == "kedua" and not mine and allowed(request.user, "review.decide")
    context = {
        "sight": sight(link, selectors.last_run()),
        "history": [] if blind else selectors.history(link),
        "blind": blind,
        "may_decide": allowed(request.user, "review.decide", link.region_code),
        "open": queue.waiting(_user(request)).filter(pk=pk).exists(),
    }
    return render(request, "linkage/pair.html", context)


@needs("review.decide")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Y, N or S on a pair."""
    link = _link(request, pk, "review.decide")
    word = request.POST.get("keputusan", "")
    if word in _VERDICTS:
        deciding.decide(link, word, by=_user(request))
        _finished(request)
    elif word == "lewati":
        queue.let_go(link, _user(request))
        request.session[SKIPPED] = [*request.session.get(SKIPPED, []), pk][-200:]
    else:
        messages.error(request, _("Pilih orang yang sama, orang lain, atau lewati."))
    return redirect("review")


def _finished(request: HttpRequest) -> None:
    """The last pair decided asks for the run that settles the rest."""
    user = _user(request)
    if allowed(user, "linkage.run") and not queue.waiting(user).exists():
        actions.start(by=user)


@needs("review.decide")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one decision back: the clerk's own, or another's with the same right in the region."""
    decision = find(request, Decision.objects.all(), "review.decide", pk=pk)
    _undo(request, decision)
    link = Link.objects.filter(
        member__id_usulan=decision.id_usulan, register=decision.register, id_register=decision.id_register
    ).first()
    return redirect("review_pair", link.pk) if link else redirect("review")


@needs("review.decide")
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """U: take back the clerk's own last decision, and show that pair again."""
    decision = queue.last_of(_user(request))
    if decision is None:
        messages.info(request, _("Belum ada keputusan Anda yang dapat dibatalkan."))
    else:
        _undo(request, decision)
    return redirect("review")


def _undo(request: HttpRequest, decision: Decision) -> None:
    deciding.undo(decision, by=_user(request))
    words = _("Keputusan dibatalkan; semuanya kembali seperti sebelumnya.")
    if decision.run_id:
        words = _(
            "Keputusan dibatalkan, pasangannya terbuka lagi. Akibat lainnya dipulihkan pencocokan yang dijadwalkan."
        )
    messages.success(request, words)


@needs("linkage.run")
def run(request: HttpRequest) -> HttpResponse:
    """Start a run (POST); how far the last one is, as a fragment that renews itself."""
    if request.method == "POST":
        actions.start(by=_user(request))
        if not request.headers.get("HX-Request"):
            return redirect("review")
    return render(request, "linkage/parts/run.html", _run_state(_user(request)))
