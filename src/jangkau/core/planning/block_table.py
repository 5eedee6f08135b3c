"""The dynamic programme over the money of small funds: all of them side by side, their money units end to end."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from jangkau.core.planning.instance import Flags, Instance, Ints, spread


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


class _Blocks(Protocol):
    """What a table needs to know of the blocks: see `Blocks`."""

    case: Instance
    count: int
    of: Ints
    small: Ints
    unit: Ints
    money: Ints


@dataclass(frozen=True)
class _Stairs:
    """Months of people surely paid that cost a block `price` units each, those that save most first.

    All blocks end to end: item i holds months `begin[i]` to `end[i]`, of which those before saved `before[i]`. The
    items of a block begin at month `start`, with `start_saved` before them, and hold `total` months.
    """

    node: Ints
    block: Ints
    begin: Ints
    end: Ints
    saved: Ints
    before: Ints
    price: Ints
    start: Ints
    total: Ints
    start_saved: Ints

    def months(self, block: Ints, units: Ints) -> Ints:
        """How many months so many money units of each block pay."""
        return np.asarray(np.minimum(units // self.price[block], self.total[block]), np.int64)

    def worth(self, block: Ints, units: Ints) -> Ints:
        """The most that so many money units save."""
        if not len(self.end):
            return np.zeros_like(units)
        month = self.start[block] + self.months(block, units)
        item = np.searchsorted(self.end, month)
        return self.before[item] + (month - self.begin[item]) * self.saved[item] - self.start_saved[block]


class _Rows(NamedTuple):
    """Months of people surely paid, by block and node: how many, money units and points saved of each."""

    block: Ints
    node: Ints
    months: Ints
    price: Ints
    saved: Ints


def _stairs(blocks: int, rows: _Rows) -> tuple[_Stairs, Flags]:
    """The stairs of each block, of the price with most months; and which of the rows are in them."""
    width = int(rows.price.max(initial=0)) + 1
    kinds, kind = np.unique(rows.block * width + rows.price, return_inverse=True)
    many = np.bincount(kind.reshape(-1), rows.months, len(kinds))
    order = np.lexsort((-many, kinds // width))
    chosen = kinds[order[np.unique((kinds // width)[order], return_index=True)[1]]]
    price_of = np.ones(blocks, np.int64)
    price_of[chosen // width] = chosen % width
    inside = rows.price == price_of[rows.block]
    block, node, months, _, saved = (column[inside] for column in rows)
    steps = np.lexsort((node, -saved, block))
    block, node, months, saved = block[steps], node[steps], months[steps], saved[steps]
    end = np.cumsum(months)
    sums = np.append(0, np.cumsum(months * saved))
    first = np.searchsorted(block, np.arange(blocks + 1))
    starts = np.append(0, end)[first]
    total, before = np.diff(starts), sums[:-1]
    stairs = _Stairs(
        node, block, end - months, end, saved, before, price_of, starts[:-1], total, sums[first[:-1]],
    )  # fmt: skip
    return stairs, inside


class Table:
    """Points by money unit of every block `asked`, entry after entry. Blocks with most entries first.

    An entry is one person within `reach` of his price; who is further above is surely paid, further below not at all.
    Months of those surely paid save as much each as the next of their node, so those of one price are simply taken in
    order; the rest of their months, per signature, are entries too.
    """

    def __init__(self, blocks: _Blocks, priced: Priced, reach: Ints, asked: Flags) -> None:
        self.blocks, self.case = blocks, blocks.case
        self._entries(priced, reach, asked)
        row, node = self._sure(priced)
        self._slots(priced, row, node)
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

    def _entries(self, priced: Priced, reach: Ints, asked: Flags) -> None:
        """Those surely paid, by signature, and their worth by block; the others who matter, one by one."""
        case, of = self.case, self.blocks.of
        cells = np.flatnonzero((of[case.cell_u] >= 0) & asked[of[case.cell_u]])
        u, size, slack = case.cell_u[cells], case.cell_size[cells], priced.slack[cells]
        spare = reach[of[u]]
        sure, open_ = slack > spare, np.abs(slack) <= spare
        self.base = np.zeros(self.blocks.count, np.int64)
        np.add.at(self.base, of[u[sure]], priced.worth[cells[sure]] * size[sure])
        self.groups, group = np.unique(u[sure], return_inverse=True)
        self.many = np.bincount(group.reshape(-1), size[sure], len(self.groups)).astype(np.int64)
        single = np.repeat(cells[open_], size[open_])
        self.u, self.worth = case.cell_u[single], priced.worth[single]
        self.people = np.ones(len(single), np.int64)

    def _able(self, u: Ints) -> tuple[Ints, Ints]:
        """Row and node of each node that a small fund may pay, for a row of signatures."""
        row, node = spread(self.case.first_node[u], np.diff(self.case.first_node)[u])
        able = self.blocks.small[node] >= 0
        return row[able], node[able]

    def _price(self, node: Ints) -> Ints:
        """Money units of a month."""
        blocks, case = self.blocks, self.case
        return np.asarray(case.arc_price[blocks.small[node]] // blocks.unit[blocks.of[case.node_u[node]]], np.int64)

    def _sure(self, priced: Priced) -> tuple[Ints, Ints]:
        """Build the stairs; the months left out of them become entries. Entry and node of all entries."""
        group, node = self._able(self.groups)
        months = self.case.node_months[node] * self.many[group]
        rows = _Rows(self.blocks.of[self.groups[group]], node, months, self._price(node), priced.month[node])
        self.stairs, inside = _stairs(self.blocks.count, rows)
        left, at = np.unique(group[~inside], return_inverse=True)
        row, of_row = self._able(self.u)
        row, of_row = np.append(at.reshape(-1), row + len(left)), np.append(node[~inside], of_row)
        self.u, self.worth = np.append(self.groups[left], self.u), np.append(np.zeros(len(left), np.int64), self.worth)
        self.people, self.sure = np.append(self.many[left], self.people), np.arange(len(self.u)) < len(left)
        return row, of_row

    def _slots(self, priced: Priced, row: Ints, node: Ints) -> None:
        """Parts of the months that the small fund may pay, by entry: node, months, money units, points saved."""
        months = self.case.node_months[node] * self.people[row]
        bits = np.ceil(np.log2(months + 1)).astype(np.int64)
        each, at = spread(np.zeros(len(node), np.int64), bits)
        part = np.where(at < bits[each] - 1, 1 << at, months[each] - (1 << (bits[each] - 1)) + 1)
        row, node = row[each], node[each]
        slot = np.arange(len(row)) - np.searchsorted(row, row)
        shape = (len(self.u), int(slot.max(initial=-1)) + 1)
        self.node, self.part = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.units, self.saved = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.node[row, slot], self.part[row, slot] = node, part
        self.units[row, slot], self.saved[row, slot] = part * self._price(node), part * priced.month[node]

    def fill(self) -> Ints:
        """Points of the best people of each block."""
        of = np.repeat(np.arange(len(self.length)), self.length)
        best = self.base[self.order[of]]
        for turn, active in enumerate(self.active.tolist()):
            now, here = best[: self.ends[active]], of[: self.ends[active]]
            row, steps = self.row[self.first[:active] + turn], []
            paid = now + self.worth[row][here]
            for slot in range(self.units.shape[1]):
                if not self.part[row, slot].any():
                    break
                better, there = self._before(paid, self.units[row, slot], here)
                better += self.saved[row, slot][here]
                steps.append((better > paid) & there)
                np.copyto(paid, better, where=steps[-1])
            chosen = paid > now
            if self.sure[row].any():
                chosen |= self.sure[row][here]
            self.taken.append([*steps, chosen])
            np.copyto(now, paid, where=chosen)
        return self._split(best, of)

    def _split(self, best: Ints, of: Ints) -> Ints:
        """Points of each block where its stairs take the money that its entries leave; how much these take."""
        best = best + self.stairs.worth(self.order[of], self.blocks.money[self.order][of] - self.place)
        top = np.maximum.reduceat(best, self.ends[:-1])
        first = np.flatnonzero(best == top[of])[::-1]
        self.spent, value = np.zeros_like(self.length), np.zeros(self.blocks.count, np.int64)
        self.spent[of[first]] = self.place[first]
        value[self.order] = top
        return value

    def _before(self, paid: Ints, units: Ints, of: Ints) -> tuple[Ints, Flags]:
        """Points at so many money units less, block after block, and whether there are so many.

        More money is never worth less: where all that buy anything buy for the same, a shift serves the others too.
        """
        place, most = self.place[: len(paid)], int(units.max())
        if ((units == most) | (units == 0)).all():
            step = min(most, len(paid))
            return np.append(paid[:step], paid[: len(paid) - step]), place >= most
        back = units[of]
        return paid[np.maximum(np.arange(len(paid)) - back, 0)], place >= back

    def trace(self) -> tuple[Ints, Ints]:
        """People of each signature and months of each node that the small funds pay, in what `fill` found."""
        paid, months = np.zeros(self.case.signatures, np.int64), np.zeros(len(self.case.node_u), np.int64)
        at = self.ends[:-1] + self.spent
        for turn in reversed(range(len(self.active))):
            active = self.active[turn]
            row, here = self.row[self.first[:active] + turn], at[:active]
            *steps, chosen = self.taken[turn]
            on = chosen[here]
            np.add.at(paid, self.u[row[on]], np.where(self.sure[row[on]], 0, 1))
            for slot in reversed(range(len(steps))):
                take = on & steps[slot][here]
                np.add.at(months, self.node[row[take], slot], self.part[row[take], slot])
                here -= np.where(take, self.units[row, slot], 0)
        paid[self.groups] += self.many
        stairs, units = self.stairs, self.blocks.money.copy()
        units[self.order] -= self.spent
        reached = stairs.start[stairs.block] + stairs.months(stairs.block, units[stairs.block])
        np.add.at(months, stairs.node, np.clip(reached - stairs.begin, 0, stairs.end - stairs.begin))
        return paid, months
