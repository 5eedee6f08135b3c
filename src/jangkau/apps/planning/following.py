"""A plan that follows another: for the people who have a payer in its first months, from the month they are free."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.planning import actions
from jangkau.apps.planning.basis import kept_back
from jangkau.apps.planning.files import demand_untouched
from jangkau.apps.planning.inputs import Inputs, fund_row, keep_list
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.money import free
from jangkau.apps.planning.promises import held
from jangkau.apps.planning.selectors import funds_of
from jangkau.core import outputs
from jangkau.core.engine import polars
from jangkau.core.kernel.formats import short_month
from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables import results as t
from jangkau.core.tables.settings import Settings


@dataclass(frozen=True)
class Group:
    """People who have a payer until month `last` (index); months of the plan that are free after it."""

    last: int
    people: int
    months: int

    @property
    def first(self) -> int:
        """The month from which a plan may take them."""
        return self.last + 1


def groups(until: Mapping[str, int], settings: Settings) -> list[Group]:
    """Those who have a payer in some of a plan's months, by the last of those months (`until`: YYYY-MM -> people)."""
    end = settings.start + settings.bulan
    return [_group(month_index(last), until[last], end) for last in sorted(until)]


def _group(last: int, people: int, end: int) -> Group:
    return Group(last, people, max(0, end - last - 1))


def follow(plan: Plan, last: int, *, by: User) -> Plan:
    """A draft of whatever months are left of a plan, for exactly those whose promised months end with month `last`.

    Its funds have what is left of them without the first plan's own part. Raises LANJUTAN_KOSONG,
    RENCANA_BERKAS_DIUBAH.
    """
    demand_untouched(plan)
    inputs, start = Inputs.read(plan.inputs), last + 1
    months = inputs.settings.start + inputs.settings.bulan - start
    people = _until(plan, inputs.settings, last)
    if not people or months < 1:
        raise Problem("LANJUTAN_KOSONG", bulan=month_text(start))
    terms: dict[str, Any] = {"mulai": month_text(start), "bulan": months}
    title = _("%(title)s, lanjutan mulai %(month)s") % {"title": plan.title, "month": short_month(month_text(start))}
    later = Inputs(inputs.settings.model_copy(update=terms), _funds(plan, inputs), (), keep_list(people))
    return actions.save(plan.region_code, title[-120:], later, by=by)


def _until(plan: Plan, settings: Settings, last: int) -> list[str]:
    verdicts, until = outputs.read_table(plan.folder, t.KELAYAKAN), held(plan.region_code, settings)
    return [key for key in kept_back(polars(verdicts)) if until.get(key) == last]


def _funds(plan: Plan, inputs: Inputs) -> tuple[dict[str, Any], ...]:
    wanted = {row["kode"] for row in inputs.dana}
    funds = [fund for fund in funds_of(plan.region_code) if fund.kode in wanted]
    money = free(funds, after=plan)
    return tuple(fund_row(fund, money[fund.pk]) for fund in sorted(funds, key=lambda fund: fund.kode))
