"""From the radar to a draft plan: exactly the people whose membership ends, and the money that bridging costs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.planning import actions as plans
from jangkau.apps.planning.inputs import Inputs, fund_row, keep_list
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.money import free
from jangkau.apps.reconciliation.models import Bridge
from jangkau.apps.reconciliation.selectors import lapses
from jangkau.apps.registry.models import Fund
from jangkau.apps.registry.selectors import settings
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.problems import Problem


@dataclass(frozen=True)
class Asked:
    """What to bridge: whose membership ends (a filter of the radar), for how many months."""

    region_code: str
    months: int
    ends: int | None = None
    fund: Fund | None = None


def draft(asked: Asked, *, by: User) -> Plan:
    """A draft plan of the region for those whose membership ends in one month, worked out in the background.

    It names them, so that nobody else can be paid; each fund has what bridging its own people costs, as far as it is
    left. Without a month it is for those who end first. Raises JEMBATAN_KOSONG, PROGRAM_BELUM_DIATUR.
    """
    found = lapses(by, {"bulan": asked.ends, "dana": asked.fund, "wilayah": asked.region_code})
    last = found.aggregate(last=Min("last"))["last"]
    if last is None:
        raise Problem("JEMBATAN_KOSONG")
    found, start = found.filter(last=last), max(last, month_of(timezone.localdate())) + 1
    terms: dict[str, Any] = {"mulai": month_text(start), "bulan": asked.months, "pemerataan": None}
    people = keep_list(found.values_list("enrolment__person__id_pekerja", flat=True))
    inputs = Inputs(settings().model_copy(update=terms), _funds(_costs(asked, found)), (), people)
    title = _("Jembatan %(n)s bulan mulai %(month)s") % {"n": asked.months, "month": month_text(start)}
    return plans.save(asked.region_code, title, inputs, by=by)


def _funds(costs: dict[int, int]) -> tuple[dict[str, Any], ...]:
    funds = list(Fund.objects.filter(pk__in=costs, closed=False).order_by("kode"))
    left = free(funds)
    return tuple(fund_row(fund, min(costs[fund.pk], left[fund.pk])) for fund in funds)


def _costs(asked: Asked, found: Any) -> dict[int, int]:
    """Fund -> rupiah of so many months for its people."""
    bridges = {bridge.pk: bridge for bridge in Bridge.objects.all()}
    costs: dict[int, int] = {}
    for group in found.order_by().values("fund", "bridge").annotate(n=Count("pk")):
        price = group["n"] * bridges[group["bridge"]].of(asked.months)
        costs[group["fund"]] = costs.get(group["fund"], 0) + price
    return costs
