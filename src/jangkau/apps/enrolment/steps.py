"""The one way in which memberships take steps."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Batch, Enrolment, Step
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.enrolment.rows import insert
from jangkau.core.enrolment import lifecycle
from jangkau.core.kernel.parts import parts

AT_ONCE = 2_000


@transaction.atomic
def move(
    enrolments: Iterable[Enrolment],
    to: str,
    *,
    by: User | None,
    why: str = "",
    reason: str = "",
    batch: Batch | None = None,
) -> int:
    """Every membership takes the step to state `to`, or none does; returns how many took it.

    Who is there already stays and gets no step, so that doing it again is harmless. `why` is in words, `reason` the
    code of an end. Raises what `lifecycle.check` raises.
    """
    keys = _keys(enrolments)
    told = {"reason": reason, "why": why, "by_id": by and by.pk, "batch_id": batch and batch.pk, "at": timezone.now()}
    moved = 0
    for part in parts(keys, AT_ONCE):
        some = Enrolment.objects.select_for_update().filter(pk__in=part).exclude(state=to)
        rows = list(some.order_by("pk").values_list("pk", "state"))
        for before in {state for _pk, state in rows}:
            lifecycle.check(before, to, reason, who="orang" if by else "mesin", why=why)
        insert(Step, ({"enrolment_id": pk, "before": state, "after": to, **told} for pk, state in rows))
        found = Enrolment.objects.filter(pk__in=[pk for pk, _state in rows])
        found.update(state=to, reason=reason if to == OVER else "")
        moved += len(rows)
    return moved


def _keys(enrolments: Iterable[Enrolment]) -> list[int]:
    if isinstance(enrolments, QuerySet):
        return list(enrolments.order_by().values_list("pk", flat=True))
    return [enrolment.pk for enrolment in enrolments]
