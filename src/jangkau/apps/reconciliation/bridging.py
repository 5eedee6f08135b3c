"""From the radar to a draft plan: the money that bridging costs, and those who continue before all others."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.planning import actions as plans
from jangkau.apps.planning.inputs import Inputs, fund_row
from jangkau.apps.planning.models import Plan
from jangkau.apps.reconciliation.models import Bridge
from jangkau.apps.reconciliation.selectors import lapses
from jangkau.apps.registry.models import Fund
from jangkau.apps.registry.selectors import settings
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.problems import Problem

BEFORE_ALL_OTHERS = 10_000  # points; the most that the form of a plan takes


@dataclass(frozen=True)
class Asked:
    """What to bridge: whose membership ends (a filter of the radar), for how many months."""

    region_code: str
    months: int
    ends: int | None = None
    fund: Fund | None = None


def draft(asked: Asked, *, by: User) -> Plan:
    """A draft plan of the region, worked out in the background: each fund has what bridging its own people costs.

    The plan chooses its people itself, by its own rules; those whose subsidised membership ends come first. Raises
    JEMBATAN_KOSONG, PROGRAM_BELUM_DIATUR.
    """
    found = lapses(by, {"bulan": asked.ends, "dana": asked.fund, "wilayah": asked.region_code})
    if not found.exists():
        raise Problem("JEMBATAN_KOSONG")
    last: int = found.aggregate(last=Min("last"))["last"]
    start = max(last, month_of(timezone.localdate())) + 1
    chosen = settings()
    weights = chosen.bobot.model_copy(update={"lanjutan": BEFORE_ALL_OTHERS})
    terms: dict[str, Any] = {"mulai": month_text(start), "bulan": asked.months, "bobot": weights, "pemerataan": None}
    costs = _costs(asked, found)
    funds = Fund.objects.filter(pk__in=costs, closed=False).order_by("kode")
    rows = tuple(fund_row(fund, min(costs[fund.pk], fund.anggaran)) for fund in funds)
    title = _("Jembatan %(n)s bulan mulai %(month)s") % {"n": asked.months, "month": month_text(start)}
    return plans.save(asked.region_code, title, Inputs(chosen.model_copy(update=terms), rows, ()), by=by)


def _costs(asked: Asked, found: Any) -> dict[int, int]:
    """Fund -> rupiah of so many months for its people."""
    bridges = {bridge.pk: bridge for bridge in Bridge.objects.all()}
    costs: dict[int, int] = {}
    for group in found.order_by().values("fund", "bridge").annotate(n=Count("pk")):
        price = group["n"] * bridges[group["bridge"]].of(asked.months)
        costs[group["fund"]] = costs.get(group["fund"], 0) + price
    return costs
