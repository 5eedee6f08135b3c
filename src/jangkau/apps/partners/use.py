"""What a pledge's fund has paid, counted in the book; small counts closed. No person is read here, only counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Left

from jangkau.apps.enrolment.models import PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE, MonthState
from jangkau.apps.registry.models import Fund
from jangkau.core.partners.closing import closed, tells

K = TypeVar("K", str, int)
_PAID = Q(state=MonthState.PAID)


@dataclass(frozen=True)
class Use:
    """Paid so far: people, months of people, rupiah; `all_people` are those paid or promised. None is closed.

    `by_month`: month index -> people; `by_place`: kecamatan -> people ever paid.
    """

    people: int | None = 0
    months: int | None = 0
    amount: int | None = 0
    all_people: int | None = 0
    by_month: dict[int, int | None] = field(default_factory=dict)
    by_place: dict[str, int | None] = field(default_factory=dict)

    @property
    def small(self) -> bool:
        """Whether so few are paid that nothing is shown."""
        return self.people is None


def use(fund: Fund | None) -> Use:
    """Of one fund; a fund that is not there yet has paid nothing."""
    if fund is None:
        return Use()
    own = PersonMonth.objects.filter(fund=fund, state__in=LIVE)
    paid = own.filter(_PAID)
    told = own.aggregate(
        people=Count("person", distinct=True, filter=_PAID), months=Count("pk", filter=_PAID),
        amount=Sum("rate", filter=_PAID, default=0), everyone=Count("person", distinct=True),
    )  # fmt: skip
    least = settings.JANGKAU_SMALL_CELLS
    if 0 < told["people"] < least:
        return Use(None, None, None, None)
    months = dict(paid.order_by("month").values_list("month").annotate(n=Count("pk")))
    place = Left("person__region_code", 6)
    places = dict(paid.order_by().values_list(place).annotate(n=Count("person", distinct=True)))
    return Use(
        told["people"], told["months"], told["amount"],
        told["everyone"] if tells(told["people"], told["everyone"], least) else None,
        _shown(months, least), _shown(places, least),
    )  # fmt: skip


def _shown(parts: dict[K, int], least: int) -> dict[K, int | None]:
    shut = closed(parts, least)
    return {key: None if key in shut else count for key, count in parts.items()}


def paid_for(sponsors: Iterable[int]) -> dict[tuple[int, str], tuple[int | None, int | None]]:
    """People and months paid by all funds of a sponsor (its pk) in a region; nobody who is paid twice counts twice."""
    rows = PersonMonth.objects.filter(_PAID, fund__pledge__sponsor__in=list(sponsors)).order_by()
    told = rows.values_list("fund__pledge__sponsor", "fund__pledge__region_code")
    return {
        (sponsor, region): _whole(people, months)
        for sponsor, region, people, months in told.annotate(people=Count("person", distinct=True), months=Count("pk"))
    }


def paid_by(funds: Iterable[int]) -> dict[int, tuple[int | None, int | None]]:
    """People and months paid by each fund (its pk), for lists."""
    rows = PersonMonth.objects.filter(_PAID, fund__in=list(funds)).order_by().values_list("fund")
    told = rows.annotate(people=Count("person", distinct=True), months=Count("pk"))
    return {fund: _whole(people, months) for fund, people, months in told}


def _whole(people: int, months: int) -> tuple[int | None, int | None]:
    return (people, months) if people >= settings.JANGKAU_SMALL_CELLS else (None, None)
