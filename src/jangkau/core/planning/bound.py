"""How good no plan can be: weak duality over integer fund prices, checked in whole numbers."""

from typing import Any

import numpy as np

from jangkau.core.planning.instance import Instance, Ints, path_cost


def price_bound(case: Instance, prices: Ints, scale: int, bonus: Any = 0, debt: int = 0) -> int:
    """Points that no plan can exceed, given fund prices (points a rupiah, times `scale`).

    `bonus`: points on top of everyone's of each signature (times `scale`); `debt`: what every plan that is bounded
    earns of them at least.

    sum price x money + sum over people max(0, points - cheapest way to pay them): true for all prices >= 0. Points
    come in steps (their gcd), so only whole steps count.
    """
    money = sum(int(p) * int(m) for p, m in zip(prices, case.capacity, strict=True))
    cost = np.array(path_cost(case, prices), object)
    if not len(case.cell_u):
        return 0
    over = case.cell_points.astype(object) * scale - (cost - bonus)[case.cell_u]
    total = int((money - debt + (np.maximum(over, 0) * case.cell_size.astype(object)).sum()) // scale)
    step = max(1, int(np.gcd.reduce(case.cell_points)))
    return total // step * step
