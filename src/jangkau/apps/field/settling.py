"""Background work on what has come: submissions become rows of lists, as if a village had sent them, entities change,
and supervisors' signs are worked out anew. Every step is safe to do again.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.audit.actions import record
from jangkau.apps.field import changing
from jangkau.apps.field.borders import border_of
from jangkau.apps.field.models import Batch, Submission, SubmissionState
from jangkau.apps.intake.actions.reading import as_of, opened, read_now
from jangkau.apps.intake.actions.store import store
from jangkau.apps.intake.changes import changed
from jangkau.apps.intake.models import FileState, ListFile, Original, Shipment
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.registry.keeping import keep
from jangkau.core.field.mapping import as_list
from jangkau.core.field.quality import Visit, marks
from jangkau.core.kernel.progress import Progress

_MOST_AT_ONCE = 5_000


class Group(NamedTuple):
    """What becomes one list: a form, a place, a day."""

    form_id: str
    region_code: str
    day: date


def settle(progress: Progress) -> dict[str, Any]:
    """Put every accepted submission where it belongs; returns how many, in how many lists."""
    total, lists = 0, set[int]()
    while groups := _waiting():
        progress.step(gettext_noop("Memasukkan isian lapangan"), len(groups))
        for group, keys in groups.items():
            done, batches = _settle(group, keys)
            total, lists = total + done, lists | batches
            progress.advance()
    return {"isian": total, "daftar": len(lists)}


def _waiting() -> dict[Group, list[int]]:
    found: dict[Group, list[int]] = {}
    pending = Submission.objects.filter(settled_at=None, state=SubmissionState.ACCEPTED).order_by("pk")
    rows = pending.values_list("pk", "form_id", "region_code", "received_at")[:_MOST_AT_ONCE]
    for key, form_id, region_code, received in rows:
        found.setdefault(Group(form_id, region_code, timezone.localdate(received)), []).append(key)
    return found


@transaction.atomic
def _settle(group: Group, keys: Iterable[int]) -> tuple[int, set[int]]:
    """One group, whole or not at all; how many were settled, and the lists that changed."""
    waiting = Submission.objects.select_for_update(of=("self",)).select_related("form_version", "user")
    rows = list(waiting.filter(pk__in=keys, settled_at=None, state=SubmissionState.ACCEPTED).order_by("pk"))
    for row in rows:
        changing.take(row)
    batches = {batch.pk: batch for batch in _placed(group, [row for row in rows if row.row])}
    for batch in batches.values():
        _write(batch)
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(settled_at=timezone.now())
    mark(group.form_id, group.region_code)
    if batches:
        changed(rows[0].user)
        told = {"isian": len(rows), "daftar": sorted(b.file_id or 0 for b in batches.values())}
        record("field.settle", by=rows[0].user, region_code=group.region_code, after=told)
    return len(rows), set(batches)


def _placed(group: Group, rows: list[Submission]) -> Iterator[Batch]:
    """The batches of rows: of a change that of what it changes, of a new one that of its day."""
    fresh = [row for row in rows if row.batch_id is None]
    for batch in Batch.objects.filter(pk__in={row.batch_id for row in rows if row.batch_id}):
        yield batch
    if not fresh:
        return
    batch = _batch(group)
    last = Submission.objects.filter(batch=batch).aggregate(last=Max("line"))["last"] or 0
    for line, row in enumerate(fresh, last + 1):
        row.batch, row.line = batch, line
    Submission.objects.bulk_update(fresh, ["batch", "line"], batch_size=500)
    yield batch


def _batch(group: Group) -> Batch:
    """The list of the day that still counts; another one where someone has withdrawn it."""
    of_day = Batch.objects.select_for_update(of=("self",)).select_related("file").filter(**group._asdict())
    newest = of_day.order_by("-number").first()
    if newest is not None and (newest.file is None or newest.file.state == FileState.READ):
        return newest
    return Batch.objects.create(**group._asdict(), number=newest.number + 1 if newest else 1)


def _write(batch: Batch) -> None:
    """The list anew from all its submissions; the bytes of each writing are kept, the mends of clerks hold on."""
    standing = Submission.objects.filter(batch=batch, state=SubmissionState.ACCEPTED)
    lines = {line: row for line, row in standing.values_list("line", "row") if line is not None}
    data = as_list(lines.get(line) for line in range(1, max(lines, default=0) + 1))
    sha256, size = keep([data])
    original, _ = Original.objects.get_or_create(sha256=sha256, defaults={"size": size})
    file = batch.file or _file(batch, original)
    file.original, file.read_at, file.per = original, timezone.now(), as_of(file)
    store(file, read_now(file, opened(file, data)))


def _file(batch: Batch, original: Original) -> ListFile:
    first = batch.submissions.select_related("user", "form_version").order_by("pk")[0]
    meant = batch.region_code if len(batch.region_code) > 4 else ""
    shipment = Shipment.objects.create(by=first.user, region_code=batch.region_code, meant=meant)
    again = f" ({batch.number})" if batch.number > 1 else ""
    title = first.form_version.title if first.form_version else batch.form_id
    name = f"{title} {region_name(batch.region_code)} {batch.day:%d-%m-%Y}{again}.csv"
    batch.file = ListFile.objects.create(
        shipment=shipment, original=original, name=name, region_code=batch.region_code, state=FileState.READ
    )
    batch.save(update_fields=["file"])
    return batch.file


def mark(form_id: str, region_code: str) -> None:
    """Work the signs of a desa's submissions of a form out anew."""
    rows = list(Submission.objects.filter(form_id=form_id, region_code=region_code, state=SubmissionState.ACCEPTED))
    found = marks([_visit(row) for row in rows], border_of(region_code))
    changed_rows = [row for row in rows if row.flags != "|".join(found[row.pk])]
    for row in changed_rows:
        row.flags = "|".join(found[row.pk])
    Submission.objects.bulk_update(changed_rows, ["flags"], batch_size=500)


def _visit(row: Submission) -> Visit:
    return Visit(
        row.pk, f"{row.user_id or ''}/{row.device_id}", row.row.get("nik", ""), row.received_at, row.started_at,
        row.ended_at, row.lat, row.lon, row.accuracy,
    )  # fmt: skip
