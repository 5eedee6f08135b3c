"""Small funds whose people are counted whole: given prices of all other funds, each is dealt out exactly."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.planning.block_table import Priced, Table
from jangkau.core.planning.instance import Flags, Instance, Ints, Solution

_MOST_PEOPLE = 200
_ROOM = 1 << 62
_FIRST = 4
MOST_ON_TOP = 10


@dataclass(frozen=True)
class Best:
    """The best whole people of each block: points (times scale) above what other funds cost, and the plan."""

    by_block: Ints
    plan: Solution


class Blocks:
    """Blocks of an instance: one small fund each, with all people whom it may pay; nobody is in two of them.

    Within a block people and months are whole, and only the small fund's money is limited; the other funds sell
    months at a price. The best of that comes from dynamic programming over the small fund's money: person by person,
    and for each node in parts of 1, 2, 4, ... months. All blocks go side by side, their money units end to end.
    """

    def __init__(self, case: Instance, whole: Flags) -> None:
        self.case, self.whole, self.count = case, whole, int(whole.sum())
        small = np.flatnonzero(whole[case.arc_fund])
        self.of = np.full(case.signatures, -1, np.int64)
        self.of[case.arc_u[small]] = np.searchsorted(np.flatnonzero(whole), case.arc_fund[small])
        self.small = np.full(len(case.node_u), -1, np.int64)
        self.small[case.arc_node[small]] = small
        self.unit = np.zeros(self.count, np.int64)
        np.gcd.at(self.unit, self.of[case.arc_u[small]], case.arc_price[small])
        self.money = case.budgets[whole] // self.unit

    def priced(self, prices: Ints, scale: int, bonus: Any = 0) -> Priced:
        """Costs at fund prices; a month that no other fund pays is dearer than anybody is worth."""
        case = self.case
        dear = int(case.cell_points.max()) * scale + int(np.max(bonus)) + 1
        cost = np.minimum(case.arc_price * np.minimum(prices, dear)[case.arc_fund], dear)
        others = np.where(self.whole[case.arc_fund], dear, cost)
        month = np.minimum.reduceat(others, case.node_arcs[:-1])
        cheap = np.flatnonzero(others == month[case.arc_node])[::-1]
        arc = np.zeros(len(case.node_u), np.int64)
        arc[case.arc_node[cheap]] = cheap
        worth, slack = (
            case.cell_points * scale - (self._all_months(each) - bonus)[case.cell_u]
            for each in (month, np.minimum.reduceat(cost, case.node_arcs[:-1]))
        )
        money = prices[self.whole] * self.money * self.unit
        return Priced(prices, scale, bonus, month, arc, worth, slack, money)

    def _all_months(self, month: Ints) -> Ints:
        return np.add.reduceat(month * self.case.node_months, self.case.first_node[:-1])

    def value(self, plan: Solution, priced: Priced) -> Ints:
        """What a plan is worth in each block, months of other funds at their cheapest price."""
        case, own = self.case, np.zeros(len(self.case.node_u), np.int64)
        own[self.small >= 0] = plan.used[self.small[self.small >= 0]]
        bought = np.add.reduceat((plan.paid[case.node_u] * case.node_months - own) * priced.month, case.first_node[:-1])
        each = plan.paid * priced.bonus - bought
        np.add.at(each, case.cell_u, case.cells_taken(plan.paid) * case.cell_points * priced.scale)
        value = np.zeros(self.count, np.int64)
        np.add.at(value, self.of[self.of >= 0], each[self.of >= 0])
        return value

    def best(self, priced: Priced, least: Ints) -> Best:
        """The best people of every block, exactly. `least`: what some plan of each block is worth.

        First as if nobody far from his price mattered; once more, and wider, for the blocks where that is not proven.
        """
        case, most = self.case, self._most(priced)
        value, paid, own = np.zeros_like(least), np.zeros(case.signatures, np.int64), np.zeros_like(self.small)
        asked, reach = np.ones(self.count, bool), (most - least) // _FIRST
        while asked.any():
            table, mine = Table(self, priced, reach, asked), (self.of >= 0) & asked[self.of]
            value[asked] = table.fill()[asked]
            paid[mine], own[mine[case.node_u]] = (
                new[of] for new, of in zip(table.trace(), (mine, mine[case.node_u]), strict=True)
            )
            least = np.maximum(value, least)
            asked, reach = most - least > reach, most - least
        used = np.zeros(len(case.arc_node), np.int64)
        used[priced.arc] += paid[case.node_u] * case.node_months - own
        used[self.small[own > 0]] += own[own > 0]
        return Best(value, Solution(paid, used))

    def _most(self, priced: Priced) -> Ints:
        """What no plan of each block is worth more than, by the small fund's own price."""
        cells = np.flatnonzero(self.of[self.case.cell_u] >= 0)
        most = priced.money.copy()
        np.add.at(
            most, self.of[self.case.cell_u[cells]], np.maximum(priced.slack[cells], 0) * self.case.cell_size[cells]
        )
        return most


def small_funds(case: Instance, prices: Ints, scale: int, most: int, on_top: int = 0) -> tuple[Flags, int]:
    """Funds to be counted whole, those with fewest people first, as long as nobody is in reach of two of them; and the
    work of it, in people times money units.

    Only funds of so few people that no number passes 64 bits; no more work than `most`. `on_top`: how often the most
    points anybody has may come on top of his own.
    """
    whole, met = np.zeros(case.funds, bool), np.zeros(case.signatures, bool)
    fund, u = case.fund_pairs
    reach = np.bincount(fund, case.people[u], case.funds).astype(np.int64)
    dear = (on_top + 1) * (int(case.cell_points.max()) + 1) * scale * (case.months + 1)
    few = min(_MOST_PEOPLE, _ROOM // dear - 1)
    if int(prices.max()) * int(case.arc_price.max()) > _ROOM:
        return whole, 0
    effort = reach * _units(case, reach)
    ends, spent = np.searchsorted(fund, np.arange(case.funds + 1)), 0
    for at in np.argsort(reach, kind="stable").tolist():
        mine = u[ends[at] : ends[at + 1]]
        fits = spent + effort[at] <= most and int(prices[at]) * int(case.budgets[at]) < _ROOM
        if 0 < reach[at] <= few and fits and not met[mine].any():
            whole[at] = met[mine] = True
            spent += int(effort[at])
    return whole, spent


def _units(case: Instance, reach: Ints) -> Ints:
    """Money units of each fund, as far as its people can use them."""
    unit, dearest = np.zeros(case.funds, np.int64), np.zeros(case.funds, np.int64)
    np.gcd.at(unit, case.arc_fund, case.arc_price)
    np.maximum.at(dearest, case.arc_fund, case.arc_price)
    unit = np.maximum(unit, 1)
    return np.asarray(np.minimum(case.budgets, reach * case.months * dearest) // unit, np.int64)
