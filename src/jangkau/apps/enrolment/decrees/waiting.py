"""Who is next where a place in a decree becomes free: the most points among those whom the fund may pay."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from jangkau.apps.enrolment.models import Decree, DecreeLine, Enrolment, MonthState, PersonMonth
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.planning.basis import near
from jangkau.apps.planning.inputs import Inputs, fund_row
from jangkau.apps.planning.promises import gone
from jangkau.apps.registry.models import Fund
from jangkau.apps.registry.selectors import settings
from jangkau.core.enrolment.rates import Paid, price
from jangkau.core.kernel.problems import Problem
from jangkau.core.planning.funds import read_funds


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


class Queue:
    """Who waits for a fund in a decree: those whom it may pay and nobody does, the most points first."""

    def __init__(self, decree: Decree, fund: Fund) -> None:
        self._rows, self._met, self._gone = _eligible(decree, fund), _meeting(fund), gone(decree.region_code)

    def next(self, wanted: int, taken: Iterable[int] = ()) -> list[Person]:
        """So many of them, as far as there are; `taken`: keys of persons who have a place already."""
        rows = self._rows.exclude(pk__in=list(taken)).iterator(2_000)
        return list(islice((person for person in rows if self._fits(person.id_pekerja)), wanted))

    def _fits(self, key: str) -> bool:
        return key not in self._gone and (self._met is None or key in self._met)


def _eligible(decree: Decree, fund: Fund) -> QuerySet[Person]:
    """Eligible people of the decree's region and the fund's, of its occupations, whom nobody pays."""
    member = Enrolment.objects.filter(person=OuterRef("pk")).exclude(state=OVER).exclude(state="diusulkan")
    named = DecreeLine.objects.filter(decree=decree, enrolment__person=OuterRef("pk"))
    left = decree.removals.filter(line__enrolment__person=OuterRef("pk"))
    people = Person.objects.filter(state=PersonState.HERE, layak=True, nik__isnull=False)
    people = people.filter(kode_desa__startswith=decree.region_code).filter(kode_desa__startswith=fund.wilayah)
    if fund.pekerjaan:
        people = people.filter(pekerjaan__in=[job.strip().upper() for job in fund.pekerjaan.split("|")])
    return people.exclude(Exists(member) | Exists(named) | Exists(left)).order_by("-poin", "id_pekerja")


def _meeting(fund: Fund) -> frozenset[str] | None:
    """`id_pekerja` of those who meet the fund's conditions, as plans are made from them; None where it has none.

    Nobody where a condition cannot be read or nothing has been linked yet.
    """
    if not fund.syarat.strip():
        return None
    try:
        now = settings()
        return near(now).meeting(read_funds(Inputs(now, (fund_row(fund, 0),), ()).funds)[0].conditions)
    except Problem:
        return frozenset()
