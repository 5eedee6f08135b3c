"""One price, one period: people, or their months, flow from signatures to funds."""

import numpy as np
from ortools.graph.python import max_flow

from jangkau.core.planning.instance import Flags, Instance, Ints, Solution
from jangkau.core.planning.whole import Desk


def solve_flow(case: Instance) -> tuple[Solution, Ints]:
    """Whole people of the best plan over fractions of people, and its prices in points a person, for `case.one_price`.

    A unit of flow is a whole person where every fund's money is whole people: the matrix is totally unimodular, so the
    plan is then the best there is. Elsewhere it is a month, so that funds may share a person; people paid in part are
    let go, for their months to be dealt out again.

    More points come first, then more people: the sets that can be paid are a matroid, so only the order of the points
    matters and each largest set is as large as any.
    """
    room = case.budgets // int(case.arc_price[0])
    unit = case.months if not (room % case.months).any() else 1
    network = _Network(case, room // unit, case.months // unit)
    cutoff, price = network.levels()
    moved = network.fill(cutoff, price) * unit
    got = np.bincount(case.arc_u, moved, case.signatures).astype(np.int64)
    desk = Desk(case, Solution(got // case.months, moved))
    for u in np.flatnonzero(got % case.months).tolist():
        desk.drain(u, int(got[u] % case.months))
    return Solution(desk.paid, desk.used), np.append(0, network.points)[price]


class _Network:
    """Signatures, then funds: every person has `parts` units, every fund `room`. Points are ranks, from 1."""

    def __init__(self, case: Instance, room: Ints, parts: int) -> None:
        self.case, self.parts = case, parts
        self.points, rank = np.unique(case.cell_points, return_inverse=True)
        self._width = len(self.points) + 1
        self._key = case.cell_u * self._width - rank - 1
        self._heads = np.append(0, np.cumsum(case.cell_size))
        self.room = np.minimum(room, self._heads[-1] * parts)

    def levels(self) -> tuple[Ints, Ints]:
        """Least ranks that price signatures and funds, 0 where there is money for all.

        People of at least the middle rank flow as far as they can. Funds that somebody left out could come to are
        worth that rank or more, and then so is a place in the signatures that have no other funds; the rest are worth
        less. No unit flows between the two, so each half is halved again, all of them in one flow.
        """
        case, s0 = self.case, self.case.signatures
        low = np.zeros(s0 + case.funds, np.int64)
        high = low + self._width
        while (between := high - low > 1).any():
            middle = (low + high) // 2
            arcs = np.flatnonzero(low[case.arc_u] == low[s0 + case.arc_fund])
            people = np.where(between[:s0], self._above(middle[:s0]), 0)
            reached = self._flow(arcs, people, self.room, np.zeros_like(case.arc_u))[1]
            low, high = np.where(between & reached, middle, low), np.where(between & ~reached, middle, high)
        return low[:s0], low[s0:]

    def fill(self, cutoff: Ints, price: Ints) -> Ints:
        """Units on each arc: everybody above the cutoff is paid, and then as many at the cutoff as can be.

        Each by the cheapest of his funds, which all others leave to him.
        """
        arcs = np.flatnonzero(cutoff[self.case.arc_u] == price[self.case.arc_fund])
        above = self._above(cutoff + 1)
        sure = self._flow(arcs, above, self.room, np.zeros_like(self.case.arc_u))[0]
        left = self.room - np.bincount(self.case.arc_fund, sure, self.case.funds).astype(np.int64)
        return sure + self._flow(arcs, np.where(cutoff > 0, self._above(cutoff) - above, 0), left, sure)[0]

    def _above(self, rank: Ints) -> Ints:
        """People of each signature with at least this rank."""
        ends = np.searchsorted(self._key, np.arange(len(rank)) * self._width - rank, side="right")
        return np.asarray(self._heads[ends] - self._heads[self.case.cell_start[:-1]], np.int64)

    def _flow(self, arcs: Ints, people: Ints, room: Ints, back: Ints) -> tuple[Ints, Flags]:
        """The most units that these people can place over some of the arcs, by arc, and the signatures and funds that
        somebody left out could come to. Units placed before (`back`) may be moved.
        """
        case, s0 = self.case, self.case.signatures
        sink, source = s0 + case.funds, s0 + case.funds + 1
        u, fund, undo = case.arc_u[arcs], s0 + case.arc_fund[arcs], np.flatnonzero(back[arcs])
        groups = [
            (np.full(s0, source), np.arange(s0), people * self.parts),
            (np.arange(s0, sink), np.full(case.funds, sink), room),
            (u, fund, np.full(len(arcs), self._heads[-1] * self.parts + 1)),
            (fund[undo], u[undo], back[arcs[undo]]),
        ]
        flow = max_flow.SimpleMaxFlow()
        flow.add_arcs_with_capacity(*(np.concatenate(column) for column in zip(*groups, strict=True)))
        if flow.solve(source, sink) != flow.OPTIMAL:
            raise RuntimeError("a flow of nothing is always possible, so there is a largest one")
        flows, moved = flow.flows(np.arange(sink, sink + len(arcs) + len(undo))), np.zeros_like(back)
        moved[arcs] = flows[: len(arcs)]
        moved[arcs[undo]] -= flows[len(arcs) :]
        reached = np.zeros(source + 1, bool)
        reached[flow.get_source_side_min_cut()] = True
        return moved, reached[:sink]
