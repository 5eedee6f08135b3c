"""A whole plan that reaches its targets as far as money and people allow, and the bound on every such plan."""

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.instance import Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, Relaxed
from jangkau.core.planning.rounding import round_down
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.targets.demand import Demands
from jangkau.core.planning.targets.programme import relax_with
from jangkau.core.planning.targets.search import search
from jangkau.core.planning.whole import Desk

_ROUNDS = 4
_PATIENCE = 2_000


@dataclass(frozen=True)
class Met:
    """The plan; points on top by target (times SCALE) and what it reaches of each, at most the need."""

    answer: Answer
    bonus: Ints
    reached: Ints
    owed: Ints


def meet(case: Instance, demands: Demands) -> Met:
    """Fewest people missing, then most points, from a few roundings of the relaxed plan.

    The bound holds for every plan that reaches of each target what this one does (`owed`): points with those on top
    are bounded by prices, and every such plan earns at least `bonus x owed` of them.
    """
    if not case.signatures:
        nothing = np.zeros(len(demands.need), np.int64)
        return Met(solve(case), nothing, nothing, nothing)
    start, _, missing = relax_with(case, demands, demands.need)
    goal = demands.need - np.ceil(missing - 1e-6).astype(np.int64)
    # half a person before the goal, the price of reaching it is a price and not a wall
    relaxed, bonus, _ = relax_with(case, demands, goal - 0.5)
    worth = np.asarray((demands.counts.astype(object) * bonus.astype(object)).sum(axis=1))
    best, asked = _round(case, start, worth), goal
    for _ in range(_ROUNDS):
        short = np.maximum(goal - demands.reached(best.paid), 0)
        if not short.any():
            break
        asked = asked + short
        tried = _round(case, relax_with(case, demands, asked)[0], worth)
        best = max(best, tried, key=lambda plan: _rank(case, demands, plan))
    searched = search(case, demands)
    if searched is not None:
        best = max(best, searched, key=lambda plan: _rank(case, demands, plan))
    reached = demands.reached(best.paid)
    owed = np.minimum(demands.need, reached)
    debt = int((bonus.astype(object) * owed.astype(object)).sum())
    bound = price_bound(case, relaxed.prices, SCALE, worth, debt)
    points = case.points(best.paid)
    return Met(Answer(best, relaxed.prices, SCALE, points, bound, bound, False, worth), bonus, reached, owed)


def _rank(case: Instance, demands: Demands, plan: Solution) -> tuple[int, int, int]:
    short = np.maximum(demands.need - demands.reached(plan.paid), 0)
    return -int(short.sum()), case.points(plan.paid), int(plan.paid.sum())


def _round(case: Instance, relaxed: Relaxed, worth: Any) -> Solution:
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
