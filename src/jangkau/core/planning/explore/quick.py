"""A whole plan and its bound in one pass: for the many plans that are compared, not carried out."""

import math
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.blocks import Blocks, small_funds
from jangkau.core.planning.bound import price_bound, whole_bound
from jangkau.core.planning.columns import PROVEN, by_small_funds
from jangkau.core.planning.duals import cheapest, guess
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Floats, Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, relax
from jangkau.core.planning.rounding import fill_up, round_down

_ROUNDING = 1e-9
MANY_FUNDS = 200
_FAR = 0.002
_LITTLE = 500_000
_MOSTLY = 0.9


@dataclass(frozen=True)
class Quick:
    """People by signature and months by arc, fund prices (points a rupiah, times `scale`), and the bound they prove."""

    plan: Solution
    prices: Ints
    scale: int
    points: int
    bound: int


@dataclass(frozen=True)
class Rough:
    """People of each cell worth paying at near-best prices, their points, and the bound that these prices prove."""

    taken: Ints
    points: int
    bound: int


def quick(case: Instance) -> Quick:
    """Whole people near the best plan: the flow where that is exact, else the relaxed plan rounded and filled up; in
    small funds dealt out anew where there is little to deal out. Where nearly everybody is in reach of many small
    funds, near-best prices are enough to begin from, and the relaxed plan is spared.
    """
    if not case.signatures:
        nothing = np.zeros(0, np.int64)
        return Quick(Solution(nothing, nothing), np.zeros(case.funds, np.int64), 1, 0, 0)
    return (_of_small_funds(case) if case.funds > MANY_FUNDS and not case.one_price else None) or _of_all(case)


def _of_small_funds(case: Instance) -> Quick | None:
    whole, _ = small_funds(case, np.zeros(case.funds, np.int64), SCALE, _LITTLE)
    if np.mean(Blocks(case, whole).of >= 0) < _MOSTLY:
        return None
    nobody = Solution(np.zeros(case.signatures, np.int64), np.zeros(len(case.arc_node), np.int64))
    return again(case, nobody, guess(case)[0])


def _of_all(case: Instance) -> Quick:
    if case.one_price:
        start, prices = solve_flow(case)
        scale = int(case.arc_price[0]) * case.months
    else:
        relaxed = relax(case)
        start, prices, scale = round_down(case, relaxed), relaxed.prices, SCALE
    plan, bound = fill_up(case, start, prices, scale), price_bound(case, prices, scale)
    if bound - case.points(plan.paid) > _FAR * bound:
        found = by_small_funds(case, plan, prices * (SCALE // scale), _LITTLE)
        if found is not None:
            plan, bound = found.plan, min(bound, bound if found.bound is None else found.bound)
    return Quick(plan, prices, scale, case.points(plan.paid), bound)


def again(case: Instance, plan: Solution, prices: Floats) -> Quick | None:
    """A whole plan that starts from one of less money and near-best prices; None where it is much work."""
    found = by_small_funds(case, plan, np.rint(prices * SCALE).astype(np.int64), _LITTLE)
    if found is None or found.bound is None:
        return None
    return Quick(found.plan, found.prices, SCALE, case.points(found.plan.paid), found.bound)


def rough(case: Instance, prices: Floats) -> Rough:
    """Whom near-best prices leave worth paying; people of small funds are counted whole where that is little work.

    Cells right at the price are left out, so a percent or two too few people are counted, and with little money for
    each fund some percent too many.
    """
    cost = cheapest(case, prices)[1][case.cell_u]
    over = case.cell_points - cost
    bound = float(np.maximum(over, 0) @ case.cell_size + prices @ case.capacity)
    limit, taken = math.floor(bound * (1 + _ROUNDING) + _ROUNDING), np.where(over > 0, case.cell_size, 0)
    whole, _ = small_funds(case, np.rint(prices * SCALE).astype(np.int64), SCALE, PROVEN)
    if whole.any():
        blocks = Blocks(case, whole)
        priced = blocks.priced(np.rint(prices * SCALE).astype(np.int64), SCALE)
        best = blocks.best(priced, np.zeros(blocks.count, np.int64))
        limit = min(limit, whole_bound(blocks, priced, best.by_block))
        inside = blocks.of[case.cell_u] >= 0
        taken[inside] = case.cells_taken(best.plan.paid)[inside]
    taken = np.where(cost <= 0, case.cell_size, taken)  # money for all: people without points too
    return Rough(taken, min(limit, int(taken @ case.cell_points)), limit)
