"""Who is next where a place in a decree becomes free: the most points among those whom the fund may pay."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from jangkau.apps.enrolment.models import Decree, DecreeLine, Enrolment, MonthState, PersonMonth
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.registry.models import Fund
from jangkau.core.enrolment.rates import Paid, price

_DESIL = re.compile(r"desil(<=|>=|==|=|<|>)(\d+)")
_LOOKUP = {"<=": "lte", ">=": "gte", "==": "exact", "=": "exact", "<": "lt", ">": "gt"}


@dataclass(frozen=True)
class Place:
    """Months of a fund, from month `first` (index), that are promised to nobody any more."""

    fund: Fund
    first: int
    months: int

    def costs(self, pekerjaan: str | None) -> dict[str, int]:
        """What a person of this occupation costs there: the fields of a line."""
        rates = price(Paid(self.fund.jenis, self.fund.tarif, pekerjaan, self.first, self.months, 0, 0))
        return {"first": self.first, "months": self.months, "price": rates[0], "total": sum(rates)}


def place(line: DecreeLine, old: DecreeLine | None) -> Place | None:
    """The months of a line that can be given to another: all of a draft's, of one in force those not yet billed."""
    if old is None:
        return Place(line.fund, line.first, line.months)
    unbilled = PersonMonth.objects.filter(
        enrolment=line.enrolment_id, fund=line.fund_id, state=MonthState.COMMITTED,
        month__gte=line.first, month__lt=line.first + line.months,
    )  # fmt: skip
    months = sorted(unbilled.values_list("month", flat=True))
    if not months:
        return None
    run = sum(month == months[0] + at for at, month in enumerate(months))
    return Place(line.fund, months[0], run)


def next_in_line(decree: Decree, fund: Fund, free: Place, taken: Iterable[int]) -> Person | None:
    """The person for a free place, or None where nobody may have it."""
    rows = waiting(decree, fund)
    return rows.exclude(pk__in=list(taken)).first() if rows is not None else None


def waiting(decree: Decree, fund: Fund) -> QuerySet[Person] | None:
    """Eligible people of the decree's region whom the fund may pay and nobody does, the most points first.

    None where the fund has a condition that cannot be told from what is known of a person here.
    """
    wanted = _conditions(fund)
    if wanted is None:
        return None
    member = Enrolment.objects.filter(person=OuterRef("pk")).exclude(state=OVER).exclude(state="diusulkan")
    named = DecreeLine.objects.filter(decree=decree, enrolment__person=OuterRef("pk"))
    left = decree.removals.filter(line__enrolment__person=OuterRef("pk"))
    people = Person.objects.filter(wanted, state=PersonState.HERE, layak=True, nik__isnull=False)
    people = people.filter(kode_desa__startswith=decree.region_code).filter(kode_desa__startswith=fund.wilayah)
    return people.exclude(Exists(member) | Exists(named) | Exists(left)).order_by("-poin", "id_pekerja")


def _conditions(fund: Fund) -> Q | None:
    wanted = Q()
    if fund.pekerjaan:
        wanted &= Q(pekerjaan__in=[job.strip().upper() for job in fund.pekerjaan.split("|")])
    for part in filter(None, re.sub(r"\s", "", fund.syarat).lower().split(";")):
        found = _DESIL.fullmatch(part)
        if not found:
            return None
        wanted &= Q(**{f"desil__{_LOOKUP[found[1]]}": int(found[2])})
    return wanted
