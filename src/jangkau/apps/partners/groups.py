"""Groups: their lists go the way of all lists; counts of their own members, small ones closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.models import Enrolment, PersonMonth
from jangkau.apps.enrolment.models.ledger import MonthState
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.models import Shipment
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Member, Person, PersonState
from jangkau.apps.partners.models import Group
from jangkau.apps.partners.telling import newest, tell, told_in
from jangkau.core.kernel.month import month_of
from jangkau.core.partners.closing import tells

ACTIVE = "SUDAH_AKTIF"


@dataclass(frozen=True)
class Counts:
    """Of a group's lists: rows that name somebody, those not linked yet, distinct people; how many are covered, how
    many are being enrolled, how many are neither. None is closed. `as_of` where it was told once for the month."""

    rows: int
    unlinked: int
    people: int | None
    covered: int | None
    coming: int | None
    uncovered: int | None
    as_of: date | None = None


@transaction.atomic
def send(group: Group, files: Iterable[Incoming], *, by: User) -> Shipment:
    """A list of the group's members, read like any list; which group it came from stays known. Raises as `receive`."""
    meant = group.region_code if len(group.region_code) > 4 else ""
    shipment = receive(files, by=by, meant=meant)
    group.shipments.add(shipment)
    record("partners.group_list", by=by, thing=group, after={"kiriman": shipment.pk})
    return shipment


def sent(group: Group) -> "QuerySet[Shipment]":
    """Its shipments: how many files, people read in them, and cells to mend."""
    found = group.shipments.select_related("by", "job")
    return found.annotate(count=Count("files"), people=Sum("files__people"), faults=Sum("files__faults"))


def counts(group: Group, today: date) -> Counts:
    """Of the rows that count now, for an office; covered is who is an active member by the last linking, or is paid
    this month; coming is who has a membership that runs and is not covered yet."""
    rows, unlinked, exact = _exact(group, today)
    everyone, covered, coming = exact["orang"], exact["terlindungi"], exact["diurus"]
    least = settings.JANGKAU_SMALL_CELLS
    whole = everyone if everyone == 0 or everyone >= least else None
    shown = whole is not None and all(tells(part, everyone, least) for part in (covered, coming))
    parts = (covered, coming, everyone - covered - coming) if shown else (None, None, None)
    return Counts(rows, unlinked, whole, *parts)


def told(group: Group, today: date) -> Counts:
    """For the liaison, who chooses whom the lists name: told once a month in steps, as sponsors are (ADR 33)."""
    rows, unlinked, _exact_counts = _exact(group, today)
    found = newest([_about(group)]).get(_about(group))
    if found is None:
        return Counts(rows, unlinked, None, None, None, None)
    people, covered, coming, rest = (found.shown.get(name) for name in ("orang", "terlindungi", "diurus", "belum"))
    return Counts(rows, unlinked, people, covered, coming, rest, found.as_of)


def refresh(today: date) -> int:
    """Tell of every group that has lists, if this month has not yet. Returns of how many."""
    done = told_in(month_of(today))
    waiting = [group for group in Group.objects.filter(closed=False) if _about(group) not in done]
    for group in waiting:
        _rows, _unlinked, exact = _exact(group, today)
        rest = {"belum": exact["orang"] - exact["terlindungi"] - exact["diurus"]}
        tell(_about(group), exact | rest, dict.fromkeys((*exact, *rest), settings.JANGKAU_SMALL_CELLS), today)
    return len(waiting)


def _exact(group: Group, today: date) -> tuple[int, int, dict[str, int]]:
    """Rows, rows not linked yet, and people by what they are."""
    rows = effective_rows().filter(file__shipment__in=group.shipments.all()).values("id_usulan")
    total, linked = rows.count(), Member.objects.filter(id_usulan__in=rows)
    people = Person.objects.filter(pk__in=linked.values("person"), state=PersonState.HERE)
    paid = PersonMonth.objects.filter(person=OuterRef("pk"), month=month_of(today), state=MonthState.PAID)
    runs = Enrolment.objects.filter(person=OuterRef("pk")).exclude(state=OVER)
    covered: Any = Q(alasan__contains=ACTIVE) | Exists(paid)
    coming: Any = Q(Exists(runs)) & ~covered
    exact = people.aggregate(
        orang=Count("pk"),
        terlindungi=Count("pk", filter=covered),
        diurus=Count("pk", filter=coming),
    )
    return total, total - linked.count(), exact


def _about(group: Group) -> str:
    return f"kelompok-{group.pk}"
