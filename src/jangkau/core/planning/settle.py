"""Whole people for large instances: leftovers of narrow funds are used up first, so that wide funds can join them."""

import numpy as np

from jangkau.core.planning.instance import Flags, Instance, Ints, Solution, spread

_ROUNDS = 4
_AT_ONCE = 256
# a person's months in good money count, but far less than his points: tried on many instances
_POWERS = (0.1, 0.5)
_QUICK = 40_000


class Ledger:
    """A plan under work: people, months by arc, money left by fund, never below zero.

    What is left of a narrow fund is of use to few. Kept in lists, which single steps change faster than arrays.
    """

    def __init__(self, case: Instance, start: Solution) -> None:
        self.case = case
        self.paid, self.used = start.paid.tolist(), start.used.tolist()
        self.left = (case.budgets - start.spent(case)).tolist()
        self._rank, self._narrow_first = case.narrowness
        self._fund, self._price = case.arc_fund.tolist(), case.arc_price.tolist()
        self._months, self._people = case.node_months.tolist(), case.people.tolist()
        self._nodes, self._arcs = case.first_node.tolist(), case.node_arcs.tolist()

    def gather(self) -> None:
        """Let narrow funds pay months that wider ones pay now, so that what is left is left in wide funds.

        Narrowest first: what a fund could take over only gets less while narrower ones take their turn.
        """
        fund, price, used, left = self._fund, self._price, self.used, self.left
        for here, there in zip(*self._wider(), strict=True):
            if left[fund[here]] >= price[here]:
                months = min(used[there], left[fund[here]] // price[here])
                self._move(there, -months)
                self._move(here, months)

    def _wider(self) -> tuple[list[int], list[int]]:
        """Arcs, and arcs of wider funds at the same node that pay months now; narrowest funds first."""
        case = self.case
        source = np.flatnonzero(np.array(self.used))
        node = case.arc_node[source]
        row, target = spread(case.node_arcs[node], case.node_arcs[node + 1] - case.node_arcs[node])
        source = source[row]
        rank = self._rank[case.arc_fund[target]]
        wider = np.flatnonzero(self._rank[case.arc_fund[source]] > rank)
        wider = wider[np.lexsort((source[wider], target[wider], rank[wider]))]
        return target[wider].tolist(), source[wider].tolist()

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

    def able(self, power: float) -> Ints:
        """Signatures whose next person the money left may reach: most points first for each month (to this power) that
        must come from money that is enough for a whole person, and so of use elsewhere.
        """
        case, starts = self.case, self.case.node_arcs[:-1]
        months = np.array(self.left)[case.arc_fund] // case.arc_price
        points = case.marginal(np.array(self.paid))[1]
        points = np.where(self._reached(), points, -1)
        scraps = np.where(months < case.months, months, 0)
        missing = np.maximum(case.node_months - np.add.reduceat(scraps, starts), 0)
        rate = points / (np.add.reduceat(missing, case.first_node[:-1]) + 1) ** power
        able = np.flatnonzero(points >= 0)
        return able[np.lexsort((able, -rate[able]))]

    def _reached(self) -> Flags:
        """Signatures whose months the money left could pay, fund by fund."""
        case = self.case
        months = np.add.reduceat(np.array(self.left)[case.arc_fund] // case.arc_price, case.node_arcs[:-1])
        return np.asarray(np.logical_and.reduceat(months >= case.node_months, case.first_node[:-1]))

    def _move(self, arc: int, months: int) -> None:
        self.used[arc] += months
        self.left[self._fund[arc]] -= months * self._price[arc]

    def _pay(self, u: int) -> bool:
        if self.paid[u] >= self._people[u]:
            return False
        moves: list[tuple[int, int]] = []
        for node in range(self._nodes[u], self._nodes[u + 1]):
            need = self._months[node]
            for arc in self._narrow_first[self._arcs[node] : self._arcs[node + 1]]:
                months = min(need, self.left[self._fund[arc]] // self._price[arc])
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
    """The start with the people whom the money left can pay; where that is quick, the better of two orders with several
    prices.
    """
    quick = not case.one_price and len(case.arc_node) <= _QUICK
    tried = [_settled(case, start, power) for power in (_POWERS if quick else _POWERS[:1])]
    return max(tried, key=lambda plan: (case.points(plan.paid), int(plan.paid.sum())))


def _settled(case: Instance, start: Solution, power: float) -> Solution:
    ledger = Ledger(case, start)
    for _ in range(_ROUNDS):
        ledger.gather()
        if not ledger.insert(ledger.able(power)):
            break
    return Solution(np.array(ledger.paid), np.array(ledger.used))
