"""One price, one period: a min-cost flow of people, or of their months, over signatures and funds."""

import numpy as np
from ortools.graph.python import min_cost_flow

from jangkau.core.planning.instance import Instance, Ints, Solution
from jangkau.core.planning.whole import Desk


def solve_flow(case: Instance) -> tuple[Solution, Ints]:
    """Whole people of the best plan over fractions of people, and its prices in points a person, for `case.one_price`.

    A unit of flow is a whole person where every fund's money is whole people: the matrix is totally unimodular, so the
    plan is then the best there is. Elsewhere it is a month, so that funds may share a person; people paid in part are
    let go, for their months to be dealt out again.
    """
    price = int(case.arc_price[0])
    room = case.budgets // price
    unit = case.months if not (room % case.months).any() else 1
    parts = case.months // unit
    moved = _flow(case, room // unit, parts) * unit
    got = np.zeros(case.signatures, np.int64)
    np.add.at(got, case.arc_u, moved)
    paid = got // case.months
    prices = _prices(case, paid, moved)
    desk = Desk(case, Solution(paid, moved))
    for u in np.flatnonzero(got % case.months).tolist():
        desk.drain(u, int(got[u] % case.months))
    return Solution(desk.paid, desk.used), prices


def _flow(case: Instance, room: Ints, parts: int) -> Ints:
    """Units that each arc moves in the best flow: every person has `parts` units, every fund `room`.

    More points come first, then more people: the sets that can be paid are a matroid, so only the order of the points
    matters and each largest set is as large as any. The flow is therefore given ranks, small numbers that it solves
    fast.
    """
    heads = (int(case.people.sum()) + 1) * parts
    ranks = np.unique(case.cell_points, return_inverse=True)[1].astype(np.int64)
    cells, s0 = len(case.cell_u), case.signatures
    sink, source = s0 + case.funds, s0 + case.funds + 1
    groups = [
        (np.full(cells, source), case.cell_u, case.cell_size * parts, -1 - ranks),
        (case.arc_u, s0 + case.arc_fund, case.people[case.arc_u] * parts, np.zeros(len(case.arc_u), np.int64)),
        (s0 + np.arange(case.funds), np.full(case.funds, sink), room, np.zeros(case.funds, np.int64)),
        (np.array([source]), np.array([sink]), np.array([heads]), np.array([0])),
    ]
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*groups, strict=True))
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([heads, -heads]))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow network has no optimum; its bypass arc makes that impossible")
    moved: Ints = flow.flows(np.arange(cells, cells + len(case.arc_u))).astype(np.int64)
    return moved


def _prices(case: Instance, paid: Ints, moved: Ints) -> Ints:
    """Least prices that support the flow: a fixpoint over its residual graph (the solver shows no duals)."""
    price = np.zeros(case.funds, np.int64)
    waiting = np.maximum(case.marginal(paid)[1], 0)
    np.maximum.at(price, case.arc_fund, waiting[case.arc_u])
    while True:
        # a person whom fund s pays could move to any fund of his signature: none of these is cheaper than s
        floor = np.zeros(case.signatures, np.int64)
        np.maximum.at(floor, case.arc_u, np.where(moved > 0, price[case.arc_fund], 0))
        raised = price.copy()
        np.maximum.at(raised, case.arc_fund, floor[case.arc_u])
        if np.array_equal(raised, price):
            return price
        price = raised
