"""The best plan of an instance, by the method that its shape allows, with the bound that says how good it is."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.columns import by_small_funds
from jangkau.core.planning.exact import FULL_SEARCH, search_nodes, solve_exact
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Flags, Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, relax
from jangkau.core.planning.rounding import fill_up, many_arcs, polish, round_down

_SMALL_GAP = 0.0002


@dataclass(frozen=True)
class Answer:
    """A plan, fund prices (points a rupiah, times `scale`), the bound they prove, and the bound in force.

    `bonus`: points that targets put on top of those of each signature, times `scale`. `whole`: small funds whose people
    the bound counts whole.
    `bound` is below `price_bound` only where an exhaustive search proved the plan optimal (`searched`).
    """

    solution: Solution
    prices: Ints
    scale: int
    points: int
    price_bound: int
    bound: int
    searched: bool
    bonus: Any = 0
    whole: Flags | None = None


def solve(case: Instance) -> Answer:
    """The plan with most points, then most people: by network flow where that is exact, else by rounding the
    relaxed plan and polishing it; small instances to proven optimality where the search ends in time.
    """
    if not case.signatures:
        nothing = np.zeros(0, np.int64)
        return Answer(Solution(nothing, nothing), np.zeros(case.funds, np.int64), 1, 0, 0, 0, False)
    start, prices, scale = _start(case)
    bound = price_bound(case, prices, scale)
    plan, searched, whole, found = fill_up(case, start, prices, scale), False, None, None
    nodes = search_nodes(case)
    if nodes < FULL_SEARCH and _far(case, plan, bound):
        found = by_small_funds(case, plan, prices * (SCALE // scale))
        plan = found.plan if found else plan
        if found and found.bound is not None and found.bound < bound:
            prices, scale, bound, whole = found.prices, SCALE, found.bound, found.whole
    if found is None and nodes < FULL_SEARCH and _far(case, plan, bound) and not many_arcs(case):
        plan = polish(case, plan, bound)
    if nodes == FULL_SEARCH or (nodes and _far(case, plan, bound)):
        exact, proven = solve_exact(case, nodes)
        if exact is not None and _rank(case, exact) >= _rank(case, plan):
            plan, searched = exact, proven and case.points(exact.paid) < bound
    points = case.points(plan.paid)
    return Answer(plan, prices, scale, points, bound, points if searched else bound, searched, whole=whole)


def _start(case: Instance) -> tuple[Solution, Ints, int]:
    """Whole people within the money, fund prices and their scale."""
    if case.one_price:
        return *solve_flow(case), int(case.arc_price[0]) * case.months
    relaxed = relax(case)
    return round_down(case, relaxed), relaxed.prices, SCALE


def _far(case: Instance, plan: Solution, bound: int) -> bool:
    return bound - case.points(plan.paid) > _SMALL_GAP * bound


def _rank(case: Instance, plan: Solution) -> tuple[int, int]:
    return case.points(plan.paid), int(plan.paid.sum())
