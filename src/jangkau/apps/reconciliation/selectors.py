"""Asking for reconciliations, findings, and whose membership ends when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within
from jangkau.apps.reconciliation.models import Bridge, Decision, Finding, Lapse, Reconciliation
from jangkau.apps.reconciliation.words import KINDS, Words
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.month import first_day, month_of

VIEW = "reconciliation.view"


@dataclass(frozen=True)
class Row:
    """One kind of finding in the user's regions: people, how many wait for a decision, rupiah let go and asked back."""

    kind: str
    people: int
    waiting: int = 0
    release: int = 0
    refund: int = 0

    @property
    def words(self) -> Words:
        """Its words."""
        return KINDS[self.kind]


def people(made: Reconciliation, codes: list[str]) -> dict[str, int]:
    """Finding -> people in these regions. A user of one desa sees none: counts are kept by kecamatan."""
    total: dict[str, int] = {}
    for place, kinds in made.counts.items():
        if any(place.startswith(code) for code in codes):
            for kind, count in kinds.items():
                total[kind] = total.get(kind, 0) + count
    return total


def rows(made: Reconciliation, user: User) -> list[Row]:
    """What was found, in the order of findings; what was carried out stays counted."""
    found = findings(user, made).order_by().values("kind")
    told = found.annotate(
        listed=Count("pk"), waiting=Count("pk", filter=Q(decision=Decision.OPEN)),
        release=Sum("release_amount"), refund=Sum("refund_amount"),
    )  # fmt: skip
    sums: dict[str, dict[str, Any]] = {row["kind"]: {**row} for row in told}
    counts = people(made, scope(user, VIEW))
    return [_row(kind, counts.get(kind, 0), sums.get(kind)) for kind in KINDS if kind in counts or kind in sums]


def _row(kind: str, count: int, sums: dict[str, Any] | None) -> Row:
    if sums is None:
        return Row(kind, count)
    return Row(kind, max(count, sums["listed"]), sums["waiting"], sums["release"] or 0, sums["refund"] or 0)


def findings(user: User, made: Reconciliation | None = None, permission: str = VIEW) -> QuerySet[Finding]:
    """Findings in the user's regions."""
    found = Finding.objects.filter(within(user, permission))
    return found.filter(reconciliation=made) if made else found


def filtered(found: QuerySet[Finding], asked: dict[str, Any]) -> QuerySet[Finding]:
    """Findings as a filter asks: kind, fund, region, and what was decided."""
    if asked.get("jenis"):
        found = found.filter(kind=asked["jenis"])
    if asked.get("dana"):
        found = found.filter(fund=asked["dana"])
    if asked.get("wilayah"):
        found = found.filter(region_code__startswith=asked["wilayah"])
    if asked.get("putusan") == "belum":
        return found.filter(decision=Decision.OPEN)
    if asked.get("putusan") == "uang":
        return found.filter(refunded_at=None).exclude(refund=[])
    return found.filter(decision=asked["putusan"]) if asked.get("putusan") else found


def waiting(user: User) -> int:
    """Findings of the newest reconciliation that wait for a decision of the user."""
    newest = Reconciliation.objects.filter(done=True).first()
    if newest is None:
        return 0
    return findings(user, newest, "reconciliation.decide").filter(decision=Decision.OPEN).count()


def lapses(user: User, asked: dict[str, Any] | None = None) -> QuerySet[Lapse]:
    """Memberships that end within twelve months, in the user's regions."""
    asked = asked or {}
    found = Lapse.objects.filter(within(user, VIEW))
    names = {"bulan": "ends", "dana": "fund", "wilayah": "region_code__startswith"}
    return found.filter(**{names[name]: value for name, value in asked.items() if name in names and value})


@dataclass(frozen=True)
class Ahead:
    """One month of the radar: people by fund, how many lose the full death benefit, and what bridging costs."""

    month: int
    people: dict[int, int]
    loses: int
    costs: list[int]

    @property
    def total(self) -> int:
        """People of all funds."""
        return sum(self.people.values())

    @property
    def day(self) -> date:
        """The last day of membership."""
        return first_day(self.month) - timedelta(days=1)

    @property
    def soon(self) -> bool:
        """Whether that day is at most two months away."""
        return self.day <= timezone.localdate() + timedelta(days=62)


def ahead(found: QuerySet[Lapse], first: int) -> list[Ahead]:
    """Twelve months from `first` on, also those in which nothing ends."""
    bridges = {bridge.pk: bridge for bridge in Bridge.objects.all()}
    groups = list(
        found.order_by()
        .values("ends", "fund", "bridge")
        .annotate(n=Count("pk"), full=Count("pk", filter=Q(loses_full=True)))
    )
    months = []
    for month in range(first, first + 12):
        own = [group for group in groups if group["ends"] == month]
        by_fund: dict[int, int] = {}
        for group in own:
            by_fund[group["fund"]] = by_fund.get(group["fund"], 0) + group["n"]
        costs = [sum(group["n"] * bridges[group["bridge"]].of(n) for group in own) for n in range(1, 13)]
        months.append(Ahead(month, by_fund, sum(group["full"] for group in own), costs))
    return months


def next_ending(user: User) -> Ahead | None:
    """The first month, from the next one on, in which anybody's membership ends."""
    found = lapses(user)
    first = month_of(timezone.localdate()) + 1
    month = found.filter(ends__gte=first).order_by("ends").values_list("ends", flat=True).first()
    return ahead(found.filter(ends=month), month)[0] if month else None


def funds(found: "QuerySet[Finding] | QuerySet[Lapse]") -> list[Fund]:
    """The funds that these rows are about."""
    keys = set(found.order_by().values_list("fund", flat=True).distinct())
    return list(Fund.objects.filter(pk__in=keys).order_by("kode"))
