"""Money that plans have in view: what is left of a fund, and approved plans that want more than there is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.planning.promises import bound, decreed, left
from jangkau.apps.registry.models import Fund
from jangkau.core import outputs
from jangkau.core.engine import polars
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables import results as t


def free(funds: Iterable[Fund], after: Plan | None = None) -> dict[int, int]:
    """Fund (key) -> rupiah that are promised to nobody, nor wanted by the plan `after` which has no decree yet."""
    listed = list(funds)
    taken, wanted = bound(listed), waiting(after) if after else Counter[str]()
    return {fund.pk: max(0, left(fund, taken) - wanted[fund.kode]) for fund in listed}


def waiting(plan: Plan) -> Counter[str]:
    """Fund (code) -> rupiah that a plan pays and that no decree of it has brought into the ledger yet.

    Nothing of a plan whose files are gone: no decree can be made of it.
    """
    try:
        rows = outputs.read_json(plan.folder / "rencana.json")["dana"]
    except Problem:
        return Counter()
    return Counter({row["kode"]: row["terpakai"] for row in rows}) - decreed(plan)


@dataclass(frozen=True)
class Clash:
    """A fund of which a plan, with what is promised and what other approved plans wait for, wants more than it has."""

    fund: Fund
    wanted: int
    bound: int
    others: tuple[tuple[Plan, int], ...]

    @property
    def short(self) -> int:
        """Rupiah that are missing."""
        return self.wanted + self.bound + sum(n for _plan, n in self.others) - self.fund.anggaran


@dataclass(frozen=True)
class Clashes:
    """What stands against a plan: funds that are short, and people whom another approved plan pays then."""

    funds: list[Clash]
    people: list[tuple[Plan, int]]

    def __bool__(self) -> bool:
        return bool(self.funds or self.people)

    def told(self) -> dict[str, object]:
        """For the log."""
        return {"dana": {one.fund.kode: one.short for one in self.funds},
                "orang": {str(other): n for other, n in self.people}}  # fmt: skip


def clashes(plan: Plan) -> Clashes:
    """What would go wrong once decrees are made of this plan and of the approved plans that have none yet."""
    wanted = waiting(plan)
    rest = [(other, money) for other in _others(plan) if (money := waiting(other))]
    funds = list(Fund.objects.filter(kode__in=wanted).order_by("kode"))
    taken = bound(funds)
    found = [
        Clash(fund, wanted[fund.kode], taken[fund.pk],
              tuple((other, money[fund.kode]) for other, money in rest if money[fund.kode]))
        for fund in funds
    ]  # fmt: skip
    both = [(other, _shared(_paid(plan), _paid(other))) for other, _money in rest]
    return Clashes([one for one in found if one.short > 0], [(other, n) for other, n in both if n])


def _others(plan: Plan) -> list[Plan]:
    approved = Plan.objects.filter(state=PlanState.APPROVED).exclude(pk=plan.pk).order_by("pk")
    mine = plan.region_code
    return [one for one in approved if one.region_code.startswith(mine) or mine.startswith(one.region_code)]


def _paid(plan: Plan) -> pl.DataFrame:
    """`id_pekerja`, the first and the last month paid."""
    try:
        rows = polars(outputs.read_table(plan.folder, t.RENCANA))
    except Problem:
        return pl.DataFrame(schema={"id_pekerja": pl.String, "first": pl.Int64, "last": pl.Int64})
    paid = rows.filter(pl.col("dana").is_not_null())
    months = {text: month_index(text) for text in paid["bulan_mulai"].unique()}
    first = pl.col("bulan_mulai").replace_strict(months, return_dtype=pl.Int64)
    runs = paid.select("id_pekerja", first=first, last=first + pl.col("jumlah_bulan") - 1)
    return runs.group_by("id_pekerja").agg(pl.col("first").min(), pl.col("last").max())


def _shared(mine: pl.DataFrame, other: pl.DataFrame) -> int:
    both = mine.join(other, on="id_pekerja", suffix="_other")
    return both.filter((pl.col("first") <= pl.col("last_other")) & (pl.col("first_other") <= pl.col("last"))).height
