"""The part of a bound that counts the people of small funds whole: the checker's own reckoning, fund after fund.

At prices for all other funds, what a small fund can bring is found by trying every amount of its money against every
person who may matter. No plan of whole people and months brings more.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.planning.verify_facts import Facts, Flags, Ints, Rows


@dataclass(frozen=True)
class Small:
    """Small funds by place; of each trait its fund's place among them (or -1), and what its people earn on top.

    `prices` of all funds are points a rupiah, times `scale`; a fund's prices are multiples of its `units`.
    """

    funds: Ints
    of: Ints
    prices: Ints
    scale: int
    bonus: Ints
    units: Ints


def small_of(facts: Facts, reached: Flags, funds: Ints) -> Ints | None:
    """The place in `funds` of each trait's small fund, or -1; None where a trait that can be paid has two."""
    place = np.full(len(facts.codes), -1, np.int64)
    place[funds] = np.arange(len(funds))
    mine = np.flatnonzero((place[facts.pair_fund] >= 0) & reached[facts.pair_trait])
    traits = facts.pair_trait[mine]
    of = np.full(len(facts.kind), -1, np.int64)
    of[traits] = place[facts.pair_fund[mine]]
    return of if len(np.unique(traits)) == len(traits) else None


def best_of_small(facts: Facts, rows: Rows, small: Small, months: list[tuple[int, int]]) -> int:
    """The most points (times scale) that small funds bring above what other funds cost for their people.

    `months`: one month of each kind, and how many there are.
    """
    other, own = _offers(facts, small, [month for month, _ in months])
    times = np.array([many for _, many in months], np.int64)
    helped = np.where(own > 0, np.minimum(other, own * small.prices[small.funds][small.of][:, None]), other)
    worth, slack = (_worth(facts, small, (each * times).sum(axis=1)) for each in (other, helped))
    money = facts.budgets[small.funds] // np.maximum(small.units[small.funds], 1)
    spare = _spare(facts, rows, small, slack, money)
    cells = (facts.cells.trait, facts.cells.heads)
    blocks = _blocks(small, cells, (worth, slack, spare), (other, own, times))
    units = small.units[small.funds]
    return sum(_best(block, int(money[at]), int(units[at]), worth.dtype) for at, block in blocks.items())


def _offers(facts: Facts, small: Small, months: list[int]) -> tuple[Ints, Ints]:
    """By trait and kind of month: points (times scale) at the cheapest other fund, dearer than anybody is worth where
    there is none; rupiah at the small fund, 0 where it does not pay.
    """
    kind = small.prices.dtype
    dear = facts.top * small.scale + int(np.max(small.bonus, initial=0)) + 1
    other = np.full((len(facts.kind), len(months)), dear, kind)
    own = np.zeros(other.shape, np.int64)
    place = np.full(len(facts.codes), -1, np.int64)
    place[small.funds] = np.arange(len(small.funds))
    payer, rate = facts.payer[facts.pair_fund], facts.kind[facts.pair_trait]
    mine = (place[facts.pair_fund] == small.of[facts.pair_trait]) & (small.of[facts.pair_trait] >= 0)
    for at, month in enumerate(months):
        bill = np.where(facts.valid[facts.pair_fund, month], facts.rupiah[payer, rate, month], 0)
        sells = ~mine & (bill > 0)
        traits = facts.pair_trait[sells]
        np.minimum.at(other[:, at], traits, bill[sells].astype(kind) * small.prices[facts.pair_fund[sells]])
        own[facts.pair_trait[mine], at] = bill[mine]
    return other, own


def _worth(facts: Facts, small: Small, cost: Ints) -> Ints:
    """What a person of each cell is worth above the cost of his months."""
    trait, points = facts.cells.trait, facts.cells.points
    return np.asarray(points.astype(cost.dtype) * small.scale + (small.bonus - cost)[trait])


def _spare(facts: Facts, rows: Rows, small: Small, slack: Ints, money: Ints) -> Ints:
    """By how much each small fund's best can at most exceed what the plan at hand makes of it."""
    most = small.prices[small.funds] * money * small.units[small.funds]
    block = small.of[facts.cells.trait]
    inside = block >= 0
    np.add.at(most, block[inside], (np.maximum(slack, 0) * facts.cells.heads)[inside])
    paid = np.unique(rows.person)
    gain = facts.points[paid].astype(most.dtype) * small.scale + small.bonus[facts.trait[paid]]
    home = small.of[facts.trait[paid]]
    np.subtract.at(most, home[home >= 0], gain[home >= 0])
    home = small.of[facts.trait[rows.person]]
    bought = (home >= 0) & (small.funds[home] != rows.fund)
    np.add.at(most, home[bought], (rows.total * small.prices[rows.fund])[bought])
    return np.asarray(np.maximum(most, 0))


@dataclass
class _Block:
    """A small fund's people: those surely paid, as their worth and months by (rupiah, points saved); the others."""

    sure: int
    months: dict[tuple[int, int], int]
    open: list[tuple[int, list[tuple[int, int]]]]


def _blocks(
    small: Small, cells: tuple[Ints, Ints], values: tuple[Ints, Ints, Ints], offers: tuple[Ints, Ints, Ints]
) -> dict[int, _Block]:
    """Of each small fund: people who may matter, and all who are surely paid."""
    trait, heads = cells
    worth, slack, spare = values
    other, own, times = (each.tolist() for each in offers)
    of = small.of[trait]
    limit = np.where(of >= 0, spare[of], -1)
    kept = np.flatnonzero((of >= 0) & (slack >= -limit))
    blocks: dict[int, _Block] = {}
    columns = (of[kept], trait[kept], heads[kept], worth[kept], (slack > limit)[kept])
    for at, kind, many, value, sure in zip(*(column.tolist() for column in columns), strict=True):
        block = blocks.setdefault(at, _Block(0, {}, []))
        months = [(pair, size) for *pair, size in zip(own[kind], other[kind], times, strict=True) if pair[0]]
        if sure:
            block.sure += value * many
            for (price, saved), size in months:
                block.months[price, saved] = block.months.get((price, saved), 0) + size * many
        else:
            parts = [part for (price, saved), size in months for part in _parts(price, saved, size)]
            block.open += [(value, parts)] * many
    return blocks


def _parts(price: int, saved: int, months: int) -> list[tuple[int, int]]:
    """Rupiah and points saved of so many months, in parts whose sums make up every number of them."""
    parts, size = [], 1
    while months:
        size = min(size, months)
        parts.append((size * price, size * saved))
        months, size = months - size, size * 2
    return parts


def _best(block: _Block, money: int, unit: int, kind: Any) -> int:
    """The most that these people bring with so many units of money."""
    sure = [part for (price, saved), months in block.months.items() for part in _parts(price, saved, months)]
    steps = [(0, True, sure), *((worth, False, parts) for worth, parts in block.open)]
    room = min(money, sum(price for _, _, parts in steps for price, _ in parts) // unit)
    best: Ints = np.zeros(room + 1, kind)
    for worth, must, parts in steps:
        paid = best + worth
        for price, saved in parts:
            if price <= room * unit:
                np.maximum(paid[price // unit :], paid[: room + 1 - price // unit] + saved, out=paid[price // unit :])
        best = paid if must else np.maximum(best, paid)
    return int(best[-1]) + block.sure
