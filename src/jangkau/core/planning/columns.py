"""Dantzig-Wolfe over small funds: the relaxed plan mixes whole plans of theirs, so no share of a person is in them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.planning.blocks import MOST_ON_TOP, Blocks, small_funds
from jangkau.core.planning.bound import whole_bound
from jangkau.core.planning.instance import Flags, Floats, Floors, Instance, Ints, Solution
from jangkau.core.planning.relaxation import SCALE, Relaxed, matrices
from jangkau.core.planning.repair import repair
from jangkau.core.planning.rounding import fill_up, round_down, round_with

_ROUNDS, _FEW_ROUNDS = 12, 1
_EFFORT, PROVEN = 40_000_000, 3_000_000
_OUTSIDE = 50_000
_NEAR = 1e-6
_CLOSE = 1e-4
_MIXES = 4


@dataclass(frozen=True)
class Whole:
    """A plan; fund prices, points that floors put on top (both times SCALE), and the bound that they prove with the
    people of funds `whole` counted whole.

    The bound is None where checking it would take too long: then only the plan is of use.
    """

    plan: Solution
    prices: Ints
    bonus: Ints
    bound: int | None
    whole: Flags


def by_small_funds(
    case: Instance, plan: Solution, prices: Ints, most: int = _EFFORT, *, floors: Floors | None = None, bonus: Any = ()
) -> Whole | None:
    """A plan at least as good as this one, and its bound; None where too few funds are small enough.

    `prices` (times SCALE) of small funds say which people can matter; those of the others are found anew. `most`: the
    work that may be spent, in people times money units. `floors`: what this plan reaches and a better one has to;
    `bonus`: points that they put on top, to begin with.
    """
    floors, bonus = floors or Floors.none(case.signatures), np.array(bonus, np.int64)
    whole, effort = small_funds(case, prices, SCALE, most, MOST_ON_TOP if len(bonus) else 0)
    if not whole.any():
        return None
    blocks, plans = Blocks(case, whole), [plan]
    master, lowest = _Master(case, blocks, floors), (np.inf, prices, bonus)
    if master.width > _OUTSIDE:
        return None
    master.add(plan)
    for _ in range(_ROUNDS if effort <= PROVEN else _FEW_ROUNDS):
        worth = floors.worth(bonus)
        if np.max(worth, initial=0) > MOST_ON_TOP * int(case.cell_points.max()) * SCALE:
            return None
        priced = blocks.priced(prices, SCALE, np.asarray(worth, np.int64))
        found = blocks.best(priced, np.max([blocks.value(each, priced) for each in plans], axis=0))
        plans.append(found.plan)
        limit = whole_bound(blocks, priced, found.by_block, floors.debt(bonus))
        lowest = min(lowest, (limit, prices, bonus), key=lambda each: each[0])
        if lowest[0] - master.value <= _CLOSE * lowest[0]:
            break
        if not master.add(found.plan) and (np.isfinite(master.value) or not master.width):
            break
        prices, bonus = master.solve(prices)
    mixed = _mixed(master, prices, bonus)
    plan = max([plan, *mixed], key=lambda each: (floors.held(each.paid), case.points(each.paid), int(each.paid.sum())))
    return Whole(plan, lowest[1], lowest[2], int(lowest[0]) if effort <= PROVEN else None, whole)


def _mixed(master: "_Master", prices: Ints, bonus: Ints) -> list[Solution]:
    """The mix of plans in whole people; again from a mix that asks for more where floors are missed."""
    case, floors = master.case, master.floors
    if not len(floors.need):
        return [fill_up(case, round_down(case, master.relaxed(prices)), prices, SCALE)]
    made: list[Solution] = []
    while len(made) < _MIXES and np.isfinite(master.value):
        worth = np.asarray(floors.worth(bonus))
        made.append(repair(case, floors, round_with(case, master.relaxed(prices), worth), worth / SCALE))
        short = np.maximum(floors.need - floors.counts.T @ made[-1].paid, 0)
        if not short.any() or not master.ask(short, prices):
            break
    return made


class _Master:
    """Columns: people by cell and months by arc outside blocks, then one for each plan of a block.

    Plan `turn[k]`, as far as it lies in `block[k]`, is column k.
    """

    def __init__(self, case: Instance, blocks: Blocks, floors: Floors) -> None:
        self.case, self.blocks, self.floors = case, blocks, floors
        self.unit = float(case.arc_price.max())
        outside = blocks.of < 0
        self.cells = np.flatnonzero(outside[case.cell_u])
        self.arcs = np.flatnonzero(outside[case.arc_u])
        nodes, funds = matrices(case, case.cell_u[self.cells], self.arcs, self.unit)
        self.wide = np.flatnonzero(~blocks.whole)
        self.nodes, self.funds = nodes[np.flatnonzero(outside[case.node_u])], funds[self.wide]
        self.plans: list[Solution] = []
        self.turn, self.block, self.worth = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
        self.spend, self.counted = sparse.csc_array((len(self.wide), 0)), np.zeros((len(floors.need), 0))
        self.over, self.duals, self.bonus = np.zeros(blocks.count), np.zeros(len(self.wide)), np.zeros(len(floors.need))
        self.value, self.shares, self.asked = -np.inf, np.zeros(self.width), floors.need

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.cells) + len(self.arcs) + len(self.turn)

    def add(self, plan: Solution) -> int:
        """Take in a plan's part of each block that the prices found call for; how many. Of the first plan everybody
        comes in who brings points or counts towards a floor, so that there is a mix.
        """
        case, blocks = self.case, self.blocks
        inside = np.flatnonzero(blocks.of[case.cell_u] >= 0)
        points = (case.cells_taken(plan.paid) * case.cell_points)[inside]
        worth = np.bincount(blocks.of[case.cell_u[inside]], points, blocks.count)
        arcs = np.flatnonzero((plan.used > 0) & (blocks.of[case.arc_u] >= 0))
        bill = plan.used[arcs] * case.arc_price[arcs] / self.unit
        place = (case.arc_fund[arcs], blocks.of[case.arc_u[arcs]])
        spend = sparse.csc_array((bill, place), shape=(case.funds, blocks.count))[self.wide]
        counted = np.zeros((len(self.bonus), blocks.count))
        home = np.flatnonzero(blocks.of >= 0)
        np.add.at(counted.T, blocks.of[home], (self.floors.counts * plan.paid[:, None])[home])
        over = worth + self.bonus @ counted - self.duals @ spend - self.over
        called = np.flatnonzero((over > _NEAR) if self.plans else (worth > 0) | counted.any(axis=0))
        self.turn = np.append(self.turn, np.full(len(called), len(self.plans)))
        self.block = np.append(self.block, called)
        self.worth = np.append(self.worth, worth[called])
        self.spend = sparse.hstack([self.spend, spend[:, called]], format="csc")
        self.counted = np.hstack([self.counted, counted[:, called]])
        self.plans.append(plan)
        return len(called)

    def solve(self, prices: Ints) -> tuple[Ints, Ints]:
        """The best mix of columns; fund prices, those of small funds as given, and points on top (times SCALE).

        The first plan's part of a block is whatever its other columns leave, so only a block with several others
        needs a row for their shares.
        """
        case, many = self.case, len(self.cells) + len(self.arcs)
        start, change, crowded = self._shares()
        if not many and not change.shape[1]:
            return self._alone(start, prices)
        size, worth, counted = change.shape[1], self.worth @ change, self.counted @ change
        rows = [[self.funds, self.spend @ change], [sparse.csc_array((crowded.shape[0], many)), crowded]]
        money = case.capacity[self.wide] / self.unit - self.spend @ start
        room = np.concatenate([money, np.ones(crowded.shape[0]), self.counted @ start - self.asked])
        if len(self.bonus):
            people = sparse.csc_array(self.floors.counts[case.cell_u[self.cells]].T)
            outside = sparse.hstack([people, sparse.csc_array((len(self.bonus), len(self.arcs)))])
            rows.append([-outside, sparse.csc_array(-counted)])
        gain = np.concatenate([case.cell_points[self.cells], np.zeros(len(self.arcs)), worth])
        high = np.concatenate([case.cell_size[self.cells], np.full(len(self.arcs), np.inf), np.ones(size)])
        whole_nodes = sparse.hstack([self.nodes, sparse.csc_array((self.nodes.shape[0], size))], format="csc")
        found = linprog(
            -gain, A_ub=sparse.block_array(rows, format="csc"), b_ub=room, A_eq=whole_nodes,
            b_eq=np.zeros(self.nodes.shape[0]), bounds=np.stack([np.zeros(len(high)), high], axis=1), method="highs",
        )  # fmt: skip
        if found.status != 0:
            raise RuntimeError("the mix of plans has no optimum; the plan at hand is one")
        duals = np.maximum(-found.ineqlin.marginals, 0)
        self.duals, self.bonus = duals[: len(self.wide)], duals[len(self.wide) + crowded.shape[0] :]
        self.value = float(self.worth @ start - found.fun)
        self.shares = np.append(found.x[:many], start + change @ found.x[many:])
        self._worth_most()
        fresh = prices.copy()
        fresh[self.wide] = np.rint(self.duals / self.unit * SCALE).astype(np.int64)
        return fresh, np.rint(self.bonus * SCALE).astype(np.int64)

    def _alone(self, start: Floats, prices: Ints) -> tuple[Ints, Ints]:
        """The mix of one plan that covers everything is that plan, whatever the prices."""
        self.value, self.shares = float(self.worth @ start), start
        self._worth_most()
        return prices, np.rint(self.bonus * SCALE).astype(np.int64)

    def _shares(self) -> tuple[Floats, sparse.csc_array, sparse.csc_array]:
        """Shares of all columns as start + change x: x are the shares of those that are not of the first plan. And the
        blocks with several of these.
        """
        first, others = np.flatnonzero(self.turn == 0), np.flatnonzero(self.turn > 0)
        base = np.full(len(self.over), -1)
        base[self.block[first]] = first
        at, of = np.arange(len(others)), base[self.block[others]]
        values = np.append(np.ones(len(at)), np.full(int((of >= 0).sum()), -1.0))
        place = (np.append(others, of[of >= 0]), np.append(at, at[of >= 0]))
        change = sparse.csc_array((values, place), shape=(len(self.turn), len(others)))
        once = sparse.csr_array((np.ones(len(at)), (self.block[others], at)), shape=(len(self.over), len(at)))
        return (
            (self.turn == 0).astype(np.float64),
            change,
            once[np.bincount(self.block[others], minlength=len(self.over)) > 1],
        )

    def _worth_most(self) -> None:
        """What the best column of each block is worth at the prices found; nothing at all is one where the first plan
        has none.
        """
        self.over = np.zeros(len(self.over))
        self.over[self.block[self.turn == 0]] = -np.inf
        np.maximum.at(self.over, self.block, self.worth + self.bonus @ self.counted - self.duals @ self.spend)

    def ask(self, more: Floats, prices: Ints) -> bool:
        """Mix again for floors that much higher; False where there is no such mix."""
        self.asked = self.asked + more
        try:
            self.solve(prices)
        except RuntimeError:
            return False
        return True

    def relaxed(self, prices: Ints) -> Relaxed:
        """The mix as people and months."""
        case, of = self.case, self.blocks.of
        cells, arcs = len(self.cells), len(self.arcs)
        paid, used = np.zeros(case.signatures), np.zeros(len(case.arc_node))
        np.add.at(paid, case.cell_u[self.cells], self.shares[:cells])
        used[self.arcs] = self.shares[cells : cells + arcs]
        share = np.zeros((len(self.plans), len(self.over) + 1))
        share[self.turn, self.block] = self.shares[cells + arcs :]
        for plan, part in zip(self.plans, share, strict=True):
            paid += part[of] * plan.paid
            used += part[of[case.arc_u]] * plan.used
        return Relaxed(self.value, paid, np.zeros(0), used, prices)
