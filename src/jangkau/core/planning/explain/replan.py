"""One thing changed, the plan solved again: would this person then be paid? Only what a new plan confirms is said."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from jangkau.core.planning.build import Built, build
from jangkau.core.planning.explain.lottery import ahead
from jangkau.core.planning.explain.record import Record
from jangkau.core.planning.instance import Instance
from jangkau.core.planning.relaxation import relax
from jangkau.core.planning.solve import solve

_STEPS = (0, 1, 3, 12)
_NEAR = 1e-6


class Changed(NamedTuple):
    """An instance with one thing changed, and where the person stands in it: signature, and people before him there."""

    case: Instance
    u: int
    place: int

    def likely(self) -> bool:
        """Whether the relaxed plan pays him; with one price and one period the plan itself, which is as quick."""
        if self.case.one_price:
            return self.certain()
        return self.u >= 0 and float(relax(self.case).paid[self.u]) > self.place + 1 - _NEAR

    def certain(self) -> bool:
        """Whether the plan, made anew, pays him."""
        return self.u >= 0 and int(solve(self.case).solution.paid[self.u]) > self.place


class Replan:
    """What would have changed it for one person (place `at` in `built.people`) who is not paid.

    An amount is looked for in the relaxed plan, which is quick, and then put into the plan itself: what comes back
    pays the person in a new plan. With one price, one period and no ties it is the least such amount, else one near it.
    """

    def __init__(self, record: Record, at: int) -> None:
        self.record, self.at = record, at
        self.case = record.built.case
        self.u = int(record.built.signature[at])
        self.points = int(record.built.people["poin"][at])

    def points_needed(self, cutoff: int) -> int | None:
        """Points more with which the person is paid; None where no points would do."""
        levels = np.unique(self.case.cell_points)
        goals = np.unique(np.concatenate([[cutoff, cutoff + 1], levels, levels + 1]))
        found = _least(goals[(goals > self.points) & (goals >= cutoff)].tolist(), self.with_points)
        return None if found is None else found - self.points

    def money_needed(self, fund: int) -> int | None:
        """Rupiah more in one fund with which the person is paid; None where that fund's money alone would not do."""
        case, mine = self.case, self.case.arc_fund == fund
        bill = np.zeros(case.signatures, np.int64)
        np.add.at(bill, case.arc_u[mine], case.arc_price[mine] * case.node_months[case.arc_node[mine]])
        own, everyone, budget = int(bill[self.u]), int((case.people * bill).sum()), int(case.budgets[fund])
        if not own:
            return None
        step = int(case.arc_price[mine].min())
        budgets = range(budget // step * step + step, everyone + step, step)
        found = _least(budgets, lambda value: self.with_money(fund, value))
        return None if found is None else found - budget

    def months_needed(self, fewest: int) -> int | None:
        """The most months, fewer than the plan's, for which the person is paid; None if not even for `fewest`."""
        return _least(range(self.record.settings.bulan - 1, fewest - 1, -1), self.with_months)

    def with_points(self, points: int) -> Changed:
        """The plan's instance with another number of points for this person."""
        return Changed(moved(self.case, self.u, self.points, points), self.u, self._place(self.record.built, points))

    def with_money(self, fund: int, budget: int) -> Changed:
        """The plan's instance with another budget of one fund."""
        budgets = self.case.budgets.copy()
        budgets[fund] = budget
        return Changed(replace(self.case, budgets=budgets), self.u, self._place(self.record.built, self.points))

    def with_months(self, months: int) -> Changed:
        """The instance of a plan of so many months each, from the same month and money."""
        shorter = self.record.settings.model_copy(update={"bulan": months})
        built = build(self.record.people, self.record.funds, shorter, self.record.book)
        return Changed(built.case, int(built.signature[self.at]), self._place(built, self.points))

    def _place(self, built: Built, points: int) -> int:
        return ahead(built, self.at, points, self.record.settings.benih)


def moved(case: Instance, u: int, old: int, new: int) -> Instance:
    """The instance with one person of a signature at other points."""
    cells = {(int(s), -int(p)): int(n) for s, p, n in zip(case.cell_u, case.cell_points, case.cell_size, strict=True)}
    cells[u, -old] -= 1
    cells[u, -new] = cells.get((u, -new), 0) + 1
    kept = np.array(sorted((s, p, n) for (s, p), n in cells.items() if n), np.int64)
    return replace(case, cell_u=kept[:, 0].copy(), cell_points=-kept[:, 1], cell_size=kept[:, 2].copy())


def _least(goals: Sequence[int], changed: Callable[[int], Changed]) -> int | None:
    """The first goal that seems to hold, found by halving, or one of a few after it; what comes back surely holds.

    Points and months are most often near the start, so a few early goals are asked first.
    """
    low, high = 0, len(goals) - 1
    for early in (step for step in _STEPS if step < high):
        if changed(goals[early]).likely():
            high = early
            break
        low = early + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if changed(goals[middle]).likely() else (middle + 1, high)
    tried = [*dict.fromkeys(min(low + step, len(goals) - 1) for step in _STEPS), len(goals) - 1]
    return next((goals[at] for at in dict.fromkeys(tried) if at >= 0 and changed(goals[at]).certain()), None)
