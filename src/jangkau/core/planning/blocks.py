"""Small funds whose people are counted whole: given prices of all other funds, each is dealt out exactly."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from jangkau.core.planning.instance import Flags, Instance, Ints, Solution, spread

_MOST_PEOPLE = 200
_ROOM = 1 << 62


class Priced(NamedTuple):
    """Fund prices (points a rupiah, times `scale`), points on top by signature, and what follows, times `scale`: what a
    month of each node costs at funds that are not small, and the arc that sells it; what a person of each cell is
    worth above all his months, bought so, and where the small fund's price helps; the money of each small fund.
    """

    prices: Ints
    scale: int
    bonus: Any
    month: Ints
    arc: Ints
    worth: Ints
    slack: Ints
    money: Ints


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
        """The best people of every block, exactly. `least`: what some plan of each block is worth."""
        case, table = self.case, _Table(self, priced, least)
        value = table.fill()
        paid, own = table.trace()
        used = np.zeros(len(case.arc_node), np.int64)
        used[priced.arc] += paid[case.node_u] * case.node_months - own
        used[self.small[own > 0]] += own[own > 0]
        return Best(value, Solution(paid, used))


class _Table:
    """The dynamic programme: points by money unit of every block, entry after entry. Blocks with most entries first.

    An entry is one person, or all people of a signature who are surely paid. Who cannot be in a plan better than
    `least`, as the small fund's price proves, is left out.
    """

    def __init__(self, blocks: Blocks, priced: Priced, least: Ints) -> None:
        self.blocks, self.case = blocks, blocks.case
        self._entries(priced, least)
        self._slots(priced)
        of = blocks.of[self.u]
        many = np.bincount(of, minlength=blocks.count)
        self.order = np.argsort(-many, kind="stable")
        self.row = np.argsort(np.argsort(self.order)[of], kind="stable")
        demand = np.bincount(of, self.units.sum(axis=1), blocks.count).astype(np.int64)
        self.length = np.minimum(blocks.money, demand)[self.order] + 1
        self.ends = np.append(0, np.cumsum(self.length))
        self.first = np.append(0, np.cumsum(many[self.order]))[:-1]
        self.active = np.searchsorted(-many[self.order], -np.arange(int(many.max(initial=0))))
        self.place = np.arange(self.ends[-1]) - np.repeat(self.ends[:-1], self.length)
        self.taken: list[list[Flags]] = []

    def _entries(self, priced: Priced, least: Ints) -> None:
        """Signature, people, worth of all of them, and whether they are surely paid."""
        case, blocks = self.case, self.blocks
        cells = np.flatnonzero(blocks.of[case.cell_u] >= 0)
        u, size, slack = case.cell_u[cells], case.cell_size[cells], priced.slack[cells]
        most = priced.money.copy()
        np.add.at(most, blocks.of[u], np.maximum(slack, 0) * size)
        spare = (most - least)[blocks.of[u]]
        sure, open_ = slack > spare, np.abs(slack) <= spare
        single = np.repeat(cells[open_], size[open_])
        groups, group = np.unique(u[sure], return_inverse=True)
        worth = np.zeros(len(groups), np.int64)
        np.add.at(worth, group, priced.worth[cells[sure]] * size[sure])
        many = np.bincount(group, size[sure], len(groups)).astype(np.int64)
        self.u = np.append(groups, case.cell_u[single])
        self.people = np.append(many, np.ones(len(single), np.int64))
        self.worth = np.append(worth, priced.worth[single])
        self.sure = np.arange(len(self.u)) < len(groups)

    def _slots(self, priced: Priced) -> None:
        """Parts of the months that the small fund may pay, by entry: node, months, money units, points saved."""
        case, blocks = self.case, self.blocks
        row, node = spread(case.first_node[self.u], np.diff(case.first_node)[self.u])
        able = blocks.small[node] >= 0
        row, node = row[able], node[able]
        months = case.node_months[node] * self.people[row]
        bits = np.ceil(np.log2(months + 1)).astype(np.int64)
        each, at = spread(np.zeros(len(node), np.int64), bits)
        part = np.where(at < bits[each] - 1, 1 << at, months[each] - (1 << (bits[each] - 1)) + 1)
        row, node = row[each], node[each]
        slot = np.arange(len(row)) - np.searchsorted(row, row)
        shape = (len(self.u), int(slot.max(initial=-1)) + 1)
        self.node, self.part = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.units, self.saved = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        price = case.arc_price[blocks.small[node]] // blocks.unit[blocks.of[case.node_u[node]]]
        self.node[row, slot], self.part[row, slot] = node, part
        self.units[row, slot], self.saved[row, slot] = part * price, part * priced.month[node]

    def fill(self) -> Ints:
        """Points of the best people of each block."""
        best = np.zeros(self.ends[-1], np.int64)
        for turn, active in enumerate(self.active.tolist()):
            end, length = self.ends[active], self.length[:active]
            row, steps = self.row[self.first[:active] + turn], []
            paid = best[:end] + np.repeat(self.worth[row], length)
            for slot in range(self.units.shape[1]):
                if not self.part[row, slot].any():
                    break
                back = np.repeat(self.units[row, slot], length)
                better = paid[np.maximum(np.arange(end) - back, 0)] + np.repeat(self.saved[row, slot], length)
                steps.append((better > paid) & (self.place[:end] >= back))
                paid = np.where(steps[-1], better, paid)
            chosen = np.repeat(self.sure[row], length) | (paid > best[:end])
            self.taken.append([*steps, chosen])
            best[:end] = np.where(chosen, paid, best[:end])
        value = np.zeros(self.blocks.count, np.int64)
        value[self.order] = best[self.ends[1:] - 1]
        return value

    def trace(self) -> tuple[Ints, Ints]:
        """People of each signature and months of each node that the small funds pay, in what `fill` found."""
        paid, months = np.zeros(self.case.signatures, np.int64), np.zeros(len(self.case.node_u), np.int64)
        at = self.ends[1:] - 1
        for turn in reversed(range(len(self.active))):
            active = self.active[turn]
            row, here = self.row[self.first[:active] + turn], at[:active]
            *steps, chosen = self.taken[turn]
            on = chosen[here]
            np.add.at(paid, self.u[row[on]], self.people[row[on]])
            for slot in reversed(range(len(steps))):
                take = on & steps[slot][here]
                np.add.at(months, self.node[row[take], slot], self.part[row[take], slot])
                here -= np.where(take, self.units[row, slot], 0)
        return paid, months


def small_funds(case: Instance, prices: Ints, scale: int, most: int) -> tuple[Flags, int]:
    """Funds to be counted whole, those with fewest people first, as long as nobody is in reach of two of them; and the
    work of it, in people times money units.

    None where numbers would pass 64 bits; no more work than `most`.
    """
    whole, met = np.zeros(case.funds, bool), np.zeros(case.signatures, bool)
    fund, u = np.divmod(np.unique(case.arc_fund * case.signatures + case.arc_u), case.signatures)
    reach = np.bincount(fund, case.people[u], case.funds).astype(np.int64)
    dear = (int(case.cell_points.max()) + 1) * scale * (case.months + 1) * (_MOST_PEOPLE + 1)
    if max(dear, int(prices.max()) * int(case.arc_price.max())) > _ROOM:
        return whole, 0
    effort = reach * _units(case, reach)
    ends, spent = np.searchsorted(fund, np.arange(case.funds + 1)), 0
    for at in np.argsort(reach, kind="stable").tolist():
        mine = u[ends[at] : ends[at + 1]]
        fits = spent + effort[at] <= most and int(prices[at]) * int(case.budgets[at]) < _ROOM
        if 0 < reach[at] <= _MOST_PEOPLE and fits and not met[mine].any():
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
