"""The relaxed plan that has to reach targets. The prices of its target rows are points given on top to each group."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.instance import Floats, Instance, Ints
from jangkau.core.planning.relaxation import SCALE, Relaxed, cell_gain, matrices
from jangkau.core.planning.targets.demand import Demands

_DEAR = 1000
_TIGHT = 1e-7


class Programme:
    """Columns: people by cell, months by arc. Rows: nodes, funds, targets."""

    def __init__(self, case: Instance, counts: Floats) -> None:
        self.case = case
        arcs = len(case.arc_node)
        self.unit = float(case.arc_price.max(initial=1))
        self.nodes, self.funds = matrices(case, case.cell_u, np.arange(arcs), self.unit)
        people = sparse.csc_array(counts[case.cell_u].T)
        self.targets = sparse.hstack([people, sparse.csc_array((people.shape[0], arcs))], format="csc")
        self.most = np.concatenate([case.cell_size.astype(np.float64), np.full(arcs, np.inf)])
        self.gain = np.concatenate([cell_gain(case), np.zeros(arcs)])

    def solve(self, gain: Floats, extra: Floats, most: Floats, need: Floats) -> Any:
        """The optimum with columns of its own for the target rows (`extra`, row x column), each at most `most`.

        `gain` ends with theirs.
        """
        more = extra.shape[1]
        money = sparse.hstack([self.funds, sparse.csc_array((self.case.funds, more))])
        floors = sparse.hstack([-self.targets, sparse.csc_array(-extra)])
        high = np.concatenate([self.most, most])
        found = linprog(
            -gain, A_ub=sparse.vstack([money, floors], format="csc"),
            b_ub=np.concatenate([self.case.capacity / self.unit, -need]),
            A_eq=sparse.hstack([self.nodes, sparse.csc_array((len(self.case.node_u), more))], format="csc"),
            b_eq=np.zeros(len(self.case.node_u)), bounds=np.stack([np.zeros(len(high)), high], axis=1), method="highs",
        )  # fmt: skip
        if found.status != 0:
            raise RuntimeError("the relaxed plan with targets has no optimum")
        return found


def relax_with(case: Instance, demands: Demands, need: Any) -> tuple[Relaxed, Ints, Floats]:
    """The best relaxed plan, points on top by target (times SCALE), and people missing by target.

    A missing person costs more than any points could bring, so people are missing only where they must be.
    """
    programme = Programme(case, demands.counts.astype(np.float64))
    rows, cells, width = len(need), len(case.cell_u), len(programme.most)
    dear = _DEAR * (float(case.cell_points.max(initial=0)) + 1)
    found = programme.solve(
        np.concatenate([programme.gain, np.full(rows, -dear)]),
        np.eye(rows),
        np.full(rows, np.inf),
        np.asarray(need, np.float64),
    )
    duals = np.maximum(-found.ineqlin.marginals, 0)
    prices = np.rint(duals[: case.funds] / programme.unit * SCALE).astype(np.int64)
    bonus = np.rint(duals[case.funds :] * SCALE).astype(np.int64)
    taken = found.x[:cells]
    paid = np.bincount(case.cell_u, taken, case.signatures).astype(np.float64)
    relaxed = Relaxed(float(programme.gain @ found.x[:width]), paid, taken, found.x[cells:width], prices)
    return relaxed, bonus, found.x[width:]


def most_even(case: Instance, counts: Ints, eligible: Ints) -> Floats:
    """The largest least share of the eligible people paid in each region, then the largest next one, and so on.

    `counts` (signature x region) is 1 where the signature lives there. Each round raises all open regions together
    until some can rise no more; those are settled.
    """
    programme = Programme(case, counts.astype(np.float64))
    share, open_ = np.zeros(len(eligible)), eligible > 0
    while open_.any():
        column = -np.where(open_, eligible, 0).astype(np.float64)[:, None]
        gain = np.append(np.zeros(len(programme.most)), 1.0)
        found = programme.solve(gain, column, np.ones(1), np.where(open_, 0, share * eligible - _TIGHT))
        level = float(found.x[-1])
        held = open_ & (-found.ineqlin.marginals[case.funds :] > _TIGHT / max(1, eligible.max()))
        settled = held if held.any() and level < 1 else open_
        share[settled] = level
        open_ &= ~settled
    return share
