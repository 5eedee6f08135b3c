"""Whole people: from a fractional plan to months that are really paid, by moving months between funds."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.instance import Instance, Ints, Solution, spread


@dataclass(frozen=True)
class _Moves:
    """Months that arc `source` of one fund pays may go to arc `target` of another fund of the same node."""

    source: Ints
    target: Ints
    fund: Ints


class _Trail:
    """A breadth-first walk over funds: rupiah each still needs, and the move that led to it."""

    def __init__(self, funds: int) -> None:
        self.seen = np.zeros(funds, np.bool_)
        self.need: dict[int, int] = {}
        self.came: dict[int, tuple[int, int, int] | None] = {}
        self.queue: deque[int] = deque()

    def reach(self, fund: int, need: int, move: tuple[int, int, int] | None) -> None:
        """Note a fund met for the first time."""
        self.seen[fund] = True
        self.need[fund], self.came[fund] = need, move
        self.queue.append(fund)


class Desk:
    """A plan under work: months by arc and money left by fund, never below zero, every step undoable."""

    def __init__(self, case: Instance, start: Solution) -> None:
        self.case = case
        self.paid = start.paid.copy()
        self.used = start.used.copy()
        self.left = case.budgets - start.spent(case)
        self._log: list[tuple[int, int]] = []
        self._arcs: dict[int, Ints] = {}
        self._dry: list[tuple[int, int]] = []

    def insert(self, u: int) -> bool:
        """Pay one more person of signature u, moving others between funds where that helps.

        False leaves all as it was."""
        mark = len(self._log)
        for node in range(self.case.first_node[u], self.case.first_node[u + 1]):
            if not self.fill(node, int(self.case.node_months[node])):
                self.undo(mark)
                return False
        self.paid[u] += 1
        return True

    def remove(self, u: int) -> None:
        """Stop paying one person of signature u: his months come off the arcs that pay most."""
        for node in range(self.case.first_node[u], self.case.first_node[u + 1]):
            self.drain(node, int(self.case.node_months[node]))
        self.paid[u] -= 1

    def swap(self, out: int, into: int) -> bool:
        """Pay a person of one signature in the place of one of another. False leaves all as it was."""
        mark = len(self._log)
        self.remove(out)
        if self.insert(into):
            return True
        self.undo(mark)
        self.paid[out] += 1
        return False

    def drain(self, node: int, months: int) -> None:
        """Take months off a node, from its fullest arcs."""
        arcs = range(self.case.node_arcs[node], self.case.node_arcs[node + 1])
        for arc in sorted(arcs, key=lambda a: -self.used[a]):
            taken = min(months, int(self.used[arc]))
            self._change(arc, -taken)
            months -= taken
        self._dry.clear()

    def fill(self, node: int, months: int) -> bool:
        """Pay these months of a node from its funds. False where the money is not there (then undo)."""
        while months:
            placed = self._place(node, months) or self._displace(node, months)
            if not placed:
                return False
            months -= placed
        return True

    def undo(self, mark: int) -> None:
        """Take back every change since the log had `mark` entries."""
        while len(self._log) > mark:
            arc, months = self._log.pop()
            self.used[arc] -= months
            self.left[self.case.arc_fund[arc]] += months * self.case.arc_price[arc]

    def _change(self, arc: int, months: int) -> None:
        if months:
            self.used[arc] += months
            self.left[self.case.arc_fund[arc]] -= months * self.case.arc_price[arc]
            self._log.append((arc, months))

    def _place(self, node: int, months: int) -> int:
        """Months paid straight from the fund of the node that can pay most of them."""
        span = slice(self.case.node_arcs[node], self.case.node_arcs[node + 1])
        can = np.minimum(self.left[self.case.arc_fund[span]] // self.case.arc_price[span], months)
        best = int(can.argmax())
        self._change(span.start + best, int(can[best]))
        return int(can[best])

    def _displace(self, node: int, months: int) -> int:
        """Months paid after a chain of moves that frees their price; 0 where no chain exists. Breadth first."""
        case = self.case
        span = slice(case.node_arcs[node], case.node_arcs[node + 1])
        funds, prices = case.arc_fund[span], case.arc_price[span]
        least, mine = int(prices.min()), _mask(funds.tolist())
        if any(least >= price and not mine & ~dry for price, dry in self._dry):
            return 0
        trail = _Trail(case.funds)
        for fund, need in zip(funds.tolist(), (prices - self.left[funds]).tolist(), strict=True):
            trail.reach(fund, need, None)
        while trail.queue:
            found = self._step(trail.queue.popleft(), trail)
            if found >= 0:
                return self._apply(node, found, trail, months)
        met = _mask(trail.need)
        self._dry = [(price, dry) for price, dry in self._dry if price < least or dry & ~met]
        self._dry.append((least, met))
        return 0

    def _step(self, fund: int, trail: "_Trail") -> int:
        """Look one move further than `fund`; the fund that ends the chain, or -1."""
        moves = self._moves_of(fund)
        fresh = ~trail.seen[moves.fund]
        if not fresh.any():
            return -1
        price = self.case.arc_price
        months = -(-trail.need[fund] // price[moves.source])
        short = months * price[moves.target] - self.left[moves.fund]
        movable = fresh & (self.used[moves.source] >= months)
        ends = np.flatnonzero(movable & (short <= 0))
        if len(ends):
            at = ends[0]
            trail.reach(int(moves.fund[at]), 0, (int(moves.source[at]), int(moves.target[at]), int(months[at])))
            return int(moves.fund[at])
        ways = np.flatnonzero(movable)
        ways = ways[np.lexsort((short[ways], moves.fund[ways]))]
        for at in ways[np.unique(moves.fund[ways], return_index=True)[1]]:
            way = (int(moves.source[at]), int(moves.target[at]), int(months[at]))
            trail.reach(int(moves.fund[at]), int(short[at]), way)
        return -1

    def _apply(self, node: int, fund: int, trail: "_Trail", months: int) -> int:
        """Carry the chain out from its far end and pay the node at its near end; months paid.

        Where all its prices are equal the chain carries as many months at once as its tightest move allows.
        """
        case, chain, near = self.case, [], fund
        while (move := trail.came[near]) is not None:
            chain.append(move)
            near = int(case.arc_fund[move[0]])
        arc = next(a for a in range(case.node_arcs[node], case.node_arcs[node + 1]) if case.arc_fund[a] == near)
        price = int(case.arc_price[arc])
        times = 1
        if all(m == 1 and case.arc_price[s] == case.arc_price[t] == price for s, t, m in chain):
            room = min(int(self.used[source]) for source, _, _ in chain)
            times = max(1, min(months, room, int(self.left[fund]) // price))
        for source, target, moved in chain:
            self._change(target, moved * times)
            self._change(source, -moved * times)
        self._change(arc, times)
        return times

    def _moves_of(self, fund: int) -> _Moves:
        """What the months that a fund pays now could move to."""
        case = self.case
        if fund not in self._arcs:
            self._arcs[fund] = np.flatnonzero(case.arc_fund == fund)
        mine = self._arcs[fund]
        mine = mine[self.used[mine] > 0]
        node = case.arc_node[mine]
        row, target = spread(case.node_arcs[node], case.node_arcs[node + 1] - case.node_arcs[node])
        return _Moves(mine[row], target, case.arc_fund[target])


def _mask(funds: Iterable[int]) -> int:
    """A set of funds as bits."""
    bits = 0
    for fund in funds:
        bits |= 1 << fund
    return bits
