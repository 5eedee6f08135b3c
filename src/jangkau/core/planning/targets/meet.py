"""A whole plan that reaches its targets as far as money and people allow, and the bound on every such plan."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from jangkau.core.planning.blocks import MOST_ON_TOP, Blocks
from jangkau.core.planning.bound import price_bound, whole_bound
from jangkau.core.planning.columns import PROVEN, by_small_funds
from jangkau.core.planning.instance import Flags, Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, Priced, Relaxed, relax
from jangkau.core.planning.repair import repair
from jangkau.core.planning.rounding import round_with
from jangkau.core.planning.solve import Answer
from jangkau.core.planning.targets.demand import Demands
from jangkau.core.planning.targets.search import Start, search

_ROUNDS = 4
_SMALL_GAP = 0.004


@dataclass(frozen=True)
class Met:
    """The plan; points on top by target (times SCALE) and what it reaches of each, at most the need."""

    answer: Answer
    bonus: Ints
    reached: Ints
    owed: Ints


class _Proof(NamedTuple):
    """Fund prices and points on top by target (times SCALE); small funds whose people are counted whole."""

    prices: Ints
    bonus: Ints
    whole: Flags | None = None


class Rough(NamedTuple):
    """A rounded plan, the people of each target that can be reached, and the relaxed plan half a person before that:
    there, the price of reaching a target is a price and not a wall.
    """

    plan: Solution
    goal: Ints
    half: Relaxed


def rough(case: Instance, demands: Demands, near: Priced | None = None) -> Rough:
    """A plan made in a few programmes. `near`: prices and points on top of a plan like it."""
    start = relax(case, demands.floors(case, demands.need), near)
    goal = demands.need - np.ceil(start.missing - 1e-6).astype(np.int64)
    half = relax(case, demands.floors(case, goal - 0.5), start.priced)
    return Rough(_rounded(case, demands, goal, start, demands.floors(case, goal).worth(half.bonus)), goal, half)


def meet(case: Instance, demands: Demands, begun: Rough) -> Met:
    """Fewest people missing, then most points, from a few roundings of the relaxed plan and a search near it.

    The bound holds for every plan that reaches of each target what this one does (`owed`): points with those on top
    are bounded by prices, and every such plan earns at least `bonus x owed` of them.
    """
    best, goal, half = begun
    best, proofs = _prove(case, demands, _Proof(half.prices, half.bonus), best)
    best, searched = _searched(case, demands, proofs[:2], best, goal)
    bound, proof = min(((_bound(case, demands, each, best), each) for each in proofs), key=lambda pair: pair[0])
    reached, points = demands.reached(best.paid), case.points(best.paid)
    searched = searched and points < bound
    worth, limit = demands.floors(case, goal).worth(proof.bonus), points if searched else bound
    answer = Answer(best, proof.prices, SCALE, points, bound, limit, searched, worth, proof.whole)
    return Met(answer, proof.bonus, reached, np.minimum(demands.need, reached))


def _searched(
    case: Instance, demands: Demands, proofs: list[_Proof], best: Solution, goal: Ints
) -> tuple[Solution, bool]:
    """The plan after the search, and whether it is proven best; again from a plan of fewer people missing."""
    for _ in range(_ROUNDS):
        limit, plain = min(((_bound(case, demands, each, best), each) for each in proofs), key=lambda pair: pair[0])
        points = case.points(best.paid)
        if limit - points <= _SMALL_GAP * limit:
            break
        found, ended = search(case, demands, plain[:2], Start(best, goal, limit - points))
        if found is None or _rank(case, demands, found) <= _rank(case, demands, best):
            return best, ended
        best = found
        if case.points(found.paid) >= points:
            return best, ended
    return best, False


def _rounded(case: Instance, demands: Demands, goal: Ints, relaxed: Relaxed, worth: Any) -> Solution:
    """The relaxed plan in whole people; where that leaves somebody missing, again from one that asks for more."""
    floors = demands.floors(case, goal)

    def whole(asked: Relaxed) -> Solution:
        return repair(case, floors, round_with(case, asked, worth), np.asarray(worth / SCALE, np.float64))

    best, asked = whole(relaxed), goal
    for _ in range(_ROUNDS):
        short = np.maximum(goal - demands.reached(best.paid), 0)
        if not short.any():
            break
        asked = asked + short
        tried = whole(relax(case, demands.floors(case, asked), relaxed.priced))
        best = max(best, tried, key=lambda plan: _rank(case, demands, plan))
    return best


def _prove(case: Instance, demands: Demands, proof: _Proof, plan: Solution) -> tuple[Solution, list[_Proof]]:
    """Prices that may prove more: those given, those right at what the plan reaches (those given again where one of
    them is a wall), those that count the people of small funds whole; the last may come with a better plan.
    """
    floors = demands.floors(case, np.minimum(demands.need, demands.reached(plan.paid)))
    here = relax(case, floors, (proof.prices, proof.bonus))
    sane = np.max(floors.worth(here.bonus), initial=0) <= MOST_ON_TOP * int(case.cell_points.max()) * SCALE
    proofs = [proof, _Proof(here.prices, here.bonus) if sane else proof]
    found = by_small_funds(case, plan, proofs[-1].prices, PROVEN, floors=floors, bonus=proofs[-1].bonus)
    if found is not None:
        plan = max(plan, found.plan, key=lambda each: _rank(case, demands, each))
        proofs.append(_Proof(found.prices, found.bonus, found.whole))
    return plan, proofs


def _bound(case: Instance, demands: Demands, proof: _Proof, plan: Solution) -> int:
    """Points that no plan can exceed which reaches of each target what this one does, at most the need."""
    floors = demands.floors(case, np.minimum(demands.need, demands.reached(plan.paid)))
    worth, debt = floors.worth(proof.bonus), floors.debt(proof.bonus)
    if proof.whole is None:
        return price_bound(case, proof.prices, SCALE, worth, debt)
    blocks = Blocks(case, proof.whole)
    priced = blocks.priced(proof.prices, SCALE, np.asarray(worth, np.int64))
    return whole_bound(blocks, priced, blocks.best(priced, blocks.value(plan, priced)).by_block, debt)


def _rank(case: Instance, demands: Demands, plan: Solution) -> tuple[int, int, int]:
    short = np.maximum(demands.need - demands.reached(plan.paid), 0)
    return -int(short.sum()), case.points(plan.paid), int(plan.paid.sum())
