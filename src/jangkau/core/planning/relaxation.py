"""The general case: periods and prices differ. A linear programme over (signature, points) and (node, fund)."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.duals import cheapest, guess_with, reach
from jangkau.core.planning.instance import Flags, Floats, Floors, Instance, Ints, spread

SCALE = 10**12
Priced = tuple[Ints, Ints]
_WHOLE_BELOW = 4_000
_NEAR = 1e-6
_ROUNDS = 30
_GROWTH = 16


@dataclass(frozen=True)
class Relaxed:
    """Fractional people by signature and by cell, months by arc; fund prices in points a rupiah, times SCALE.

    With floors, also the points that each puts on top, times SCALE, and the people missing of it.
    """

    value: float
    paid: Floats
    cells: Floats
    used: Floats
    prices: Ints
    bonus: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    missing: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def priced(self) -> Priced:
        """What a programme near this one may start from."""
        return self.prices, self.bonus


class Relaxation:
    """The plan over fractions of people, solved by HiGHS: an upper bound, and fund prices that prove it.

    Columns: people by cell, then months by arc. Each node gets exactly the months its people need; each fund stays
    within its money. More people among equal points count too, all together less than one point.
    """

    def __init__(self, case: Instance) -> None:
        self.case = case
        cells, arcs = len(case.cell_u), len(case.arc_node)
        self.unit = float(case.arc_price.max(initial=1))
        self.nodes, self.funds = matrices(case, case.cell_u, np.arange(arcs), self.unit)
        self.gain = np.concatenate([cell_gain(case), np.zeros(arcs)])
        self._cells = cells

    def solve(self, least: Ints | None = None, most: Ints | None = None) -> Relaxed | None:
        """The optimum when every signature has at least and at most so many people paid; None where none can be."""
        case, cells = self.case, self._cells
        low, high = np.zeros(len(self.gain)), np.full(len(self.gain), np.inf)
        low[:cells] = 0 if least is None else case.cells_taken(least)
        high[:cells] = case.cell_size if most is None else case.cells_taken(most)
        result = linprog(
            -self.gain, A_ub=self.funds, b_ub=case.capacity / self.unit, A_eq=self.nodes,
            b_eq=np.zeros(len(case.node_u)), bounds=np.stack([low, high], axis=1), method="highs-ds",
            options={"presolve": False},
        )  # fmt: skip
        if result.status != 0:
            return None
        return _relaxed(case, result, result.x[:cells], result.x[cells:])


def relax(case: Instance, floors: Floors | None = None, near: Priced | None = None) -> Relaxed:
    """The relaxed optimum; paying nobody is always possible, so there is one.

    A large programme is solved over the few columns that near-best prices leave open, and again with whatever
    column those columns' prices still call for, until none is: the same optimum as of all columns. `near`: the prices
    and points on top (both times SCALE) of almost the same programme, from where less is left to find.
    """
    floors = floors or Floors.none(case.signatures)
    small = len(case.cell_u) + len(case.arc_node) <= _WHOLE_BELOW
    found = (None if small else _by_columns(case, floors, near)) or _restricted(case, floors, _Open.all(case))
    if found is None:
        raise RuntimeError("the relaxed plan has no optimum")
    return found


def cell_gain(case: Instance) -> Floats:
    """What a person of each cell brings: points, and a share of less than one point for being one more."""
    return np.asarray(case.cell_points + 1.0 / (int(case.people.sum()) + 1), np.float64)


def matrices(case: Instance, column_u: Ints, arcs: Ints, unit: float) -> tuple[sparse.csc_array, sparse.csc_array]:
    """Rows of nodes and of funds over columns of people (by signature), then of arcs."""
    column, node = spread(case.first_node[column_u], np.diff(case.first_node)[column_u])
    values = np.concatenate([-case.node_months[node], np.ones(len(arcs))])
    at = len(column_u) + np.arange(len(arcs))
    place = (np.concatenate([node, case.arc_node[arcs]]), np.concatenate([column, at]))
    width = len(column_u) + len(arcs)
    spend = (case.arc_price[arcs] / unit, (case.arc_fund[arcs], at))
    return (
        sparse.csc_array((values, place), shape=(len(case.node_u), width)),
        sparse.csc_array(spend, shape=(case.funds, width)),
    )


@dataclass
class _Open:
    """Columns let in: arcs; cells one by one; the cells above them together, by signature; none of those below."""

    arcs: Flags
    cells: Flags
    above: Flags

    @classmethod
    def all(cls, case: Instance) -> "_Open":
        """Every column by itself."""
        cells = np.ones(len(case.cell_u), bool)
        return cls(np.ones(len(case.arc_node), bool), cells, ~cells)


def _by_columns(case: Instance, floors: Floors, near: Priced | None) -> Relaxed | None:
    """The optimum, or what is less than a step of points from it. Prices of a few columns can be far off: what they
    call for is let in within a reach that grows, and beyond it only when nothing else is left.
    """
    if near is None:
        prices, bonus, slack = guess_with(case, floors)
    else:
        prices, bonus, slack = near[0] / SCALE, near[1] / SCALE, reach(case)
    columns = _near(case, floors, (prices, bonus), slack)
    for _ in range(_ROUNDS):
        found = _restricted(case, floors, columns)
        if found is None or _bound(case, floors, found) <= found.value:
            return found
        slack *= _GROWTH
        within = _near(case, floors, (prices, bonus), slack)
        if not (_let_in(case, floors, columns, found, within) or _let_in(case, floors, columns, found)):
            return found
    return None


def _bound(case: Instance, floors: Floors, found: Relaxed) -> int:
    return price_bound(case, found.prices, SCALE, floors.worth(found.bonus), floors.debt(found.bonus))


def _near(case: Instance, floors: Floors, priced: tuple[Floats, Floats], slack: float) -> _Open:
    """Columns within so many points a month of being worth their price."""
    prices, bonus = priced
    month, whole = cheapest(case, prices)
    worth = case.cell_points - (whole - floors.counts @ bonus)[case.cell_u]
    near = np.abs(worth) <= slack * case.months
    return _Open(prices[case.arc_fund] * case.arc_price <= month[case.arc_node] + slack, near, ~near & (worth > 0))


def _restricted(case: Instance, floors: Floors, columns: _Open) -> Relaxed | None:
    """The optimum over the open columns; people above the open cells of a signature are one column.

    So few columns need no presolve, which takes longer than it saves.
    """
    gain, size = cell_gain(case), case.cell_size.astype(np.float64)
    high = np.where(columns.above, size, 0)
    many = np.bincount(case.cell_u, high, case.signatures)
    block = np.flatnonzero(many)
    mean = np.bincount(case.cell_u, high * gain, case.signatures)[block] / many[block]
    cells, arcs = np.flatnonzero(columns.cells), np.flatnonzero(columns.arcs)
    people = np.concatenate([block, case.cell_u[cells]])
    alone = (np.bincount(case.arc_node[arcs]) == 1)[case.arc_node[arcs]]
    only, shared = arcs[alone], arcs[~alone]
    nodes, rows, room = _rows(case, floors, people, (only, shared))
    end = len(people) + len(shared)
    most = np.concatenate([many[block], size[cells], np.full(nodes.shape[1] - len(people), np.inf)])
    points = np.concatenate([mean, gain[cells], np.zeros(len(shared)), np.full(len(floors.need), -floors.dear)])
    result = linprog(
        -points, A_ub=rows, b_ub=room, A_eq=nodes, b_eq=np.zeros(nodes.shape[0]),
        bounds=np.stack([np.zeros(len(most)), most], axis=1), method="highs-ds", options={"presolve": False},
    )  # fmt: skip
    if result.status != 0:
        return None
    share = np.zeros(case.signatures)
    share[block] = result.x[: len(block)] / many[block]
    taken, used = high * share[case.cell_u], np.zeros(len(case.arc_node))
    taken[cells] = result.x[len(block) : len(people)]
    used[shared] = result.x[len(people) : end]
    paid = np.bincount(case.cell_u, taken, case.signatures)
    used[only] = paid[case.arc_u[only]] * case.node_months[case.arc_node[only]]
    return _relaxed(case, result, taken, used, result.x[end:])


def _rows(case: Instance, floors: Floors, people: Ints, arcs: tuple[Ints, Ints]) -> tuple[Any, Any, Any]:
    """`matrices` where the first arcs are each the one arc of their node: people themselves spend there, neither the
    arc nor the node is in the programme. Floors follow the funds, their missing people the arcs; last, how much each
    row may hold.
    """
    only, shared = arcs
    unit = float(case.arc_price.max())
    nodes, funds = matrices(case, people, shared, unit)
    price, fund = np.zeros(len(case.node_u)), np.zeros(len(case.node_u), np.int64)
    price[case.arc_node[only]], fund[case.arc_node[only]] = case.arc_price[only] / unit, case.arc_fund[only]
    column, node = spread(case.first_node[people], np.diff(case.first_node)[people])
    spend = (price[node] * case.node_months[node], (fund[node], column))
    several = np.setdiff1d(case.arc_node, case.arc_node[only])
    nodes, funds = nodes.tocsr()[several], funds + sparse.csc_array(spend, shape=funds.shape)
    room, many = case.capacity / unit, len(floors.need)
    if not many:
        return nodes, funds, room
    missing = sparse.csc_array((len(several), many))
    reached = sparse.hstack([sparse.csc_array(floors.counts[people].T), sparse.csc_array((many, len(shared)))])
    rows = [[funds, sparse.csc_array((case.funds, many))], [-reached, -sparse.eye_array(many)]]
    return sparse.hstack([nodes, missing]), sparse.block_array(rows, format="csc"), np.append(room, -floors.need)


def _let_in(case: Instance, floors: Floors, columns: _Open, found: Relaxed, within: _Open | None = None) -> bool:
    """Open whatever the prices found still call for; False when nothing is missing, so that they are the best."""
    prices = found.prices / SCALE
    cost = prices[case.arc_fund] * case.arc_price
    month = np.minimum.reduceat(np.where(columns.arcs, cost, np.inf), case.node_arcs[:-1])
    arcs = ~columns.arcs & (cost < month[case.arc_node] - _NEAR / case.months)
    worth = case.cell_points - (cheapest(case, prices)[1] - floors.counts @ (found.bonus / SCALE))[case.cell_u]
    unsure = columns.above & ((worth < -_NEAR) | (found.cells < case.cell_size - _NEAR))
    cells = unsure | (~columns.cells & ~columns.above & (worth > _NEAR))
    if within:
        arcs, cells = arcs & within.arcs, cells & within.cells
    columns.arcs |= arcs
    columns.cells |= cells
    columns.above &= ~cells
    return bool(arcs.any() or cells.any())


def _relaxed(case: Instance, result: Any, cells: Floats, used: Floats, missing: Any = ()) -> Relaxed:
    duals = np.maximum(-result.ineqlin.marginals, 0)
    prices = np.rint(duals[: case.funds] / float(case.arc_price.max(initial=1)) * SCALE).astype(np.int64)
    bonus = np.rint(duals[case.funds :] * SCALE).astype(np.int64)
    paid = np.bincount(case.cell_u, cells, case.signatures).astype(np.float64)
    return Relaxed(-float(result.fun), paid, cells, used, prices, bonus, np.asarray(missing))
