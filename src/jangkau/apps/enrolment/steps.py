"""The one way in which memberships take steps."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Batch, Enrolment, Step
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.bulk import Among
from jangkau.core.enrolment import lifecycle


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
    told = {"after": to, "reason": reason, "why": why, "by_id": by and by.pk, "batch_id": batch and batch.pk,
            "at": timezone.now()}  # fmt: skip
    named = Enrolment.objects.filter(Among(F("pk"), _keys(enrolments)))
    where, found = _locked(named), named.exclude(state=to)
    where.pop(to, None)
    for before in where:
        lifecycle.check(before, to, reason, who="orang" if by else "mesin", why=why)
    if where:
        _write(found, told)
        found.update(state=to, reason=reason if to == OVER else "")
    return sum(where.values())


def _locked(found: "QuerySet[Enrolment]") -> dict[str, int]:
    """How many of these are in which state; nobody else changes them until the end of the transaction."""
    sql, given = found.select_for_update().order_by("pk").values("state").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT state, count(*) FROM ({sql}) own GROUP BY state ORDER BY state", given)
        return dict(cursor.fetchall())


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
