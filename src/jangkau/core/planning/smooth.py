"""The same people for the same money, with as few handovers between funds as the money allows."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.instance import Instance, Ints, Solution, spread
from jangkau.core.planning.whole import Desk

_MOST_COLUMNS = 60_000
_NEAR = 1e-6


@dataclass(frozen=True)
class _Stretches:
    """One fund pays consecutive nodes of a signature: the arcs of each stretch, flat; `count` stretches."""

    column: Ints
    arc: Ints
    count: int


def smooth(case: Instance, plan: Solution) -> Solution:
    """The plan with its months dealt anew over the funds in the fewest stretches.

    Who is paid does not change and no fund spends more than it has. The plan itself comes back where there is
    nothing to gain, where whole months do not come out, and for very large networks.
    """
    if len(case.node_u) == case.signatures or not plan.paid.any():
        return plan
    runs = _stretches(case, plan)
    if runs.count > _MOST_COLUMNS:
        return plan
    months = case.node_months[case.arc_node[runs.arc]]
    ones, unit = np.ones(len(runs.arc)), float(case.arc_price.max())
    cover = sparse.csc_array((ones, (case.arc_node[runs.arc], runs.column)), shape=(len(case.node_u), runs.count))
    bills = (months * case.arc_price[runs.arc] / unit, (case.arc_fund[runs.arc], runs.column))
    money = sparse.csc_array(bills, shape=(case.funds, runs.count))
    found = linprog(
        np.ones(runs.count), A_ub=money, b_ub=case.capacity / unit, A_eq=cover, b_eq=plan.paid[case.node_u],
        method="highs",
    )  # fmt: skip
    if found.status != 0:
        return plan
    used = np.bincount(runs.arc, found.x[runs.column] * months, len(case.arc_node))
    return _whole(case, plan, np.floor(used + _NEAR).astype(np.int64)) or plan


def _stretches(case: Instance, plan: Solution) -> _Stretches:
    """Every stretch of nodes that one fund can pay, for the signatures with people paid."""
    order = np.lexsort((case.arc_node, case.arc_fund, case.arc_u))
    order = order[plan.paid[case.arc_u[order]] > 0]
    breaks = (np.diff(case.arc_fund[order]) != 0) | (np.diff(case.arc_node[order]) != 1)
    ends = np.flatnonzero(np.append(breaks | (np.diff(case.arc_u[order]) != 0), True)) + 1
    left = np.repeat(ends, np.diff(ends, prepend=0)) - np.arange(len(order))
    first, more = spread(np.ones(len(order), np.int64), left)
    stretch, at = spread(first, more)
    return _Stretches(stretch, order[at], len(first))


def _whole(case: Instance, plan: Solution, used: Ints) -> Solution | None:
    """Whole months near the dealt ones, for exactly the people of the plan; None where the money does not come out."""
    start = Solution(plan.paid, used)
    if (start.spent(case) > case.budgets).any():
        return None
    desk = Desk(case, start)
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, used)
    missing = plan.paid[case.node_u] * case.node_months - months
    for node in np.flatnonzero(missing).tolist():
        if missing[node] < 0:
            desk.drain(node, -int(missing[node]))
        elif not desk.fill(node, int(missing[node])):
            return None
    return Solution(desk.paid, desk.used)
