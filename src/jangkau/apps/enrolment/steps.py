"""The one way in which memberships take steps."""

from collections.abc import Iterable

from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Batch, Enrolment, Step
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.core.enrolment import lifecycle

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
    keys = [enrolment.pk for enrolment in enrolments]
    moved = 0
    for start in range(0, len(keys), AT_ONCE):
        some = Enrolment.objects.select_for_update().filter(pk__in=keys[start : start + AT_ONCE]).exclude(state=to)
        rows = list(some.order_by("pk"))
        for before in {row.state for row in rows}:
            lifecycle.check(before, to, reason, who="orang" if by else "mesin", why=why)
        steps = [Step(enrolment=r, before=r.state, after=to, reason=reason, why=why, by=by, batch=batch) for r in rows]
        Step.objects.bulk_create(steps, batch_size=AT_ONCE)
        found = Enrolment.objects.filter(pk__in=[row.pk for row in rows])
        found.update(state=to, reason=reason if to == OVER else "")
        moved += len(rows)
    return moved
