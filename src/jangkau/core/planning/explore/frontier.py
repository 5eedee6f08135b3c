"""The line of budgets: from nothing to twice the money, whom it pays and what it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jangkau.core.planning.build import Built
from jangkau.core.planning.explore.quick import Quick, quick
from jangkau.core.planning.explore.turns import Turns, parts
from jangkau.core.planning.instance import Instance, Ints

STEP, STEP_OF_MANY, MOST = 5, 20, 200
_MANY_FUNDS = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Reached:
    """The plan itself, which stands at 100 percent: points, bound, rupiah, and whether each person is paid."""

    points: int
    bound: int
    spent: int
    paid: Any


def frontier(built: Built, seed: int | str, own: Reached | None, new: Any) -> list[Row]:
    """One row for each share of the money of every fund, 0 to 200 percent in steps of 5 (20 above 200 funds).

    Each row is a whole plan beside the bound on the best one; more money never gives fewer points. `new`: whether each
    person, if paid, is newly covered. Targets are not part of it; `own` is None for a plan that has some.
    """
    case = built.case
    shares = range(0, MOST + 1, STEP if case.funds <= _MANY_FUNDS else STEP_OF_MANY)
    plans = list(_plans(case, shares))
    taken = [case.cells_taken(plan.plan.paid) for plan in plans]
    drawn = np.unique(np.concatenate([parts(case.cell_size, each) for each in taken]))
    turns, every = Turns(built, drawn, seed), np.arange(len(case.cell_size))
    sums = turns.sums(np.asarray(new, np.int64))
    rows = [
        _row(share, case, plan, int(each.sum()), round(turns.first(sums, every, each)))
        for share, plan, each in zip(shares, plans, taken, strict=True)
    ]
    if own is None:
        return rows
    at = shares.index(100)
    rows[at] |= {"orang": int(own.paid.sum()), "baru": int((own.paid & new).sum()), "poin": own.points}
    rows[at] |= {"batas": own.bound, "iuran": own.spent}
    return rows


def _plans(case: Instance, shares: Iterable[int]) -> Iterable[Quick]:
    """A quick plan for each share; the one before, where it is better: its money is there too."""
    best: Quick | None = None
    for share in shares:
        found = quick(replace(case, budgets=money(case.budgets, share)))
        best = found if best is None or found.points >= best.points else replace(best, bound=found.bound)
        yield best


def money(budgets: Ints, share: int) -> Ints:
    """Budgets at so many percent, whole rupiah."""
    return budgets * share // 100


def _row(share: int, case: Instance, found: Quick, people: int, new: int) -> Row:
    return {
        "persen_anggaran": share,
        "anggaran": int(money(case.budgets, share).sum()),
        "orang": people,
        "baru": new,
        "poin": found.points,
        "batas": found.bound,
        "iuran": int(found.plan.spent(case).sum()) if case.signatures else 0,
    }
