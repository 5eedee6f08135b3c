"""What a sponsor's money has paid, counted in the book and told in steps. No person is read here, only counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Left

from jangkau.apps.enrolment.models import PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE, MonthState
from jangkau.apps.partners.models import Pledge, Telling
from jangkau.apps.partners.telling import newest, tell, told_in
from jangkau.core.kernel.month import month_of

_PAID = Q(state=MonthState.PAID)
_MONTH, _PLACE = "bulan ", "tempat "  # before the name of a part


@dataclass(frozen=True)
class Use:
    """Paid by `as_of`, at least: people, months of people, rupiah; `all_people` are those paid or promised. None is
    less than a step.

    `by_month`: month index -> people; `by_place`: kecamatan -> people ever paid; those below a step are left out.
    """

    people: int | None = None
    months: int | None = None
    amount: int | None = None
    all_people: int | None = None
    by_month: dict[int, int] = field(default_factory=dict)
    by_place: dict[str, int] = field(default_factory=dict)
    as_of: date | None = None


def use(pledge: Pledge) -> Use:
    """What is told of a pledge this month."""
    return uses([pledge])[pledge.pk]


def uses(pledges: Iterable[Pledge]) -> dict[int, Use]:
    """What is told of each pledge (its pk)."""
    names = {pledge.pk: _about(pledge) for pledge in pledges}
    found = newest(names.values())
    return {pk: _shown(found.get(name)) for pk, name in names.items()}


def _shown(told: Telling | None) -> Use:
    if told is None:
        return Use()
    seen = told.shown
    months = {int(name.removeprefix(_MONTH)): n for name, n in seen.items() if name.startswith(_MONTH)}
    places = {name.removeprefix(_PLACE): n for name, n in seen.items() if name.startswith(_PLACE)}
    people, paid, rupiah, named = (seen.get(name) for name in ("orang", "bulan", "rupiah", "semua"))
    return Use(people, paid, rupiah, named, months, places, told.as_of)


def of_sponsor(sponsor: int, region: str) -> tuple[int | None, int | None, date | None]:
    """People and months that all pledges of a sponsor (its pk) for a region have paid, as told this month, and when."""
    about = _about_all(sponsor, region)
    told = newest([about]).get(about)
    if told is None or "orang" not in told.shown:
        return None, None, told.as_of if told else None
    return told.shown["orang"], told.shown.get("bulan"), told.as_of


def refresh(today: date) -> int:
    """Tell of every pledge whose money came in, and of each sponsor in a region, if this month has not yet.

    Returns of how many pledges.
    """
    paying, done = Pledge.objects.exclude(received=None), told_in(month_of(today))
    waiting = [pledge for pledge in paying if _about(pledge) not in done]
    for pledge in waiting:
        counts = _counts(PersonMonth.objects.filter(fund=pledge.fund_id))
        share = {"bulan": pledge.months, "rupiah": max(1, pledge.amount // pledge.people)}
        tell(_about(pledge), counts, _steps(counts, share), today)
    for sponsor, region, longest in paying.order_by().values_list("sponsor", "region_code").annotate(n=Max("months")):
        if _about_all(sponsor, region) not in done:
            counts = _counts_all(sponsor, region)
            tell(_about_all(sponsor, region), counts, _steps(counts, {"bulan": longest}), today)
    return len(waiting)


def _counts(own: "QuerySet[PersonMonth]") -> dict[str, int]:
    """The exact counts of a fund's months of people."""
    live, paid = own.filter(state__in=LIVE), own.filter(_PAID)
    told = live.aggregate(
        orang=Count("person", distinct=True, filter=_PAID), bulan=Count("pk", filter=_PAID),
        rupiah=Sum("rate", filter=_PAID, default=0), semua=Count("person", distinct=True),
    )  # fmt: skip
    months = paid.order_by("month").values_list("month").annotate(n=Count("pk"))
    places = paid.order_by().values_list(Left("person__region_code", 6)).annotate(n=Count("person", distinct=True))
    return {**told, **{f"{_MONTH}{month}": n for month, n in months}, **{f"{_PLACE}{code}": n for code, n in places}}


def _counts_all(sponsor: int, region: str) -> dict[str, int]:
    """Nobody who is paid by two pledges counts twice."""
    own = PersonMonth.objects.filter(_PAID, fund__pledge__sponsor=sponsor, fund__pledge__region_code=region)
    return own.aggregate(orang=Count("person", distinct=True), bulan=Count("pk"))


def _steps(counts: Iterable[str], share: Mapping[str, int]) -> dict[str, int]:
    """A step of each count: the least number of people who may be told of, times what one of them makes of it."""
    return {name: settings.JANGKAU_SMALL_CELLS * share.get(name, 1) for name in counts}


def _about(pledge: Pledge) -> str:
    return f"janji-{pledge.pk}"


def _about_all(sponsor: int, region: str) -> str:
    return f"penyandang-{sponsor}-{region}"
