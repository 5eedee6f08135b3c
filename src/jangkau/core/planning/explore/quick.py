"""A whole plan and its bound in one pass: for the many plans that are compared, not carried out."""

import math
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.duals import cheapest, guess
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, relax
from jangkau.core.planning.rounding import fill_up, round_down

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Quick:
    """People by signature and months by arc, fund prices (points a rupiah, times `scale`), and the bound they prove."""

    plan: Solution
    prices: Ints
    scale: int
    points: int
    bound: int


def quick(case: Instance) -> Quick:
    """Whole people near the best plan: the flow where that is exact, else the relaxed plan rounded and filled up."""
    if not case.signatures:
        nothing = np.zeros(0, np.int64)
        return Quick(Solution(nothing, nothing), np.zeros(case.funds, np.int64), 1, 0, 0)
    if case.one_price:
        start, prices = solve_flow(case)
        scale = int(case.arc_price[0]) * case.months
    else:
        relaxed = relax(case)
        start, prices, scale = round_down(case, relaxed), relaxed.prices, SCALE
    plan = fill_up(case, start, prices, scale)
    return Quick(plan, prices, scale, case.points(plan.paid), price_bound(case, prices, scale))


def rough(case: Instance) -> tuple[Ints, int]:
    """People of each cell whom near-best prices leave worth paying, and the points that these prices prove no plan
    can exceed.

    No plan is made: cells right at the price are left out, so a percent or two too few people are counted.
    """
    prices, _ = guess(case)
    over = case.cell_points - cheapest(case, prices)[1][case.cell_u]
    bound = float(np.maximum(over, 0) @ case.cell_size + prices @ case.capacity)
    return np.where(over > 0, case.cell_size, 0), math.floor(bound * (1 + _ROUNDING) + _ROUNDING)
