"""The best plan of an instance, by the method that its shape allows, with the bound that says how good it is."""

from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, relax, solve_exact
from jangkau.core.planning.rounding import fill_up, round_down

SMALL = 300


@dataclass(frozen=True)
class Answer:
    """A plan, fund prices (points a rupiah, times `scale`), the bound they prove, and the bound in force.

    `bound` is below `price_bound` only where an exhaustive search proved the plan optimal (`searched`).
    """

    solution: Solution
    prices: Ints
    scale: int
    points: int
    price_bound: int
    bound: int
    searched: bool


def solve(case: Instance) -> Answer:
    """The plan with most points, then most people. Exact for one price and period, and for small instances."""
    if not case.signatures:
        nothing = np.zeros(0, np.int64)
        return Answer(Solution(nothing, nothing), np.zeros(case.funds, np.int64), 1, 0, 0, 0, False)
    start, prices, scale = _start(case)
    bound = price_bound(case, prices, scale)
    plan = fill_up(case, start, prices, scale)
    searched = False
    if case.points(plan.paid) < bound and case.people.sum() <= SMALL:
        exact = solve_exact(case)
        if exact is not None and _holds(case, exact):
            plan, searched = exact, True
    points = case.points(plan.paid)
    return Answer(plan, prices, scale, points, bound, points if searched else bound, searched)


def _start(case: Instance) -> tuple[Solution, Ints, int]:
    if case.one_price:
        plan, prices = solve_flow(case)
        return plan, prices, int(case.arc_price[0]) * case.months
    relaxed = relax(case)
    return round_down(case, relaxed), relaxed.prices, SCALE


def _holds(case: Instance, plan: Solution) -> bool:
    """Whether a solver's rounded answer keeps every rule in whole numbers."""
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, plan.used)
    fits = bool((plan.spent(case) <= case.budgets).all())
    return fits and bool((months == plan.paid[case.node_u] * case.node_months).all())
