"""The general case: periods and prices differ. A linear programme over (signature, points) and (node, fund)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from jangkau.core.planning.instance import Floats, Instance, Ints, Solution

SCALE = 10**12
_NODE_LIMIT = 2000


@dataclass(frozen=True)
class Relaxed:
    """Fractional people by signature and by cell, months by arc, and fund prices in points a rupiah, times SCALE."""

    paid: Floats
    cells: Floats
    used: Floats
    prices: Ints


@dataclass(frozen=True)
class _Matrices:
    """Columns: cells (people), then arcs (months). `nodes @ z = 0`, `funds @ z <= room`, `gain @ z` to be greatest."""

    nodes: sparse.csr_array
    funds: sparse.csr_array
    room: Floats
    gain: Floats
    upper: Floats
    unit: float


def relax(case: Instance) -> Relaxed:
    """The optimum over fractions of people, by HiGHS: an upper bound, and fund prices that prove it."""
    m = _matrices(case)
    result = linprog(
        -m.gain, A_ub=m.funds, b_ub=m.room, A_eq=m.nodes, b_eq=np.zeros(m.nodes.shape[0]),
        bounds=np.stack([np.zeros(len(m.upper)), m.upper], axis=1), method="highs",
    )  # fmt: skip
    if result.status != 0:
        raise RuntimeError(f"the relaxed plan has no optimum: {result.message}")
    cells = len(case.cell_u)
    paid = np.bincount(case.cell_u, result.x[:cells], case.signatures).astype(np.float64)
    prices = np.maximum(np.rint(-result.ineqlin.marginals / m.unit * SCALE), 0).astype(np.int64)
    return Relaxed(paid, result.x[:cells], result.x[cells:], prices)


def solve_exact(case: Instance) -> Solution | None:
    """The proven optimum of a small instance, by branch and bound; None when the node limit comes first."""
    m = _matrices(case)
    heads = int(case.people.sum()) + 1
    cells = len(case.cell_u)
    gain = np.concatenate([case.cell_points * heads + 1.0, np.zeros(len(case.arc_node))])
    rows = [LinearConstraint(m.nodes, 0, 0), LinearConstraint(m.funds, -np.inf, m.room)]
    options = {"node_limit": _NODE_LIMIT, "mip_rel_gap": 0.0}
    result = milp(-gain, integrality=np.ones(len(gain)), bounds=Bounds(0, m.upper), constraints=rows, options=options)
    if result.status != 0:
        return None
    paid = np.rint(np.bincount(case.cell_u, result.x[:cells], case.signatures)).astype(np.int64)
    return Solution(paid, np.rint(result.x[cells:]).astype(np.int64))


def _matrices(case: Instance) -> _Matrices:
    cells, arcs, nodes = len(case.cell_u), len(case.arc_node), len(case.node_u)
    first, count = case.first_node[case.cell_u], np.diff(case.first_node)[case.cell_u]
    cell = np.repeat(np.arange(cells), count)
    node = np.arange(len(cell)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    values = np.concatenate([-case.node_months[node], np.ones(arcs)])
    place = (np.concatenate([node, case.arc_node]), np.concatenate([cell, cells + np.arange(arcs)]))
    unit = float(case.arc_price.max(initial=1))
    spend = (case.arc_price / unit, (case.arc_fund, cells + np.arange(arcs)))
    # more people among equal points: worth less than one point even for all people together
    gain = np.concatenate([case.cell_points + 1.0 / (int(case.people.sum()) + 1), np.zeros(arcs)])
    return _Matrices(
        nodes=sparse.csr_array((values, place), shape=(nodes, cells + arcs)),
        funds=sparse.csr_array(spend, shape=(case.funds, cells + arcs)),
        room=case.capacity / unit,
        gain=gain,
        upper=np.concatenate([case.cell_size, np.full(arcs, np.inf)]),
        unit=unit,
    )
