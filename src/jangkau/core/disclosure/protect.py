"""Which cells to close: the small ones, and as few others as keep them from being worked out.

The cell suppression problem (Fischetti and Salazar, Management Science 47 (2001) 1008-1027) is NP-hard. Families of
regions are treated from the top down, as in the modular approach of tau-argus (de Wolf, 2002): a goal that the closed
cells do not reach yet is reached by the cheapest move among the regions next to its own, then among wider ones, and
what that move touches is closed. Every goal is met by a move that was found, so that nothing rests on the heuristic.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jangkau.core.disclosure.cells import Cells, Floats, Ints
from jangkau.core.disclosure.exact import least_closed
from jangkau.core.disclosure.moves import Mover, cheapest, reach
from jangkau.core.disclosure.rules import Goals, Rules, Why, goals
from jangkau.core.disclosure.swaps import Grids
from jangkau.core.disclosure.ties import OPEN, SHUT
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress, Silent

Flags = NDArray[np.bool_]
CLOSED_PRICE = 1e-3  # of moving a person in a cell that is closed anyway


@dataclass(frozen=True)
class Pattern:
    """`small`: of each cell the rule that closes it (Why), 0 where none does; `closed`: these and their protection."""

    small: Ints
    closed: Flags


def protect(cells: Cells, rules: Rules, progress: Progress | None = None) -> Pattern:
    """The cells to close so that every goal of the rules is reached.

    Deterministic: the same cells give the same pattern. Raises TERBUKA_TAK_TERLINDUNG where what earlier editions say
    leaves a goal out of reach whatever is closed.
    """
    wanted = goals(cells, rules)
    why = np.full(len(cells), len(Why) + 1)
    np.minimum.at(why, wanted.closes, wanted.why)
    why[(why > len(Why)) | (cells.fate == OPEN)] = 0
    small = why > 0
    search = _Search(cells, wanted, small | (cells.fate == SHUT))
    search.run(progress or Silent())
    return Pattern(why, _better(cells, wanted, small, search.closed))


def _better(cells: Cells, wanted: Goals, small: Flags, closed: Flags) -> Flags:
    """The proven least where the tables are small and it holds in whole people, else what was found."""
    least = least_closed(cells, wanted, small)
    if least is None or cells.loss[least].sum() >= cells.loss[closed].sum():
        return closed
    search = _Search(cells, wanted, least)
    search.run(Silent())
    return search.closed if cells.loss[search.closed].sum() < cells.loss[closed].sum() else closed


class _Search:
    """Closes cells until every goal is reached."""

    def __init__(self, cells: Cells, wanted: Goals, closed: Flags) -> None:
        self.cells, self.wanted, self.closed = cells, wanted, closed
        self.mover = Mover(cells)
        self.code = np.array(cells.table["wilayah"].to_list(), dtype=str)
        self.above = dict(zip(self.code.tolist(), cells.parent, strict=True))
        self.grids = Grids(cells, (cells.fate != OPEN) & ~cells.crossed)
        self.price = np.where(closed, CLOSED_PRICE, cells.loss)

    def run(self, progress: Progress) -> None:
        """Reach all goals."""
        families = list(self._families())
        progress.step("Melindungi angka kecil", len(families))
        for family, places in families:
            self._meet(family, places)
            progress.advance()

    def _families(self) -> Iterator[tuple[str, Ints]]:
        """Regions with the same parent and counts that are linked, from the top down: (parent, places of goals)."""
        found: dict[tuple[int, str, int], list[int]] = {}
        for place, cell in enumerate(self.wanted.closes):
            parent = self.above[self.code[cell]]
            found.setdefault((len(parent), parent, int(self.cells.linked[cell])), []).append(place)
        for key in sorted(found):
            yield key[1], np.array(found[key])

    def _meet(self, family: str, places: Ints) -> None:
        """Reach all goals of one family."""
        wanted = self.wanted.at(places)
        left = np.ones(len(places), bool)
        self._exchange(wanted, left)
        fresh = True
        while left.any():
            if fresh:
                self._look(family, wanted, left)
            hardest = np.flatnonzero(left)[np.argmax(wanted.amount[left])] if left.any() else None
            if hardest is None:
                return
            change = self._close(family, wanted.at(np.array([hardest])))
            fresh = bool((change != 0)[~self.closed].any())
            self._shut(np.flatnonzero(change))
            left &= ~wanted.met(change)

    def _exchange(self, wanted: Goals, left: Flags) -> None:
        """Goals of cells in a class by exchange between two regions and two classes, the hardest first."""
        for place in [one for one in np.argsort(-wanted.amount, kind="stable").tolist() if left[one]]:
            step = float(wanted.sign[place] * wanted.amount[place])
            ways = ((int(wanted.minus[place]), -step), (int(wanted.plus[place]), step))
            tried = (self.grids.move(cell, by, self.price) for cell, by in ways if cell >= 0)
            touched = next((cells for cells in tried if cells is not None), None)
            if touched is not None:
                self._shut(touched)
                left[place] = False

    def _shut(self, places: Ints) -> None:
        self.closed[places] = True
        self.price[places] = CLOSED_PRICE

    def _look(self, family: str, wanted: Goals, left: Flags) -> None:
        """Take off the goals that the closed cells reach already, many by one move."""
        free = np.flatnonzero(self._under(family, wanted.closes[0]) & self.closed)
        if not len(free):
            return
        space = self.mover.space(free)
        while left.any():
            places = np.flatnonzero(left)
            met, change = reach(space, wanted.at(places))
            if change is None or not met.any():
                return
            left &= ~wanted.met(change)

    def _close(self, family: str, goal: Goals) -> Floats:
        """The cheapest move that reaches a goal, among regions near by or, where they cannot, farther off."""
        for wide in self._wider(family, goal):
            free = np.flatnonzero(wide)
            space = self.mover.space(free)
            change = cheapest(space, goal, self.price[space.free])
            if change is not None:
                return change
        raise Problem("TERBUKA_TAK_TERLINDUNG", wilayah=self.code[goal.closes[0]])

    def _wider(self, family: str, goal: Goals) -> Iterator[Flags]:
        cell = goal.closes[0]
        same = self.cells.count == self.cells.count[cell]
        while True:
            near = self._under(family, cell)
            yield near & (self.closed | same)
            yield near
            if not family:
                return
            family = self.above.get(family, "")

    def _under(self, family: str, cell: int) -> Flags:
        """Cells that may move: below a region, of counts linked with that of a cell, not open since long."""
        linked = self.cells.linked == self.cells.linked[cell]
        return np.asarray(self._below(family) & linked & (self.cells.fate != OPEN), np.bool_)

    def _below(self, family: str) -> Flags:
        return np.asarray(np.char.startswith(self.code, family) & (self.code != family), np.bool_)
