"""What regions do with a card: open, answer, show evidence, send, reply, and do what was agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.proofs.files import accept
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.scorecards import figures, selectors
from jangkau.apps.scorecards.models import OPEN, Answer, Card, Comment, Evidence, FollowUp, Instrument, State, Step
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.semester import Semester
from jangkau.core.scorecard import parse

MOST_FILES = 10  # a question


def open_card(instrument: Instrument, region: str, semester: Semester, *, by: User) -> Card:
    """A new card. Raises KARTU_SUDAH_ADA where the region has one of the instrument for that semester."""
    known = Card.objects.filter(instrument__code=instrument.code, region_code=region, semester=str(semester))
    made = Card(instrument=instrument, region_code=region, semester=str(semester), opened_by=by)
    try:
        with transaction.atomic():
            if known.exists():
                raise IntegrityError
            made.save()
            record("scorecards.open", by=by, thing=made, after={"semester": made.semester})
    except IntegrityError as error:
        raise Problem("KARTU_SUDAH_ADA", wilayah=region_name(region), semester=semester.name) from error
    return made


def locked(card: Card, *states: State) -> Card:
    """The card as it is, locked until the end of the transaction. Raises KARTU_TERKUNCI unless in one of the states."""
    now = Card.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=card.pk)
    if now.state not in states:
        raise Problem("KARTU_TERKUNCI", keadaan=now.get_state_display())
    return now


@transaction.atomic
def answer(card: Card, code: str, told: Mapping[str, str], *, by: User) -> Answer | None:
    """Keep an answer; an empty one takes it away. `dari_angka` takes the monitoring figure.

    Raises JAWABAN_SALAH, KARTU_TERKUNCI.
    """
    card = locked(card, *OPEN)
    question = card.instrument.form.questions[code]
    known = Answer.objects.filter(card=card, code=code).first()
    figure = figures.of(question, figures.figures(card.region_code)) if told.get("dari_angka") else None
    given = figure.answer if figure else parse(question, told)
    values = {
        "value": given.kept() if given else {}, "note": told.get("catatan", "").strip()[:4_000],
        "source": figure.source if figure else "",
    }  # fmt: skip
    if known and not figure and known.value == values["value"]:
        values["source"] = known.source
    if (given is None and not known) or (
        known and all(getattr(known, name) == value for name, value in values.items())
    ):
        return known
    before = {"jawaban": known.value, "catatan": known.note} if known else {}
    kept = Answer.objects.update_or_create(card=card, code=code, defaults={**values, "by": by})[0] if given else None
    if known and not given:
        known.delete()
    record("scorecards.answer", by=by, thing=card, before=before, after={"soal": code, "jawaban": values["value"]})
    return kept


@transaction.atomic
def add_evidence(card: Card, code: str, upload: "UploadedFile[Any]", *, by: User) -> Evidence:
    """Keep a file for a question; the same file once. Raises BUKTI_BESAR, BUKTI_JENIS, BUKTI_BANYAK, KARTU_TERKUNCI."""
    card = locked(card, *OPEN)
    if Evidence.objects.filter(card=card, code=code).count() >= MOST_FILES:
        raise Problem("BUKTI_BANYAK", jumlah=MOST_FILES)
    file = accept(upload)
    kept, new = Evidence.objects.get_or_create(
        card=card, code=code, sha256=file.sha256,
        defaults={"size": file.size, "media": file.media, "name": (upload.name or "berkas")[-120:], "by": by},
    )  # fmt: skip
    if new:
        record("scorecards.evidence", by=by, thing=card, after={"soal": code, "sha256": file.sha256})
    return kept


@transaction.atomic
def drop_evidence(evidence: Evidence, *, by: User) -> None:
    """Take a file off an open card. Raises KARTU_TERKUNCI."""
    card = locked(evidence.card, *OPEN)
    evidence.delete()
    record("scorecards.evidence", by=by, thing=card, before={"soal": evidence.code, "sha256": evidence.sha256})


@transaction.atomic
def send(card: Card, *, by: User) -> Card:
    """Send a whole card to the evaluators. Raises KARTU_BELUM_LENGKAP, KARTU_TERKUNCI."""
    card = locked(card, *OPEN)
    missing = [mark.question.kode for mark in selectors.result(card).unanswered if mark.question.scored]
    if missing:
        raise Problem("KARTU_BELUM_LENGKAP", jumlah=len(missing), soal=", ".join(missing[:10]))
    settle(key_of(card, "kembali"))
    before, card.state, card.sent_by, card.sent_at = card.state, State.SENT, by, timezone.now()
    card.save()
    link, key = reverse("scorecard", args=[card.pk]), key_of(card, "dikirim")
    title = f"{region_name(card.region_code)} {card.half.name}"
    tell("scorecard_waits", region_code=card.region_code, link=link, key=key, but=by, judul=title)
    record("scorecards.send", by=by, thing=card, before={"keadaan": before}, after={"keadaan": card.state})
    return card


def key_of(card: Card, what: str) -> str:
    """The key of a notice about a card, another one each time it is sent."""
    return f"kartu-{what}-{card.pk}-{card.sent_at:%Y%m%d%H%M%S%f}" if card.sent_at else f"kartu-{what}-{card.pk}"


@transaction.atomic
def reply(card: Card, code: str, text: str, *, by: User) -> Comment:
    """Say something to the evaluator's comments on a question, which are thereby answered."""
    said = Comment.objects.create(card=card, code=code, text=text, judge=False, by=by)
    asked = Comment.objects.filter(card=card, code=code, judge=True, answered=False)
    for pk in list(asked.values_list("pk", flat=True)):
        settle(f"kartu-komentar-{pk}")
    asked.update(answered=True)
    record("scorecards.reply", by=by, thing=card, after={"soal": code})
    return said


@transaction.atomic
def reopen(card: Card, reason: str, *, by: User) -> Card:
    """A new version of a closed card, with its answers and evidence; the closed one stays. Raises KARTU_TERKUNCI."""
    card = locked(card, State.CLOSED)
    same = {"instrument": card.instrument, "region_code": card.region_code, "semester": card.semester}
    newest = Card.objects.filter(**same).order_by("-number").first()
    if newest is None or newest.pk != card.pk:
        raise Problem("KARTU_SUDAH_ADA", wilayah=region_name(card.region_code), semester=card.half.name)
    made = Card.objects.create(**same, number=card.number + 1, opened_by=by)
    Answer.objects.bulk_create(_moved(card.answers.all(), made))
    Evidence.objects.bulk_create(_moved(card.evidence.all(), made))
    record("scorecards.reopen", by=by, thing=made, before={"kartu": card.pk}, reason=reason)
    return made


def _moved(rows: Any, made: Card) -> list[Any]:
    """Copies of rows for another card, by the same hands."""
    copies = list(rows)
    for row in copies:
        row.pk, row.card, row._state.adding = None, made, True
    return copies


@transaction.atomic
def agree(follow_up: FollowUp, owner: str, due: date, *, by: User) -> FollowUp:
    """The region takes a recommendation on: who does it and until when. Raises TINDAK_LANJUT_LANGKAH."""
    return _step(follow_up, Step.AGREED, (Step.ADVISED, Step.AGREED), by=by, owner=owner, due=due)


@transaction.atomic
def finish(follow_up: FollowUp, outcome: str, *, dropped: bool, by: User) -> FollowUp:
    """It is done, or given up, and what came of it. Raises TINDAK_LANJUT_LANGKAH."""
    done = _step(follow_up, Step.DROPPED if dropped else Step.DONE, (Step.AGREED,), by=by, outcome=outcome)
    for when in ("dekat", "lewat"):
        settle(f"tindak-{when}-{done.pk}")
    return done


def _step(follow_up: FollowUp, after: Step, allowed: tuple[Step, ...], *, by: User, **values: Any) -> FollowUp:
    now = FollowUp.objects.select_for_update(of=("self",)).select_related("card").get(pk=follow_up.pk)
    if now.state not in allowed:
        raise Problem("TINDAK_LANJUT_LANGKAH", keadaan=now.get_state_display(), baru=after.label)
    before = {"keadaan": now.state, "batas": now.due}
    now.state, now.changed_by, now.changed_at = after, by, timezone.now()
    for name, value in values.items():
        setattr(now, name, value)
    now.save()
    told = {"keadaan": now.state, "batas": now.due, "pelaksana": now.owner}
    record("scorecards.follow_up", by=by, thing=now, region_code=now.card.region_code, before=before, after=told)
    return now


def daily(today: date | None = None) -> int:
    """Remind of follow-ups that are soon due, and of those that are late: each once. Returns how many were told."""
    today = today or timezone.localdate()
    found = FollowUp.objects.filter(state=Step.AGREED, due__lte=today + selectors.SOON).select_related("card")
    return sum(_remind(follow_up, today) for follow_up in found)


def _remind(follow_up: FollowUp, today: date) -> int:
    assert follow_up.due
    late = follow_up.due < today
    return tell(
        "follow_up_late" if late else "follow_up_due", region_code=follow_up.card.region_code,
        link=reverse("scorecard_follow_ups"), key=f"tindak-{'lewat' if late else 'dekat'}-{follow_up.pk}",
        hari=abs((follow_up.due - today).days),
    )  # fmt: skip
