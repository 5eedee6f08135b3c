"""Deciding on a pair, and taking a decision back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.linkage import actions, effects
from jangkau.apps.linkage.decisions import pair_of, standing, turned
from jangkau.apps.linkage.local import reopen
from jangkau.apps.linkage.models import Decision, Link, Turn
from jangkau.core.kernel.problems import Problem

LONGEST_LOOK = timedelta(minutes=10)  # a pair held longer than this was left lying


@transaction.atomic
def decide(link: Link, keputusan: str, *, by: User, reason: str = "") -> Decision:
    """Keep what a clerk says of a pair, with its effect at once.

    With a `reason` it is a correction from a person's page, which any pair may get; else the pair must wait for this
    clerk. Raises PASANGAN_SUDAH_DIPUTUS.
    """
    return decide_together([link], keputusan, by=by, reason=reason)[0]


@transaction.atomic
def decide_together(links: Iterable[Link], keputusan: str, *, by: User, reason: str) -> list[Decision]:
    """One word on several pairs as one correction, which is taken back whole."""
    at = timezone.now()
    told = [_keep(link, keputusan, by, reason, at) for link in links]
    effects.renew([pair_of(made) for made, _before in told])
    for made, before in told:
        after = {"keputusan": keputusan, "register": made.register}
        record("linkage.decide", by=by, thing=made, before=before, after=after, reason=reason)
    return [made for made, _before in told]


def _keep(link: Link, keputusan: str, by: User, reason: str, at: datetime) -> tuple[Decision, dict[str, Any]]:
    """The decision, and what the pair was before."""
    held = Link.objects.select_for_update().select_related("member").get(pk=link.pk) if link.pk else link
    pair = (held.member.id_usulan, held.register, held.id_register)
    words = standing(pair)
    if not reason and (held.turn == Turn.NONE or by.pk in {word.by_id for word in words}):
        raise Problem("PASANGAN_SUDAH_DIPUTUS")
    if reason:
        _retire([*words, *standing(turned(pair))], by)
    made = Decision.objects.create(
        id_usulan=pair[0], register=pair[1], id_register=pair[2], keputusan=keputusan,
        peluang=words[0].peluang if words else held.peluang, sidik=held.member.sidik, region_code=held.region_code,
        turn=held.turn, reason=reason, by=by, at=at, seconds=_seconds(held, by),
    )  # fmt: skip
    return made, {"keputusan": held.keputusan, "peluang": held.peluang}


def _retire(words: list[Decision], by: User) -> None:
    """A correction with a reason stands alone: what was said before is taken back."""
    Decision.objects.filter(pk__in=[word.pk for word in words]).update(undone_at=timezone.now(), undone_by=by)


def _seconds(link: Link, by: User) -> float | None:
    """How long the clerk had the pair on screen."""
    if link.held_by_id != by.pk or link.held_until is None:
        return None
    return max(0.0, (timezone.now() - (link.held_until - LONGEST_LOOK)).total_seconds())


@transaction.atomic
def undo(decision: Decision, *, by: User) -> Decision:
    """Take a decision back, and with it the whole correction that it is part of. What it changed is as it was; where a
    run has already built on it, the pair is open again at once and a run that settles the rest is queued."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.undone_at:
        return decision
    words = list(_whole(decision).select_for_update())
    _retire(words, by)
    effects.renew([pair_of(word) for word in words])
    known = [word for word in words if word.run_id]
    for word in known:
        _open_again(word)
    if known:
        actions.start(by=by)
    for word in words:
        before = {"keputusan": word.keputusan}
        record("linkage.undo", by=by, thing=word, before=before, region_code=word.region_code)
    decision.refresh_from_db()
    return decision


def _whole(decision: Decision) -> "QuerySet[Decision]":
    """The decisions made with this one: those of one correction."""
    if not decision.reason:
        return Decision.objects.filter(pk=decision.pk)
    return Decision.objects.filter(by=decision.by_id, at=decision.at, reason=decision.reason, undone_at=None)


def _open_again(decision: Decision) -> None:
    link = effects.link_of(pair_of(decision))
    if link and link.pk and not standing(pair_of(decision)):
        reopen(link, Turn.FIRST, decision.peluang or 0.0)
