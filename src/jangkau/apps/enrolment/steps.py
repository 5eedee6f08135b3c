"""The one way in which memberships take steps."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Batch, Enrolment, Step
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.core.enrolment import lifecycle
from jangkau.core.kernel.parts import parts

AT_ONCE = 2_000


@transaction.atomic
def move(
    enrolments: Iterable[Enrolment | int],
    to: str,
    *,
    by: User | None,
    why: str = "",
    reason: str = "",
    batch: Batch | None = None,
) -> int:
    """Every membership takes the step to state `to`, or none does; returns how many took it.

    A membership may be named by its key. Who is there already stays and gets no step, so that doing it again is
    harmless. `why` is in words, `reason` the code of an end. Raises what `lifecycle.check` raises.
    """
    keys = _keys(enrolments)
    told = {"after": to, "reason": reason, "why": why, "by_id": by and by.pk, "batch_id": batch and batch.pk,
            "at": timezone.now()}  # fmt: skip
    moved = 0
    for part in parts(keys, AT_ONCE):
        some = Enrolment.objects.select_for_update().filter(pk__in=part).exclude(state=to)
        rows = list(some.order_by("pk").values_list("pk", "state"))
        for before in {state for _pk, state in rows}:
            lifecycle.check(before, to, reason, who="orang" if by else "mesin", why=why)
        if rows:
            found = Enrolment.objects.filter(pk__in=[pk for pk, _state in rows])
            _write(found, told)
            found.update(state=to, reason=reason if to == OVER else "")
        moved += len(rows)
    return moved


def _write(found: "QuerySet[Enrolment]", told: dict[str, Any]) -> None:
    """A step from the state where each is, written by the database without the rows coming here."""
    before, given = found.order_by("pk").values("pk", "state").query.sql_with_params()
    names, places = ", ".join(f'"{name}"' for name in told), ", ".join(["%s"] * len(told))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {Step._meta.db_table} ({names}, "enrolment_id", "before") '
            f"SELECT {places}, m.* FROM ({before}) m",
            [*told.values(), *given],
        )


def _keys(enrolments: Iterable[Enrolment | int]) -> list[int]:
    if isinstance(enrolments, QuerySet):
        return list(enrolments.order_by().values_list("pk", flat=True))
    return [one if isinstance(one, int) else one.pk for one in enrolments]
