"""How good no plan can be: weak duality over integer fund prices, checked in whole numbers."""

from typing import Any

import numpy as np

from jangkau.core.planning.block_table import Priced
from jangkau.core.planning.blocks import Blocks
from jangkau.core.planning.instance import Instance, Ints, path_cost

_HALF = 31


def price_bound(case: Instance, prices: Ints, scale: int, bonus: Any = 0, debt: int = 0) -> int:
    """Points that no plan can exceed, given fund prices (points a rupiah, times `scale`).

    `bonus`: points on top of everyone's of each signature (times `scale`); `debt`: what every plan that is bounded
    earns of them at least.

    sum price x money + sum over people max(0, points - cheapest way to pay them): true for all prices >= 0. Points
    come in steps (their gcd), so only whole steps count.
    """
    money = sum(int(p) * int(m) for p, m in zip(prices, case.capacity, strict=True))
    if not len(case.cell_u):
        return 0
    cost = path_cost(case, prices)
    if np.any(bonus):
        cost = cost.astype(object) - bonus
    most = int(case.cell_points.max()) * scale + int(abs(cost).max())
    kind = np.int64 if most < 1 << 62 else object
    over = np.maximum(case.cell_points.astype(kind) * scale - cost.astype(kind)[case.cell_u], 0)
    return _whole_steps(case, money - debt + _product(over, case.cell_size.astype(kind)), scale)


def whole_bound(blocks: Blocks, priced: Priced, by_block: Ints, debt: int = 0) -> int:
    """As `price_bound`, with people of small funds whole: of each block, `by_block` is the most at these prices.

    sum price x money of the other funds + the best of each block + sum over people outside blocks max(0, points -
    cheapest way to pay them): Lagrangian duality with whole plans inside (Geoffrion 1974).
    """
    case, wide = blocks.case, ~blocks.whole
    money = sum(int(p) * int(m) for p, m in zip(priced.prices[wide], case.capacity[wide], strict=True))
    outside = blocks.of[case.cell_u] < 0
    over = _product(np.maximum(priced.worth[outside], 0), case.cell_size[outside])
    return _whole_steps(case, money - debt + over + _product(by_block, np.ones_like(by_block)), priced.scale)


def _product(values: Ints, many: Ints) -> int:
    """Their exact sum of products, which may pass 64 bits where its parts do not: high and low halves apart."""
    high, low = (int(half @ many) for half in (values >> _HALF, values & ((1 << _HALF) - 1)))
    return (high << _HALF) + low


def _whole_steps(case: Instance, total: int, scale: int) -> int:
    step = max(1, int(np.gcd.reduce(case.cell_points)))
    return total // scale // step * step
