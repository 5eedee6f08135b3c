"""A submission arrives. The bytes are on disk before the row is written, and the row before the answer is given: killed
between any two of these, the phone sends again and finds its place; nothing is lost, and nothing is there twice.
"""

import secrets
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction

from jangkau.apps.field.actions.judging import Judged, judge
from jangkau.apps.field.models import Attachment, Device, Submission, SubmissionState
from jangkau.apps.field.models.submissions import STANDING
from jangkau.apps.intake.models import Mend, MendState
from jangkau.apps.registry.keeping import keep

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_MOST_TRIES = 5


@dataclass(frozen=True)
class Kept:
    """An attachment whose bytes are on disk."""

    name: str
    sha256: str
    size: int


def receive(device: Device, xml: bytes, files: Sequence[Kept]) -> Submission:
    """Keep a submission and its files; its row as it stands now, made by this call or by an earlier one.

    Raises PENYIMPANAN_PENUH. Whatever else is wrong with it is the row's `state` and `reason`.
    """
    sha256, size = keep([xml])
    judged = judge(device, xml)
    own = {"sha256": sha256, "size": size, "device": device, "user": device.user}
    judged = replace(judged, told=judged.told | own)
    _durable()
    with transaction.atomic() if files or judged.told.get("expected") else nullcontext():
        row = _plain(judged) or _row(judged)
        if files or row.missing:
            _attach(row, files)
    return row


def _durable() -> None:
    """SQLite answers a commit before the disk has it; for what a phone may then forget, it must not."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def _plain(judged: Judged) -> Submission | None:
    """Most come for the first time and change nothing: one statement. None for any other, which the database refuses
    here where something of that number is known (`submission_once`, `submission_one_stands`)."""
    if judged.state != SubmissionState.ACCEPTED or judged.told["deprecated_id"]:
        return None
    made = _made(judged)
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            made.save(force_insert=True)
    except IntegrityError:
        return None
    return made


@transaction.atomic
def _row(judged: Judged) -> Submission:
    """The row of these bytes: one that is there, or a new one, whoever else sends the same at this moment."""
    for _attempt in range(_MOST_TRIES):
        known = list(Submission.objects.filter(instance_id=judged.told["instance_id"]).defer("row", "notes"))
        same = next((row for row in known if row.sha256 == judged.told["sha256"]), None)
        if same:
            return same
        made = _made(_beside(judged, known))
        Submission.objects.bulk_create([made], ignore_conflicts=True)
        mine = Submission.objects.filter(receipt=made.receipt).first()
        if mine:
            return mine
    raise RuntimeError("no place for a submission")


def _beside(judged: Judged, known: Sequence[Submission]) -> Judged:
    """As it was judged, or waiting: beside others of the same number, or as the change of one that has changed."""
    if judged.state != SubmissionState.ACCEPTED:
        return judged
    if any(row.state in STANDING for row in known):
        return judged.waiting("ISIAN_BERBEDA")
    return _edit(judged) if judged.told["deprecated_id"] else judged


def _edit(judged: Judged) -> Judged:
    """In the place of the submission that it changes, if that stands as the phone knew it and no office mended it."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("batch")
    before = found.filter(instance_id=judged.told["deprecated_id"], state=SubmissionState.ACCEPTED).first()
    near = before is not None and before.region_code.startswith(judged.told["device"].area)
    if before is None or not near or before.form_id != judged.told["form_id"] or _mended(before):
        return judged.waiting("ISIAN_EDIT_TANPA_ASAL")
    Submission.objects.filter(pk=before.pk).update(state=SubmissionState.REPLACED)
    return replace(judged, told=judged.told | {"replaces": before, "batch": before.batch, "line": before.line})


def _mended(before: Submission) -> bool:
    if before.batch is None or before.line is None:
        return False
    return Mend.objects.filter(file=before.batch.file_id, baris=before.line + 1, state=MendState.HOLDS).exists()


def _made(judged: Judged) -> Submission:
    told = {name: value for name, value in judged.told.items() if name != "form_pk"}
    told |= {"form_id": told.get("form_id", ""), "missing": len(told.get("expected", ()))}
    made = Submission(**told, state=judged.state.value, reason=judged.reason, receipt=_receipt())
    made.form_version_id = judged.told.get("form_pk")
    return made


def _receipt() -> str:
    """`K7M2-4PQX`: eight letters without those that are read for one another."""
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return "".join([*letters[:4], "-", *letters[4:]])


@transaction.atomic
def _attach(row: Submission, files: Sequence[Kept]) -> None:
    """Put files to their submission, and count what it still speaks of in vain, one at a time for a submission: of two
    that come at once, the later one counts both."""
    rows = [Attachment(submission=row, name=file.name, sha256=file.sha256, size=file.size) for file in files]
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)
    row.missing = Submission.objects.select_for_update().values_list("missing", flat=True).get(pk=row.pk)
    if row.missing:
        here = set(Attachment.objects.filter(submission=row).values_list("name", flat=True))
        row.missing = len(set(row.expected) - here)
        Submission.objects.filter(pk=row.pk).update(missing=row.missing)
