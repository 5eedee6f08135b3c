"""Small plans with targets to the best there is: the same programme in whole people, by branch and bound."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.kernel.quiet import quiet
from jangkau.core.planning.exact import holds, search_nodes
from jangkau.core.planning.instance import Instance, Solution
from jangkau.core.planning.relaxation import matrices
from jangkau.core.planning.targets.demand import Demands

_DEAR = 1000


def search(case: Instance, demands: Demands) -> Solution | None:
    """Fewest people missing, then most points, then most people; None where the instance is not small."""
    nodes_allowed = search_nodes(case)
    if not nodes_allowed:
        return None
    cells, arcs, rows = len(case.cell_u), len(case.arc_node), len(demands.need)
    unit, heads = float(case.arc_price.max()), int(case.people.sum()) + 1
    nodes, funds = matrices(case, case.cell_u, np.arange(arcs), unit)
    dear = _DEAR * (int(case.cell_points.max()) + 1) * heads
    gain = np.concatenate([case.cell_points * heads + 1.0, np.zeros(arcs), np.full(rows, -float(dear))])
    most = np.concatenate([case.cell_size, np.full(arcs + rows, np.inf)])
    counted = [demands.counts[case.cell_u].T, np.zeros((rows, arcs)), np.eye(rows)]
    rules = [
        LinearConstraint(sparse.hstack([nodes, sparse.csc_array((len(case.node_u), rows))]), 0, 0),
        LinearConstraint(sparse.hstack([funds, sparse.csc_array((case.funds, rows))]), -np.inf, case.capacity / unit),
        LinearConstraint(np.hstack(counted), demands.need, np.inf),
    ]
    options = {"node_limit": nodes_allowed, "mip_rel_gap": 0.0}
    with quiet():
        found = milp(-gain, integrality=np.ones(len(gain)), bounds=Bounds(0, most), constraints=rules, options=options)
    if found.x is None:
        return None
    paid = np.rint(np.bincount(case.cell_u, found.x[:cells], case.signatures)).astype(np.int64)
    plan = Solution(paid, np.rint(found.x[cells : cells + arcs]).astype(np.int64))
    return plan if holds(case, plan) else None
