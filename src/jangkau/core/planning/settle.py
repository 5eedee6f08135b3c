"""Whole people for large instances: leftovers of narrow funds are used up first, so that wide funds can join them."""

import numpy as np

from jangkau.core.planning.instance import Flags, Instance, Ints, Solution, spread

_ROUNDS = 4
_AT_ONCE = 256


class Ledger:
    """A plan under work: people, months by arc, money left by fund, never below zero.

    The reach of a fund is the number of people that it may pay; what is left of a narrow fund is of use to few.
    """

    def __init__(self, case: Instance, start: Solution) -> None:
        self.case = case
        self.paid, self.used = start.paid.copy(), start.used.copy()
        self.left = case.budgets - start.spent(case)
        months = case.people[case.arc_u] * case.node_months[case.arc_node]
        reach = np.bincount(case.arc_fund, months, case.funds)
        pairs = np.unique(case.arc_u * case.funds + case.arc_fund)
        heads = np.bincount(pairs % case.funds, case.people[pairs // case.funds], case.funds)
        whole = np.rint(reach / np.maximum(heads, 1))
        self._rank = np.argsort(np.lexsort((reach, whole)))
        order = np.lexsort((self._rank[case.arc_fund], case.arc_node))
        self._narrow_first = order.astype(np.int64)
        self._mine = np.argsort(case.arc_fund, kind="stable")
        self._place = np.searchsorted(case.arc_fund[self._mine], np.arange(case.funds + 1))

    def gather(self) -> None:
        """Let narrow funds pay months that wider ones pay now, so that what is left is left in wide funds."""
        case = self.case
        least = np.full(case.funds, np.iinfo(np.int64).max)
        np.minimum.at(least, case.arc_fund, case.arc_price)
        for fund in np.argsort(self._rank).tolist():
            if self.left[fund] >= least[fund]:
                self._relieve(fund)

    def insert(self, signatures: Ints) -> int:
        """Pay one more person of each signature, in this order, where the money is there; how many it paid.

        Money only gets less, so now and then those that it no longer reaches are left out at once.
        """
        paid = 0
        while len(signatures):
            paid += sum(map(self._pay, signatures[:_AT_ONCE].tolist()))
            waiting = signatures[_AT_ONCE:]
            signatures = waiting[self._reached()[waiting]]
        return paid

    def able(self) -> Ints:
        """Signatures whose next person the money left may reach: most points first for each month that must come from
        money that is enough for a whole person, and so of use elsewhere.
        """
        case, starts = self.case, self.case.node_arcs[:-1]
        months = self.left[case.arc_fund] // case.arc_price
        points = case.marginal(self.paid)[1]
        points = np.where(self._reached(), points, -1)
        scraps = np.where(months < case.months, months, 0)
        missing = np.maximum(case.node_months - np.add.reduceat(scraps, starts), 0)
        rate = points / (np.add.reduceat(missing, case.first_node[:-1]) + 1)
        able = np.flatnonzero(points >= 0)
        return able[np.lexsort((able, -rate[able]))]

    def _reached(self) -> Flags:
        """Signatures whose months the money left could pay, fund by fund."""
        case = self.case
        months = np.add.reduceat(self.left[case.arc_fund] // case.arc_price, case.node_arcs[:-1])
        return np.asarray(np.logical_and.reduceat(months >= case.node_months, case.first_node[:-1]))

    def _relieve(self, fund: int) -> None:
        case = self.case
        mine = self._mine[self._place[fund] : self._place[fund + 1]]
        node = case.arc_node[mine]
        row, source = spread(case.node_arcs[node], case.node_arcs[node + 1] - case.node_arcs[node])
        target = mine[row]
        helps = (self.used[source] > 0) & (self._rank[case.arc_fund[source]] > self._rank[fund])
        for here, there in zip(target[helps].tolist(), source[helps].tolist(), strict=True):
            months = min(int(self.used[there]), int(self.left[fund]) // int(case.arc_price[here]))
            self._move(there, -months)
            self._move(here, months)

    def _move(self, arc: int, months: int) -> None:
        self.used[arc] += months
        self.left[self.case.arc_fund[arc]] -= months * self.case.arc_price[arc]

    def _pay(self, u: int) -> bool:
        case = self.case
        if self.paid[u] >= case.people[u]:
            return False
        moves: list[tuple[int, int]] = []
        for node in range(case.first_node[u], case.first_node[u + 1]):
            need = int(case.node_months[node])
            for arc in self._narrow_first[case.node_arcs[node] : case.node_arcs[node + 1]].tolist():
                months = min(need, int(self.left[case.arc_fund[arc]]) // int(case.arc_price[arc]))
                if months:
                    self._move(arc, months)
                    moves.append((arc, months))
                    need -= months
            if need:
                for arc, months in moves:
                    self._move(arc, -months)
                return False
        self.paid[u] += 1
        return True


def settle(case: Instance, start: Solution) -> Solution:
    """The start with the people whom the money left can pay."""
    ledger = Ledger(case, start)
    for _ in range(_ROUNDS):
        ledger.gather()
        if not ledger.insert(ledger.able()):
            break
    return Solution(ledger.paid, ledger.used)
