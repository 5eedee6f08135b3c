"""The most even relaxed plan."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.instance import Floats, Instance, Ints
from jangkau.core.planning.relaxation import cell_gain, matrices

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
