"""Whose months a fund has promised or paid: what plans leave out."""

from jangkau.apps.enrolment.models import PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.planning.basis import HOLDERS


def promised(region: str, months: range) -> list[str]:
    """`id_pekerja` of everyone of a region who has a payer in any of the months."""
    rows = PersonMonth.objects.filter(month__in=months, state__in=LIVE, person__region_code__startswith=region)
    return list(rows.values_list("person__id_pekerja", flat=True).distinct())


HOLDERS.append(promised)
