"""Photographs from the field become proofs of work of whom they show, once linkage knows whom a row names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.field.known import model_of
from jangkau.apps.field.models import Batch, EntityChange, Submission, SubmissionState
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.linkage.models import Member, Person
from jangkau.apps.proofs import actions as proofs
from jangkau.apps.proofs.files import known
from jangkau.apps.proofs.models import Kind
from jangkau.core.field import submission as core
from jangkau.core.field.model import FormModel
from jangkau.core.kernel.progress import Progress

_WITH = ("form_version", "user", "device__by", "batch")


def prove(progress: Progress) -> dict[str, Any]:
    """Put every photograph of work that came with a settled submission to its person; safe to do again. How many."""
    rows = waiting()
    progress.step(gettext_noop("Menaruh foto bukti kerja"), rows.count())
    made = 0
    for row in rows.select_related(*_WITH).order_by("pk").iterator(chunk_size=500):
        made += _prove(row)
        progress.advance()
    return {"bukti": made}


def waiting() -> "QuerySet[Submission]":
    """Settled submissions whose files are all here, and have not been put to a person."""
    rows = Submission.objects.filter(state=SubmissionState.ACCEPTED, proved_at=None, missing=0)
    return rows.exclude(settled_at=None).exclude(expected=[])


def _prove(row: Submission) -> int:
    """The photographs of one submission; it is looked at again as long as nobody is known whom it shows."""
    model = model_of(row.form_version) if row.form_version else None
    person = _person(row) if model and model.proofs else None
    by = row.user or (row.device.by if row.device else None)
    made = 0
    if model and person and by:
        for day, sha256, size in _photos(row, model):
            file = known(sha256, size)
            made += bool(file and proofs.attach(person, Kind.PHOTO, day, file, by=by))
    if person or not (model and model.proofs):
        Submission.objects.filter(pk=row.pk).update(proved_at=timezone.now())
    return made


def _person(row: Submission) -> Person | None:
    """Whom the row of a list names, or the visited line of a list; the person that it became part of, where merged."""
    if row.batch and row.line:
        members = Member.objects.filter(id_usulan__in=_names(row.batch, row.line))
        person = Person.objects.filter(members__in=members).first()
    else:
        change = EntityChange.objects.filter(submission=row).exclude(entity__person=None).first()
        person = change.entity.person if change and change.entity else None
    return (person.merged_into or person) if person else None


def _names(batch: Batch, line: int) -> Any:
    return ProposalRow.objects.filter(file=batch.file_id, baris=line + 1).values("id_usulan")


def _photos(row: Submission, model: FormModel) -> Iterator[tuple[date, str, int]]:
    """(day, sum, size) of each photograph that proves work."""
    values = core.read(core.head(row.path.read_bytes()), model).values
    files = {file.name: file for file in row.attachments.order_by("pk")}
    for path, day in model.proofs.items():
        file = files.get(values.get(path, ""))
        if file:
            yield _day(values.get(day, ""), row), file.sha256, file.size


def _day(text: str, row: Submission) -> date:
    """The day that was filled in; else the one on which filling in began, else that of its arrival."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return timezone.localdate(row.started_at or row.received_at)
