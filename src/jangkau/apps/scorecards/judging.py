"""What an evaluator does with a card that was sent. Who fills does not judge."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.scorecards import selectors
from jangkau.apps.scorecards.actions import key_of, locked
from jangkau.apps.scorecards.models import Card, Comment, FollowUp, Judgement, State
from jangkau.core.kernel.problems import Problem


def apart(card: Card, by: User) -> None:
    """Raises KARTU_PENILAI_SENDIRI for whoever opened, filled or sent the card."""
    hands = {card.opened_by_id, card.sent_by_id, *card.answers.values_list("by", flat=True)}
    if by.pk in hands | set(card.evidence.values_list("by", flat=True)):
        raise Problem("KARTU_PENILAI_SENDIRI")


def _judged(card: Card, by: User) -> Card:
    card = locked(card, State.SENT)
    apart(card, by)
    return card


@transaction.atomic
def comment(card: Card, code: str, text: str, *, by: User) -> Comment:
    """Ask the region something about a question. Raises KARTU_TERKUNCI, KARTU_PENILAI_SENDIRI."""
    card = _judged(card, by)
    said = Comment.objects.create(card=card, code=code, text=text, judge=True, by=by)
    link = f"{reverse('scorecard', args=[card.pk])}#soal-{code}"
    tell("scorecard_comment", region_code=card.region_code, link=link, key=f"kartu-komentar-{said.pk}")
    record("scorecards.comment", by=by, thing=card, after={"soal": code})
    return said


@transaction.atomic
def propose(card: Card, code: str, percent: int | None, reason: str, *, by: User) -> Judgement | None:
    """A share of the points of a question other than the answer's; None takes it back.

    Raises KARTU_TERKUNCI, KARTU_PENILAI_SENDIRI.
    """
    card = _judged(card, by)
    known = Judgement.objects.filter(card=card, code=code).first()
    before = {"persen": known.percent} if known else {}
    if percent is None:
        Judgement.objects.filter(card=card, code=code).delete()
        made = None
    else:
        values = {"percent": percent, "reason": reason, "by": by}
        made, _new = Judgement.objects.update_or_create(card=card, code=code, defaults=values)
    after = {"soal": code, "persen": percent}
    record("scorecards.judge", by=by, thing=card, before=before, after=after, reason=reason)
    return made


@transaction.atomic
def advise(card: Card, code: str, text: str, *, by: User) -> FollowUp:
    """Recommend something to the region. Raises KARTU_TERKUNCI, KARTU_PENILAI_SENDIRI."""
    card = _judged(card, by)
    made = FollowUp.objects.create(card=card, code=code, text=text, by=by)
    link = reverse("scorecard_follow_ups")
    tell("follow_up_advised", region_code=card.region_code, link=link, key=f"saran-{made.pk}")
    record("scorecards.advise", by=by, thing=made, region_code=card.region_code, after={"soal": code})
    return made


@transaction.atomic
def give_back(card: Card, reason: str, *, by: User) -> Card:
    """The region fills it again. Raises KARTU_TERKUNCI, KARTU_PENILAI_SENDIRI."""
    card = _judged(card, by)
    card.state = State.BACK
    card.save()
    link = reverse("scorecard", args=[card.pk])
    tell("scorecard_back", region_code=card.region_code, link=link, key=key_of(card, "kembali"))
    _told_evaluators(card)
    record("scorecards.give_back", by=by, thing=card, after={"keadaan": card.state}, reason=reason)
    return card


@transaction.atomic
def close(card: Card, conclusion: str, *, by: User) -> Card:
    """Freeze a card with its hash. Raises KARTU_TERKUNCI, KARTU_PENILAI_SENDIRI."""
    card = _judged(card, by)
    card.state, card.closed_by, card.closed_at, card.conclusion = State.CLOSED, by, timezone.now(), conclusion
    card.frozen = {
        "isi": contents(card),
        "rekomendasi": list(card.follow_ups.order_by("pk").values_list("code", "text")),
        "ditutup": card.closed_at.isoformat(),
    }
    card.frozen = json.loads(json.dumps(card.frozen))
    card.hash = digest(card.frozen)
    card.save()
    _told_evaluators(card)
    record("scorecards.close", by=by, thing=card, after={"sidik": card.hash})
    return card


def _told_evaluators(card: Card) -> None:
    settle(key_of(card, "dikirim"))


def contents(card: Card) -> dict[str, Any]:
    """Everything that a card says, as JSON: the same rows, the same text."""
    result, judged = selectors.result(card), card.judgements.order_by("code").values_list("code", "percent", "reason")
    return {
        "instrumen": [card.instrument.code, card.instrument.version, card.instrument.sha256],
        "wilayah": card.region_code, "semester": card.semester, "versi": card.number,
        "kesimpulan": card.conclusion,
        "jawaban": [list(row) for row in card.answers.order_by("code").values_list("code", "value", "note", "source")],
        "bukti": [list(row) for row in card.evidence.order_by("pk").values_list("code", "name", "sha256", "size")],
        "nilai_evaluator": [list(row) for row in judged],
        "bagian": [[s.section.kode, round(s.points, 6), round(s.possible, 6)] for s in result.sections],
        "nilai": None if result.percent is None else round(result.percent, 6), "pita": result.band,
    }  # fmt: skip


def digest(frozen: dict[str, Any]) -> str:
    """The sha256 of what was frozen, whatever the order of its keys."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def intact(card: Card) -> bool:
    """Whether a closed card still says what it said when it was closed."""
    if not card.frozen or digest(card.frozen) != card.hash:
        return False
    return bool(card.frozen["isi"] == json.loads(json.dumps(contents(card))))
