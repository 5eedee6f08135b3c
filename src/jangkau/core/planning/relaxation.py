"""The general case: periods and prices differ. A linear programme over (signature, points) and (node, fund)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.instance import Floats, Instance, Ints

SCALE = 10**12


@dataclass(frozen=True)
class Relaxed:
    """Fractional people by signature and by cell, months by arc; fund prices in points a rupiah, times SCALE."""

    value: float
    paid: Floats
    cells: Floats
    used: Floats
    prices: Ints


class Relaxation:
    """The plan over fractions of people, solved by HiGHS: an upper bound, and fund prices that prove it.

    Columns: people by cell, then months by arc. Each node gets exactly the months its people need; each fund stays
    within its money. More people among equal points count too, all together less than one point.
    """

    def __init__(self, case: Instance) -> None:
        self.case = case
        cells, arcs = len(case.cell_u), len(case.arc_node)
        count = np.diff(case.first_node)[case.cell_u]
        cell = np.repeat(np.arange(cells), count)
        node = np.arange(len(cell)) + np.repeat(case.first_node[case.cell_u] - np.cumsum(count) + count, count)
        values = np.concatenate([-case.node_months[node], np.ones(arcs)])
        place = (np.concatenate([node, case.arc_node]), np.concatenate([cell, cells + np.arange(arcs)]))
        self.nodes = sparse.csc_array((values, place), shape=(len(case.node_u), cells + arcs))
        self.unit = float(case.arc_price.max(initial=1))
        spend = (case.arc_price / self.unit, (case.arc_fund, cells + np.arange(arcs)))
        self.funds = sparse.csc_array(spend, shape=(case.funds, cells + arcs))
        self.gain = np.concatenate([case.cell_points + 1.0 / (int(case.people.sum()) + 1), np.zeros(arcs)])

    def solve(self, least: Ints | None = None, most: Ints | None = None) -> Relaxed | None:
        """The optimum when every signature has at least and at most so many people paid; None where none can be."""
        case, cells = self.case, len(self.case.cell_u)
        low, high = np.zeros(len(self.gain)), np.full(len(self.gain), np.inf)
        low[:cells] = 0 if least is None else case.cells_taken(least)
        high[:cells] = case.cell_size if most is None else case.cells_taken(most)
        result = linprog(
            -self.gain, A_ub=self.funds, b_ub=case.capacity / self.unit, A_eq=self.nodes,
            b_eq=np.zeros(len(case.node_u)), bounds=np.stack([low, high], axis=1), method="highs",
        )  # fmt: skip
        if result.status != 0:
            return None
        prices = np.maximum(np.rint(-result.ineqlin.marginals / self.unit * SCALE), 0).astype(np.int64)
        paid = np.bincount(case.cell_u, result.x[:cells], case.signatures).astype(np.float64)
        return Relaxed(-float(result.fun), paid, result.x[:cells], result.x[cells:], prices)


def relax(case: Instance) -> Relaxed:
    """The relaxed optimum; paying nobody is always possible, so there is one."""
    found = Relaxation(case).solve()
    if found is None:
        raise RuntimeError("the relaxed plan has no optimum")
    return found
