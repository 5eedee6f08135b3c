"""Moves: changes of closed cells that keep every published number, found by linear programming.

A move of whole people that reaches a goal is a proof: the true table plus the move is another table that the reader
cannot tell from the true one. No bound of a relaxation is trusted.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array, eye_array, hstack, vstack

from jangkau.core.disclosure.cells import Cells, Floats, Ints
from jangkau.core.disclosure.rules import Goals

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Space:
    """The changes that some cells (`free`, ascending) may take while all others stay: rows @ change within limits."""

    cells: Cells
    free: Ints
    rows: csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats

    @cached_property
    def place(self) -> Ints:
        """Of each cell its place among the free ones, else -1."""
        place = np.full(len(self.cells), -1, np.int64)
        place[self.free] = np.arange(len(self.free))
        return place

    def expressions(self, goals: Goals) -> csr_array:
        """One row a goal: its signed expression as a function of the changes."""
        both = np.concatenate([goals.plus, goals.minus])
        at = np.where(both >= 0, self.place[both], -1)
        row, sign = np.tile(np.arange(len(goals)), 2), np.concatenate([goals.sign, -goals.sign]).astype(np.float64)
        kept = at >= 0
        return csr_array(coo_array((sign[kept], (row[kept], at[kept])), shape=(len(goals), len(self.free))))

    def whole(self, change: Floats) -> Floats:
        """A change of the free cells as a change of all."""
        full = np.zeros(len(self.cells))
        full[self.free] = change
        return full


class Mover:
    """Makes spaces of one set of cells."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self._sums = csc_array(cells.sums)
        part, whole = cells.within.T
        signs = np.concatenate([np.ones(len(part)), -np.ones(len(part))])
        both, row = np.concatenate([part, whole]), np.tile(np.arange(len(part)), 2)
        self._within = csc_array((signs, (row, both)), shape=(len(part), len(cells)))
        left, sides = np.floor(np.abs(cells.sums @ cells.value)), [cells.remainder > 0, cells.remainder < 0]
        self._loose = np.select(sides, [-left, -np.inf], 0.0), np.select(sides, [np.inf, left], 0.0)
        self._spare = np.floor(cells.value[whole] - cells.value[part])

    def space(self, free: Ints) -> Space:
        """The changes that these cells may take."""
        sums, within = csr_array(self._sums[:, free]), csr_array(self._within[:, free])
        used, tied = np.flatnonzero(np.diff(sums.indptr)), np.flatnonzero(np.diff(within.indptr) == 2)
        low = np.concatenate([self._loose[0][used], np.full(len(tied), -np.inf)])
        high = np.concatenate([self._loose[1][used], self._spare[tied]])
        rows = csr_array(vstack([sums[used], within[tied]]))
        return Space(self.cells, free, rows, low, high, *self._limits(free, tied))

    def _limits(self, free: Ints, tied: Ints) -> tuple[Floats, Floats]:
        """How far each may fall and rise against those that stay; a pair that moves together has a row instead."""
        apart = np.ones(len(self._spare), bool)
        apart[tied] = False
        part, whole = self.cells.within[apart].T
        rise, fall = np.full(len(self.cells), np.inf), np.floor(self.cells.value)
        np.minimum.at(rise, part, self._spare[apart])
        np.minimum.at(fall, whole, self._spare[apart])
        return -fall[free], rise[free]


def reach(space: Space, goals: Goals) -> tuple[Flags, Floats | None]:
    """One move that reaches as many of the goals as it can, and which it reaches."""
    count, size = len(space.free), len(goals)
    ties = hstack([space.expressions(goals), -eye_array(size)], format="csr")
    rows = vstack([hstack([space.rows, csr_array((space.rows.shape[0], size))]), ties], format="csr")
    low, high = np.concatenate([space.low, np.zeros(size)]), np.concatenate([space.high, np.full(size, np.inf)])
    limits = (np.concatenate([space.least, np.zeros(size)]), np.concatenate([space.most, goals.amount]))
    wish = np.concatenate([np.zeros(count), -1 / goals.amount])
    found = _solve(wish, LinearConstraint(rows, low, high), Bounds(*limits), count)
    if found is None:
        return np.zeros(size, bool), None
    full = space.whole(found[:count])
    return goals.met(full), full


def cheapest(space: Space, goal: Goals, price: Floats) -> Floats | None:
    """The move that reaches one goal at the least price, `price` a person moved in each free cell; None: there is none.

    Its cells are what has to be closed (Kelly, Golden and Assad, Networks 22 (1992) 397-417: one cell after another).
    """
    count = len(space.free)
    aim = space.expressions(goal)
    rows = vstack([hstack([space.rows, -space.rows]), hstack([aim, -aim])], format="csr")
    low, high = np.append(space.low, goal.amount[0]), np.append(space.high, np.inf)
    limits = (np.zeros(2 * count), np.concatenate([space.most, -space.least]))
    found = _solve(np.tile(price, 2), LinearConstraint(rows, low, high), Bounds(*limits), 2 * count)
    return None if found is None else space.whole(found[:count] - found[count:])


def _solve(wish: Floats, rows: LinearConstraint, limits: Bounds, whole: int) -> Floats | None:
    """Minimise; the first `whole` variables are people: a fractional answer is asked for again in whole numbers."""
    asked = {"bounds": limits, "constraints": rows}
    found = milp(wish, **asked)
    if found.x is not None and np.abs(found.x[:whole] - np.round(found.x[:whole])).max(initial=0) > 1e-6:
        found = milp(wish, integrality=np.arange(len(wish)) < whole, options={"node_limit": 200}, **asked)
    if found.x is None:
        return None
    answer: Floats = found.x.copy()
    answer[:whole] = np.round(answer[:whole])
    return answer
