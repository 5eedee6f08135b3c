"""Deciding on a pair, and taking a decision back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.linkage import actions, effects
from jangkau.apps.linkage.decisions import pair_of, standing
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
    held = Link.objects.select_for_update().select_related("member").get(pk=link.pk) if link.pk else link
    pair = (held.member.id_usulan, held.register, held.id_register)
    words = standing(pair)
    if not reason and (held.turn == Turn.NONE or by.pk in {word.by_id for word in words}):
        raise Problem("PASANGAN_SUDAH_DIPUTUS")
    now = timezone.now()
    made = Decision.objects.create(
        id_usulan=pair[0], register=pair[1], id_register=pair[2], keputusan=keputusan,
        peluang=words[0].peluang if words else held.peluang, sidik=held.member.sidik, region_code=held.region_code,
        turn=held.turn, reason=reason, by=by, at=now, seconds=_seconds(held, by),
    )  # fmt: skip
    if reason:
        words_before = [word for word in words if word.pk != made.pk]
        _retire(words_before, by)
    before = {"keputusan": held.keputusan, "peluang": held.peluang}
    effects.renew(pair)
    record("linkage.decide", by=by, thing=made, before=before, after={"keputusan": keputusan, "register": pair[1]},
           reason=reason)  # fmt: skip
    return made


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
    """Take a decision back. What it changed is as it was; where a run has already built on it, the pair is open again
    at once and a run that settles the rest is queued."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.undone_at:
        return decision
    decision.undone_at, decision.undone_by = timezone.now(), by
    decision.save(update_fields=["undone_at", "undone_by"])
    pair = pair_of(decision)
    effects.renew(pair)
    if decision.run_id:
        _open_again(decision)
        actions.start(by=by)
    record(
        "linkage.undo",
        by=by,
        thing=decision,
        before={"keputusan": decision.keputusan},
        region_code=decision.region_code,
    )
    return decision


def _open_again(decision: Decision) -> None:
    link = effects.link_of(pair_of(decision))
    if link and link.pk and not standing(pair_of(decision)):
        reopen(link, Turn.FIRST, decision.peluang or 0.0)
