"""Whole people: from a fractional plan to months that are really paid, by moving months between funds."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from jangkau.core.planning.instance import Instance, Ints, Solution


@dataclass(frozen=True)
class _Moves:
    """Months that arc `source` of one fund pays may go to arc `target` of another fund of the same node."""

    source: Ints
    target: Ints
    fund: Ints


class Desk:
    """A plan under work: months by arc and money left by fund, never below zero, every step undoable."""

    def __init__(self, case: Instance, start: Solution) -> None:
        self.case = case
        self.paid = start.paid.copy()
        self.used = start.used.copy()
        self.left = case.budgets - start.spent(case)
        self._log: list[tuple[int, int]] = []
        self._moves: dict[int, _Moves] = {}
        self._dry: list[tuple[int, set[int]]] = []

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

    def pay(self, arc: int, months: int) -> None:
        """Let an arc pay these months more; the caller knows that its fund has the money."""
        self._change(arc, months)

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
        """One month paid after a chain of moves that frees its price; 0 where no chain exists. Breadth first."""
        case = self.case
        span = range(case.node_arcs[node], case.node_arcs[node + 1])
        least = int(case.arc_price[span.start : span.stop].min())
        funds = {int(case.arc_fund[arc]) for arc in span}
        if any(least >= price and funds <= dry for price, dry in self._dry):
            return 0
        need = {int(case.arc_fund[arc]): int(case.arc_price[arc] - self.left[case.arc_fund[arc]]) for arc in span}
        came: dict[int, tuple[int, int, int] | None] = dict.fromkeys(need)
        queue = deque(sorted(need, key=lambda fund: need[fund]))
        while queue:
            found = self._step(queue.popleft(), need, came, queue)
            if found >= 0:
                self._apply(node, found, came)
                return 1
        self._dry.append((least, set(need)))
        return 0

    def _step(
        self, fund: int, need: dict[int, int], came: dict[int, tuple[int, int, int] | None], queue: deque[int]
    ) -> int:
        """Look one move further than `fund`; the fund that ends the chain, or -1."""
        moves = self._moves_of(fund)
        price = self.case.arc_price
        months = -(-need[fund] // price[moves.source])
        short = months * price[moves.target] - self.left[moves.fund]
        open_ = np.flatnonzero((self.used[moves.source] >= months) & ~np.isin(moves.fund, list(need)))
        cheapest = open_[np.lexsort((short[open_], moves.fund[open_]))]
        for at in cheapest[np.unique(moves.fund[cheapest], return_index=True)[1]]:
            target = int(moves.fund[at])
            need[target] = int(short[at])
            came[target] = (int(moves.source[at]), int(moves.target[at]), int(months[at]))
            if short[at] <= 0:
                return target
            queue.append(target)
        return -1

    def _apply(self, node: int, fund: int, came: dict[int, tuple[int, int, int] | None]) -> None:
        """Carry the chain out, from its far end, and pay one month of the node at its near end."""
        while (move := came[fund]) is not None:
            source, target, months = move
            self._change(target, months)
            self._change(source, -months)
            fund = int(self.case.arc_fund[source])
        span = range(self.case.node_arcs[node], self.case.node_arcs[node + 1])
        self._change(next(arc for arc in span if self.case.arc_fund[arc] == fund), 1)

    def _moves_of(self, fund: int) -> _Moves:
        if fund not in self._moves:
            case = self.case
            mine = np.flatnonzero(case.arc_fund == fund)
            start, count = case.node_arcs[case.arc_node[mine]], np.diff(case.node_arcs)[case.arc_node[mine]]
            source = np.repeat(mine, count)
            target = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start, count)
            other = source != target
            self._moves[fund] = _Moves(source[other], target[other], case.arc_fund[target[other]])
        return self._moves[fund]
