"""The months of a signature as ways to be paid: which fund pays which months of how many of its people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations

from jangkau.core.planning.instance import Instance, Solution

_MOST_ORDERED = 5


@dataclass
class Runs:
    """One way to be paid, by `count` people: runs of (fund, first month, months, first price, total)."""

    count: int
    runs: list[list[int]] = field(default_factory=list)

    def add(self, fund: int, first: int, months: int, price: int) -> None:
        """Append months of a fund, joined to the run before where the fund is the same."""
        if self.runs and self.runs[-1][0] == fund:
            self.runs[-1][2] += months
            self.runs[-1][4] += months * price
        else:
            self.runs.append([fund, first, months, price, months * price])


def ways_of(case: Instance, plan: Solution, signatures: Iterable[int]) -> Iterator[tuple[int, Runs]]:
    """Signature and way to be paid, for all paid people: first ways that need no handover, then the rest."""
    fund, price, used, ends = (a.tolist() for a in (case.arc_fund, case.arc_price, plan.used, case.node_arcs))
    months, firsts, nodes = (a.tolist() for a in (case.node_months, case.node_first, case.first_node))
    for u in signatures:
        own = slice(nodes[u], nodes[u + 1])
        arcs = [slice(*span) for span in zip(ends[own], ends[own.start + 1 : own.stop + 1], strict=True)]
        left = [{f: m for f, m in zip(fund[span], used[span], strict=True) if m} for span in arcs]
        prices = [dict(zip(fund[span], price[span], strict=True)) for span in arcs]
        for way in _ways(left, prices, months[own], firsts[own], int(plan.paid[u])):
            yield u, way


def _ways(
    left: list[dict[int, int]], prices: list[dict[int, int]], months: list[int], firsts: list[int], waiting: int
) -> list[Runs]:
    """Ways to be paid, for `waiting` people whose months are `left` by node and fund."""
    ways = []
    while waiting:
        chain = _chain(left, months)
        if not chain:
            break
        count = min(left[at][fund] // months[at] for at, fund in enumerate(chain))
        way = Runs(count)
        for at, fund in enumerate(chain):
            left[at][fund] -= count * months[at]
            way.add(fund, firsts[at], months[at], prices[at][fund])
        ways.append(way)
        waiting -= count
    ways += [_patch(left, prices, months, firsts) for _ in range(waiting)]
    by_month = [prices[at] for at, many in enumerate(months) for _ in range(many)]
    return [_tidy(way, by_month) for way in ways]


def _tidy(way: Runs, by_month: list[dict[int, int]]) -> Runs:
    """The same months by the same funds for the same money, each fund in one stretch where an order allows that."""
    funds = sorted({run[0] for run in way.runs})
    if len(funds) == len(way.runs) or len(funds) > _MOST_ORDERED:
        return way
    months = {fund: sum(run[2] for run in way.runs if run[0] == fund) for fund in funds}
    bills = {fund: sum(run[4] for run in way.runs if run[0] == fund) for fund in funds}
    for turn in permutations(funds):
        fresh, first = Runs(way.count), 0
        for fund in turn:
            prices = [by_month[month].get(fund, 0) for month in range(first, first + months[fund])]
            if 0 in prices or sum(prices) != bills[fund]:
                break
            fresh.runs.append([fund, first, months[fund], prices[0], bills[fund]])
            first += months[fund]
        else:
            return fresh
    return way


def _chain(left: list[dict[int, int]], months: list[int]) -> list[int]:
    """One fund for each node, each with the whole node for somebody, changing as late as can be; [] if none."""
    chain: list[int] = []
    for at, need in enumerate(months):
        able = [fund for fund, amount in left[at].items() if amount >= need]
        if not able:
            return []
        if chain and chain[-1] in able:
            chain.append(chain[-1])
            continue
        fresh = [fund for fund in able if fund not in chain] or able
        chain.append(max(fresh, key=lambda fund: (_reach(left, months, at, fund), left[at][fund], -fund)))
    return chain


def _reach(left: list[dict[int, int]], months: list[int], at: int, fund: int) -> int:
    """How many nodes in a row from `at` the fund can pay whole for somebody."""
    end = at
    while end < len(months) and left[end].get(fund, 0) >= months[end]:
        end += 1
    return end - at


def _patch(left: list[dict[int, int]], prices: list[dict[int, int]], months: list[int], firsts: list[int]) -> Runs:
    """One person paid from what is left: the fund of the month before goes on while it can."""
    way = Runs(1)
    seen: list[int] = []
    for at, start in enumerate(firsts):
        first, end = start, start + months[at]
        while first < end:
            fund = _next_fund(left[at], seen)
            months_paid = min(end - first, left[at][fund])
            left[at][fund] -= months_paid
            way.add(fund, first, months_paid, prices[at][fund])
            seen = [*(f for f in seen if f != fund), fund]
            first += months_paid
    return way


def _next_fund(left: dict[int, int], seen: list[int]) -> int:
    """The fund last seen if it still can, else a new one with most months, else any."""
    if seen and left.get(seen[-1], 0):
        return seen[-1]
    return max((fund for fund, amount in left.items() if amount), key=lambda f: (f not in seen, left[f], -f))
