"""What a person decides of a submission in quarantine. Whatever is decided, its bytes stay."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.field import flow
from jangkau.apps.field.actions.judging import described
from jangkau.apps.field.known import model_of
from jangkau.apps.field.models import FormVersion, Submission, SubmissionState
from jangkau.apps.field.models.submissions import STANDING
from jangkau.core.field import submission as core
from jangkau.core.kernel.problems import Problem


@transaction.atomic
def accept(row: Submission, reason: str, *, by: User) -> None:
    """It stands, in the place of what it changes or contradicts. Raises ISIAN_SUDAH_DIPUTUSKAN, ISIAN_TIDAK_TERBACA."""
    row = _locked(row)
    for name, value in _read(row).items():
        setattr(row, name, value)
    before = rival(row)
    if before:
        standing = Submission.objects.filter(pk=before.pk, state=SubmissionState.ACCEPTED)
        if not standing.update(state=SubmissionState.REPLACED):
            raise Problem("ISIAN_SUDAH_DIPUTUSKAN")
        row.replaces, row.batch, row.line = before, before.batch, before.line
    own = Submission.objects.filter(instance_id=row.instance_id, state__in=STANDING).exclude(pk=row.pk)
    own.update(state=SubmissionState.REFUSED)
    _decide(row, SubmissionState.ACCEPTED, reason, by, before)
    transaction.on_commit(flow.poke)


def rival(row: Submission) -> Submission | None:
    """What stands now where this submission would: what has its number, or what it puts right, or what has taken the
    place of that since."""
    found = Submission.objects.select_related("form_version", "batch").exclude(pk=row.pk)
    names = [row.instance_id, *filter(None, [row.deprecated_id])]
    other = found.filter(instance_id__in=names, state__in=STANDING).first()
    while other is not None and other.state == SubmissionState.REPLACED:
        other = found.filter(replaces=other, state__in=STANDING).first()
    return other


@transaction.atomic
def refuse(row: Submission, reason: str, *, by: User) -> None:
    """It is not used; it stays where it can be seen. Raises ISIAN_SUDAH_DIPUTUSKAN."""
    row = _locked(row)
    _decide(row, SubmissionState.REFUSED, reason, by, rival(row))


def _locked(row: Submission) -> Submission:
    row = Submission.objects.select_for_update(of=("self",)).select_related("device").get(pk=row.pk)
    if row.state != SubmissionState.QUARANTINE:
        raise Problem("ISIAN_SUDAH_DIPUTUSKAN")
    return row


def _read(row: Submission) -> dict[str, Any]:
    """What it says by its form, or where that version is not known by the newest one that phones have had."""
    known = FormVersion.objects.filter(form_id=row.form_id).exclude(state="draf")
    form = known.filter(version=row.version).first() or known.order_by("-pk").first()
    try:
        if form is None or row.device is None:
            raise core.Unreadable("formulirnya tidak ada di sini")
        read = core.read(core.head(row.path.read_bytes()), model_of(form))
    except core.Unreadable as error:
        raise Problem("ISIAN_TIDAK_TERBACA", sebab=str(error)) from error
    here = set(row.attachments.values_list("name", flat=True))
    told = described(read, model_of(form), row.device)
    return told | {"form_version": form, "missing": len(set(told["expected"]) - here)}


def _decide(row: Submission, state: SubmissionState, reason: str, by: User, other: Submission | None) -> None:
    """On record with the receipt of the other one that was looked at."""
    row.state, row.decision, row.decided_by, row.decided_at = state, reason, by, timezone.now()
    row.save()
    told = {"state": state, "lainnya": other.receipt if other else ""}
    record("field.decide", by=by, thing=row, before={"sebab": row.reason}, after=told, reason=reason)
