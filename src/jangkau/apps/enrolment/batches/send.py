"""A batch goes to the insurer, or is given up before it is answered."""

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import steps
from jangkau.apps.enrolment.models import Batch, BatchState, Enrolment, MonthState, PersonMonth
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import Problem

WAITING = ("ditetapkan", "ditolak")


def lock(batch: Batch, *states: str) -> Batch:
    """The batch as it is now, locked, where it is in one of these states. Raises PENGAJUAN_KEADAAN."""
    found = Batch.objects.select_for_update().get(pk=batch.pk)
    if found.state not in states:
        raise Problem("PENGAJUAN_KEADAAN", keadaan=found.get_state_display())
    return found


def members(batch: Batch, *states: str, **lines: object) -> "QuerySet[Enrolment]":
    """Memberships in these states that the batch names; `lines` narrows its lines."""
    named = batch.lines.filter(**lines).values("enrolment")
    return Enrolment.objects.filter(pk__in=named, state__in=states)


def months(batch: Batch, state: str, **lines: object) -> "QuerySet[PersonMonth]":
    """Person-months that the batch names and that are in this state; `lines` narrows its lines."""
    found = PersonMonth.objects.filter(state=state, month__gte=batch.month, month__lt=batch.month + batch.months)
    return found.filter(line__in=batch.lines.filter(**lines).values("line"))


@transaction.atomic
def submit(batch: Batch, *, by: User) -> Batch:
    """The file has gone to the insurer; again is the same. Raises PENGAJUAN_KEADAAN, PENGAJUAN_BERUBAH."""
    batch = lock(batch, BatchState.MADE, BatchState.SENT)
    if batch.state == BatchState.SENT:
        return batch
    _unchanged(batch)
    batch.state, batch.sent_at = BatchState.SENT, timezone.now()
    batch.save()
    moved = steps.move(members(batch, *WAITING), "diajukan", by=by, why=f"pengajuan {batch}", batch=batch)
    record("batches.submit", by=by, thing=batch, after={"state": batch.state, "moved": moved})
    return batch


def _unchanged(batch: Batch) -> None:
    inside = Q(
        line__paid_months__state=MonthState.COMMITTED, line__paid_months__month__gte=F("first"),
        line__paid_months__month__lt=F("first") + F("months"),
    )  # fmt: skip
    counted = batch.lines.order_by().annotate(left=Count("line__paid_months", filter=inside))
    changed = counted.exclude(left=F("months")).count()
    if changed:
        raise Problem("PENGAJUAN_BERUBAH", banyak=number(changed))


@transaction.atomic
def cancel(batch: Batch, why: str, *, by: User) -> Batch:
    """Give a batch up that no answer has come to; its people can be sent again. Raises PENGAJUAN_KEADAAN."""
    batch = lock(batch, BatchState.MADE, BatchState.SENT, BatchState.CANCELLED)
    if batch.state == BatchState.CANCELLED:
        return batch
    before = batch.state
    batch.state = BatchState.CANCELLED
    batch.save()
    steps.move(members(batch, "diajukan"), "ditetapkan", by=by, why=why, batch=batch)
    record("batches.cancel", by=by, thing=batch, before={"state": before}, after={"state": batch.state}, reason=why)
    return batch
