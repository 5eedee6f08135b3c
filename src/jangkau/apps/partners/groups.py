"""Groups: their lists go the way of all lists; counts of their own members, small ones closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment.models import PersonMonth
from jangkau.apps.enrolment.models.ledger import MonthState
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.models import Shipment
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Member, Person, PersonState
from jangkau.apps.partners.models import Group
from jangkau.core.kernel.month import month_of
from jangkau.core.partners.closing import tells

ACTIVE = "SUDAH_AKTIF"


@dataclass(frozen=True)
class Counts:
    """Of a group's lists: rows that name somebody, those not linked yet, distinct people, how many are covered and how
    many not; None is closed."""

    rows: int
    unlinked: int
    people: int | None
    covered: int | None
    uncovered: int | None


@transaction.atomic
def send(group: Group, files: Iterable[Incoming], *, by: User) -> Shipment:
    """A list of the group's members, read like any list; which group it came from stays known. Raises as `receive`."""
    meant = group.region_code if len(group.region_code) > 4 else ""
    shipment = receive(files, by=by, meant=meant)
    group.shipments.add(shipment)
    record("partners.group_list", by=by, thing=group, after={"kiriman": shipment.pk})
    return shipment


def counts(group: Group, today: date) -> Counts:
    """Of the rows that count now; covered is who is an active member by the last linking, or is paid this month."""
    rows = effective_rows().filter(file__shipment__in=group.shipments.all()).values("id_usulan")
    total, linked = rows.count(), Member.objects.filter(id_usulan__in=rows)
    people = Person.objects.filter(pk__in=linked.values("person"), state=PersonState.HERE)
    paid = PersonMonth.objects.filter(person=OuterRef("pk"), month=month_of(today), state=MonthState.PAID)
    everyone, covered = people.count(), people.filter(Q(alasan__contains=ACTIVE) | Exists(paid)).count()
    least = settings.JANGKAU_SMALL_CELLS
    whole = everyone if everyone == 0 or everyone >= least else None
    shown = whole is not None and tells(covered, everyone, least)
    parts = (covered, everyone - covered) if shown else (None, None)
    return Counts(total, total - linked.count(), whole, *parts)
