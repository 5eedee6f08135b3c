"""Plans with targets near the best there is: the same programme in whole people over what is not settled by prices."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.kernel.quiet import quiet
from jangkau.core.planning.duals import cheapest
from jangkau.core.planning.exact import holds
from jangkau.core.planning.instance import Floats, Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, matrices
from jangkau.core.planning.targets.demand import Demands

_COLUMNS = 1_500
_FEW, _NODES, _GLANCE = 800, 300, 10
_MISSING = 4
_NOTHING = 2


@dataclass(frozen=True)
class Start:
    """A plan, people of each target that it was to reach, and how many points a better one can have more at most."""

    plan: Solution
    goal: Ints
    gain: int


def search(case: Instance, demands: Demands, priced: tuple[Ints, Ints], start: Start) -> tuple[Solution | None, bool]:
    """A plan found by branch and bound that differs from the start only where the prices leave it open, None if none;
    and whether the search came to its end: then no plan that reaches of each target what the start does has more points
    than both.

    Whoever is worth more above his price than any plan can gain is in every better plan, and whoever is further below
    it is in none (reduced-cost fixing); where even so too many are left, those nearest to their price are looked at.
    """
    gain, cell_far, arc_far = _open(case, demands, priced, start.gain)
    cells, arcs = np.flatnonzero(np.abs(cell_far) <= gain), np.flatnonzero(arc_far <= gain)
    if len(cells) + len(arcs) > 2 * _COLUMNS:
        return None, False
    sure = np.where(cell_far > gain, case.cell_size, 0).astype(np.int64)
    with quiet():
        found = _searched(case, demands, start, sure, (cells, arcs))
    whole = gain >= start.gain
    if found.x is None:
        return None, whole and found.status == _NOTHING
    taken, used = sure, np.zeros(len(case.arc_node), np.int64)
    taken[cells] += np.rint(found.x[: len(cells)]).astype(np.int64)
    used[arcs] = np.rint(found.x[len(cells) : len(cells) + len(arcs)]).astype(np.int64)
    better = Solution(np.bincount(case.cell_u, taken, case.signatures).astype(np.int64), used)
    return (better, whole and found.status == 0) if holds(case, better) else (None, False)


def _searched(case: Instance, demands: Demands, start: Start, sure: Ints, columns: tuple[Ints, Ints]) -> Any:
    """The search over open cells and arcs; last come the people missing of each target, no more than at the start."""
    (cells, arcs), rows = columns, len(start.goal)
    settled = np.bincount(case.cell_u, sure, case.signatures).astype(np.int64)
    unit, top, heads = float(case.arc_price.max()), float(case.cell_points.max()) + 1, float(case.people.sum()) + 1
    nodes, funds = matrices(case, case.cell_u[cells], arcs, unit)
    people = sparse.csc_array(demands.counts[case.cell_u[cells]].T)
    counted = sparse.hstack([people, sparse.csc_array((rows, len(arcs))), sparse.eye_array(rows)])
    short = np.maximum(start.goal - demands.reached(start.plan.paid), 0)
    points = np.concatenate([case.cell_points[cells] + 1 / heads, np.zeros(len(arcs)), np.full(rows, -_MISSING * top)])
    most = np.concatenate([case.cell_size[cells], np.full(len(arcs), np.inf), short])
    due = settled[case.node_u] * case.node_months
    rules = [
        LinearConstraint(sparse.hstack([nodes, sparse.csc_array((len(case.node_u), rows))]), due, due),
        LinearConstraint(sparse.hstack([funds, sparse.csc_array((case.funds, rows))]), -np.inf, case.capacity / unit),
        LinearConstraint(counted, start.goal - demands.counts.T @ settled, np.inf),
    ]
    limit = _NODES if len(points) <= _FEW else _GLANCE
    return milp(
        -points, integrality=np.ones(len(points)), bounds=Bounds(0, most), constraints=rules,
        options={"node_limit": limit, "mip_rel_gap": 0.0},
    )  # fmt: skip


def _open(case: Instance, demands: Demands, priced: tuple[Ints, Ints], gain: float) -> tuple[float, Floats, Floats]:
    """How far from its price what is open may be; how far above it each cell is, and each arc above the cheapest."""
    prices, bonus = (each / SCALE for each in priced)
    month, whole = cheapest(case, prices)
    cell = case.cell_points - (whole - demands.counts @ bonus)[case.cell_u]
    arc = prices[case.arc_fund] * case.arc_price - month[case.arc_node]
    far = np.sort(np.concatenate([np.abs(cell), arc]))
    return (float(gain) if len(far) <= _COLUMNS else min(float(gain), float(far[_COLUMNS - 1]))), cell, arc
