"""Small plans to proven optimality: the same programme in whole people and whole months, by branch and bound."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.kernel.quiet import quiet
from jangkau.core.planning.instance import Instance, Solution
from jangkau.core.planning.relaxation import Relaxation

FULL_SEARCH = 500
_FEW_PEOPLE = 300
_SOME_PEOPLE = 2_000
_GLANCE = 10
_FEW_COLUMNS = 2300


def search_nodes(case: Instance) -> int:
    """How many nodes of the search tree an instance may cost: all that it takes for few people, a glance for few
    signatures, none for large ones, where rounding is as good and far faster.
    """
    if case.people.sum() <= _FEW_PEOPLE:
        return FULL_SEARCH
    few = case.people.sum() <= _SOME_PEOPLE and len(case.cell_u) + len(case.arc_node) <= _FEW_COLUMNS
    return _GLANCE if few else 0


def solve_exact(case: Instance, nodes: int) -> tuple[Solution | None, bool]:
    """The best plan found and whether it is proven best: most points, then most people.

    The node limit, not a clock, ends the search, so the same input always gives the same plan.
    """
    matrices, cells = Relaxation(case), len(case.cell_u)
    heads = int(case.people.sum()) + 1
    gain = np.concatenate([case.cell_points * heads + 1.0, np.zeros(len(case.arc_node))])
    most = np.concatenate([case.cell_size, np.full(len(case.arc_node), np.inf)])
    rows = [
        LinearConstraint(matrices.nodes, 0, 0),
        LinearConstraint(matrices.funds, -np.inf, case.capacity / matrices.unit),
    ]
    with quiet():
        result = milp(
            -gain, integrality=np.ones(len(gain)), bounds=Bounds(0, most), constraints=rows,
            options={"node_limit": nodes, "mip_rel_gap": 0.0},
        )  # fmt: skip
    if result.x is None:
        return None, False
    paid = np.rint(np.bincount(case.cell_u, result.x[:cells], case.signatures)).astype(np.int64)
    plan = Solution(paid, np.rint(result.x[cells:]).astype(np.int64))
    return (plan, result.status == 0) if holds(case, plan) else (None, False)


def holds(case: Instance, plan: Solution) -> bool:
    """Whether a solver's rounded answer keeps every rule in whole numbers."""
    months = np.zeros(len(case.node_u), np.int64)
    np.add.at(months, case.arc_node, plan.used)
    fits = bool((plan.spent(case) <= case.budgets).all())
    return fits and bool((months == plan.paid[case.node_u] * case.node_months).all())
