"""The plan as numbers: people who stand alike before every fund share a signature, months that stand alike a period.

Nothing here knows of villages or deciles any more, so 1,250 village funds make a small network.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def spread(start: Ints, count: Ints) -> tuple[Ints, Ints]:
    """Rows 0, 1, ... each repeated `count` times, and the places start, start + 1, ... of each row's run."""
    row = np.repeat(np.arange(len(count)), count)
    return row, np.arange(len(row)) + np.repeat(start - np.cumsum(count) + count, count)


def in_order(keys: Ints) -> Ints:
    """The stable order of small whole numbers. One sort of numbers that hold the key above and the place below is far
    faster than an indirect sort.
    """
    bits = len(keys).bit_length()
    return np.sort((keys << bits) | np.arange(len(keys))) & ((1 << bits) - 1)


@dataclass(frozen=True)
class Instance:
    """Signatures u, nodes (u, run of months that are alike for u), funds s. An arc: a fund may
    pay this node, at a price.

    Nodes are sorted by (u, first month), arcs by (node, fund). Cells are the people of one signature with equal
    points, sorted by (u, points descending). Every signature has at least one node, every node at least one arc.
    """

    budgets: Ints
    node_u: Ints
    node_first: Ints
    node_months: Ints
    arc_node: Ints
    arc_fund: Ints
    arc_price: Ints
    cell_u: Ints
    cell_points: Ints
    cell_size: Ints

    @property
    def funds(self) -> int:
        """Number of funds."""
        return len(self.budgets)

    @cached_property
    def signatures(self) -> int:
        """Number of signatures."""
        return int(self.node_u[-1]) + 1 if len(self.node_u) else 0

    @cached_property
    def months(self) -> int:
        """Months of the plan."""
        return int(self.node_months[self.node_u == 0].sum())

    @cached_property
    def people(self) -> Ints:
        """People by signature."""
        return np.bincount(self.cell_u, self.cell_size, self.signatures).astype(np.int64)

    @cached_property
    def node_arcs(self) -> Ints:
        """First arc of each node; one more entry closes the last."""
        return np.searchsorted(self.arc_node, np.arange(len(self.node_u) + 1)).astype(np.int64)

    @cached_property
    def first_node(self) -> Ints:
        """First node of each signature; one more entry closes the last."""
        return np.searchsorted(self.node_u, np.arange(self.signatures + 1)).astype(np.int64)

    @cached_property
    def arc_u(self) -> Ints:
        """Signature of each arc."""
        return self.node_u[self.arc_node]

    @cached_property
    def cell_start(self) -> Ints:
        """First cell of each signature; one more entry closes the last."""
        return np.searchsorted(self.cell_u, np.arange(self.signatures + 1)).astype(np.int64)

    @cached_property
    def cell_before(self) -> Ints:
        """People of the same signature with more points than the cell's."""
        return (np.cumsum(self.cell_size) - self.cell_size - self._people_before[self.cell_u]).astype(np.int64)

    @cached_property
    def _people_before(self) -> Ints:
        return (np.cumsum(self.people) - self.people).astype(np.int64)

    @cached_property
    def capacity(self) -> Ints:
        """Budgets rounded down to what the fund's prices can add up to (multiples of their gcd)."""
        unit = np.zeros(self.funds, np.int64)
        np.gcd.at(unit, self.arc_fund, self.arc_price)
        return np.asarray(np.where(unit > 0, self.budgets // np.maximum(unit, 1) * unit, 0), np.int64)

    @cached_property
    def one_price(self) -> bool:
        """Whether the pure network flow is exact: one period, and each month costs the same for all."""
        return len(self.node_u) == self.signatures and len(np.unique(self.arc_price)) <= 1

    @cached_property
    def narrowness(self) -> tuple[Ints, list[int]]:
        """Place of each fund from the narrowest to the widest: the reach of a fund is the number of people that it may
        pay, and of months. Arcs by node, those of narrow funds first.
        """
        months = self.people[self.arc_u] * self.node_months[self.arc_node]
        reach = np.bincount(self.arc_fund, months, self.funds)
        fund, u = self.fund_pairs
        whole = np.rint(reach / np.maximum(np.bincount(fund, self.people[u], self.funds), 1))
        rank = np.argsort(np.lexsort((reach, whole)))
        order = in_order(self.arc_node * self.funds + rank[self.arc_fund])
        return rank, order.tolist()

    @cached_property
    def fund_pairs(self) -> tuple[Ints, Ints]:
        """Fund and signature of each pair that has an arc, by fund."""
        pairs = np.sort(self.arc_fund * self.signatures + self.arc_u)
        fund, u = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(self.signatures, 1))
        return fund, u

    def cells_taken(self, paid: Ints) -> Ints:
        """People taken of each cell when `paid[u]` of signature u are paid, most points first."""
        return np.asarray(np.clip(paid[self.cell_u] - self.cell_before, 0, self.cell_size), np.int64)

    def points(self, paid: Ints) -> int:
        """Sum of points when `paid[u]` of signature u are paid."""
        return int(self.cells_taken(paid) @ self.cell_points)

    def marginal(self, paid: Ints) -> tuple[Ints, Ints]:
        """Per signature: points of the last person paid and of the next one; -1 where there is none."""
        return self._points_at(paid - 1), self._points_at(paid)

    def next_points(self, u: int, paid: int) -> int:
        """Points of the next person of signature u when `paid` are paid; there must be one."""
        span = slice(self.cell_start[u], self.cell_start[u + 1])
        return int(self.cell_points[span][np.searchsorted(self.cell_before[span], paid, side="right") - 1])

    def _points_at(self, place: Ints) -> Ints:
        inside = (place >= 0) & (place < self.people)
        if not len(self.cell_u):
            return np.full(self.signatures, -1, np.int64)
        ends = self._people_before[self.cell_u] + self.cell_before + self.cell_size
        cell = np.searchsorted(ends, self._people_before + np.where(inside, place, 0), side="right")
        return np.where(inside, self.cell_points[np.minimum(cell, len(ends) - 1)], -1).astype(np.int64)


@dataclass(frozen=True)
class Floors:
    """People that a plan has to pay: `counts` (signature x floor) is 1 where people count towards it, `need` of them.
    Each missing one costs `dear` points.
    """

    counts: Ints
    need: Floats
    dear: float

    @classmethod
    def none(cls, signatures: int) -> "Floors":
        """No floor."""
        return cls(np.zeros((signatures, 0), np.int64), np.zeros(0), 0.0)

    def worth(self, bonus: Ints) -> Any:
        """Points on top by signature, in Python's own numbers: those of several floors may pass 64 bits."""
        return (self.counts.astype(object) * bonus.astype(object)).sum(axis=1) if len(bonus) else 0

    def debt(self, bonus: Ints) -> int:
        """Points on top that every plan earns which reaches the floors."""
        return sum(int(each * need) for each, need in zip(bonus.tolist(), self.need.tolist(), strict=True))

    def held(self, paid: Ints) -> bool:
        """Whether a plan that pays so many of each signature reaches all of them."""
        return bool((self.counts.T @ paid >= self.need).all())


@dataclass
class Solution:
    """`paid[u]` people of signature u for all months; `used[arc]` months that the arc pays, over all of them."""

    paid: Ints
    used: Ints

    def spent(self, case: Instance) -> Ints:
        """Rupiah by fund."""
        total = np.zeros(case.funds, np.int64)
        np.add.at(total, case.arc_fund, self.used * case.arc_price)
        return total


def path_cost(case: Instance, prices: Ints) -> Any:
    """Cheapest way to pay one person of each signature for all months, at integer fund prices per rupiah.

    Python integers where a price times all months' rupiah may pass 64 bits.
    """
    if not case.signatures:
        return np.zeros(0, np.int64)
    most = int(case.arc_price.max()) * int(prices.max()) * case.months
    kind = np.int64 if most < 1 << 62 else object
    arcs = case.arc_price.astype(kind) * prices.astype(kind)[case.arc_fund]
    nodes = np.minimum.reduceat(arcs, case.node_arcs[:-1]) * case.node_months.astype(kind)
    return np.add.reduceat(nodes, case.first_node[:-1])
