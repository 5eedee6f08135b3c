"""From fractions to whole people, and then the people that the money left still reaches."""

import heapq
from collections.abc import Callable
from typing import Any

import numpy as np

from jangkau.core.planning.instance import Floats, Instance, Ints, Solution, path_cost
from jangkau.core.planning.relaxation import SCALE, Relaxation, Relaxed
from jangkau.core.planning.settle import settle
from jangkau.core.planning.whole import Desk

_NEAR = 1e-6
_ROUNDS = 13
_EFFORT = 60_000
_MANY_ARCS = 4_000
_PATIENCE = 2_000
_LET_GO = (0, 10, 25)


def round_down(case: Instance, relaxed: Relaxed) -> Solution:
    """Whole people no more than the relaxed plan pays, whole months, no fund overspent."""
    paid = np.floor(relaxed.paid + _NEAR).astype(np.int64)
    used = np.floor(relaxed.used + _NEAR).astype(np.int64)
    over = Solution(paid, used).spent(case) > case.budgets
    used[over[case.arc_fund]] = np.floor(relaxed.used[over[case.arc_fund]] - _NEAR).clip(0).astype(np.int64)
    desk = Desk(case, Solution(paid, used))
    for u in np.unique(case.node_u[_missing(case, desk) != 0]).tolist():
        _match(case, desk, u)
    return Solution(desk.paid, desk.used)


def round_with(case: Instance, relaxed: Relaxed, worth: Any) -> Solution:
    """Whole people, then whom the money left still reaches, those worth most with their points on top first."""
    desk = Desk(case, round_down(case, relaxed))
    ends, misses = case.people, 0
    value = np.array([float(each) / SCALE for each in worth])

    def entry(u: int) -> tuple[float, int]:
        return -(case.next_points(u, int(desk.paid[u])) + value[u]), u

    waiting = [entry(u) for u in range(case.signatures) if desk.paid[u] < ends[u]]
    heapq.heapify(waiting)
    while waiting and misses < _PATIENCE:
        u = heapq.heappop(waiting)[1]
        if not desk.insert(u):
            misses += 1
        elif desk.paid[u] < ends[u]:
            heapq.heappush(waiting, entry(u))
    return Solution(desk.paid, desk.used)


def _missing(case: Instance, desk: Desk) -> Ints:
    """Months that each node's people need and its arcs do not pay."""
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, desk.used)
    return np.asarray(desk.paid[case.node_u] * case.node_months - months, np.int64)


def _match(case: Instance, desk: Desk, u: int) -> None:
    """Give every node exactly the months that its people need; where money fails, one person fewer."""
    nodes = range(case.first_node[u], case.first_node[u + 1])
    while not all(_level(case, desk, node) for node in nodes):
        desk.paid[u] -= 1


def _level(case: Instance, desk: Desk, node: int) -> bool:
    span = slice(case.node_arcs[node], case.node_arcs[node + 1])
    missing = int(desk.paid[case.node_u[node]] * case.node_months[node] - desk.used[span].sum())
    if missing < 0:
        desk.drain(node, -missing)
    return missing <= 0 or desk.fill(node, missing)


def many_arcs(case: Instance) -> bool:
    """Whether a walk from fund to fund for each person takes too long."""
    return len(case.arc_node) > _MANY_ARCS


def fill_up(case: Instance, start: Solution, prices: Ints, scale: int) -> Solution:
    """The start with every further person that the money left can pay; the better of two orders of trying.

    Very many arcs are settled in another way, which looks at each fund once instead of walking from fund to fund.
    """
    if many_arcs(case):
        return settle(case, start)
    worth = _worth(case, prices, scale)
    orders: list[Callable[[int, int], float]] = [lambda u, points: float(points)]
    if not case.one_price:
        orders.append(lambda u, points: points - worth[u])
    tried = [_fill(case, start, order) for order in orders]
    return max(tried, key=lambda plan: (case.points(plan.paid), int(plan.paid.sum())))


def polish(case: Instance, plan: Solution, bound: int) -> Solution:
    """The plan after a few rounds of: let some people go, deal all money out anew among fractions, round again.

    A fixed number of rounds and fixed draws: the same instance always gives the same plan. Letting nobody go is tried
    again only after something else has changed the plan.
    """
    relaxation, draw = Relaxation(case), np.random.default_rng(0)
    best, points, known = plan, case.points(plan.paid), np.zeros(0, np.int64)
    for turn in range(min(_ROUNDS, _EFFORT // len(relaxation.gain))):
        if points == bound:
            break
        least, let_go = best.paid.copy(), _LET_GO[turn % len(_LET_GO)]
        least[draw.permutation(np.flatnonzero(least))[:let_go]] -= 1
        if not let_go and np.array_equal(least, known):
            continue
        known = known if let_go else least
        relaxed = relaxation.solve(least)
        if relaxed is None:
            continue
        tried = fill_up(case, round_down(case, relaxed), relaxed.prices, SCALE)
        if (case.points(tried.paid), tried.paid.sum()) >= (points, best.paid.sum()):
            best, points = tried, case.points(tried.paid)
    return best


def _worth(case: Instance, prices: Ints, scale: int) -> Floats:
    return np.asarray(path_cost(case, prices) / scale, np.float64)


def _fill(case: Instance, start: Solution, order: Callable[[int, int], float]) -> Solution:
    desk = Desk(case, start)
    ends = case.people
    waiting: list[tuple[float, int]] = []

    def queue(u: int) -> None:
        if desk.paid[u] < ends[u]:
            heapq.heappush(waiting, (-order(u, case.next_points(u, int(desk.paid[u]))), u))

    for u in range(case.signatures):
        queue(u)
    while waiting:
        _, u = heapq.heappop(waiting)
        if desk.insert(u):
            queue(u)
    return Solution(desk.paid, desk.used)
