"""People in the order in which each cell is paid, so that any part of a cell is counted exactly."""

from typing import Any

import numpy as np

from jangkau.core.planning.build import Built
from jangkau.core.planning.instance import Ints
from jangkau.core.planning.schedule import turns


class Turns:
    """Persons by cell. Those of `cells`, which are ever paid in part, stand in the order of their lottery tickets."""

    def __init__(self, built: Built, cells: Ints, seed: int | str) -> None:
        self._size, self._ends = built.case.cell_size, np.cumsum(built.case.cell_size)
        drawn = np.zeros(len(self._size), bool)
        drawn[cells] = True
        self._order = turns(built, drawn, seed)

    def sums(self, column: Any) -> Any:
        """Running sums of a number of every person, for `first`."""
        return np.append(0, np.cumsum(column[self._order]))

    def first(self, sums: Any, cells: Ints, taken: Ints) -> float:
        """The sum over the first `taken` people of these cells."""
        begins = self._ends[cells] - self._size[cells]
        return float((sums[begins + taken] - sums[begins]).sum())


def parts(size: Ints, taken: Ints) -> Ints:
    """Places of the cells that are paid in part."""
    return np.flatnonzero((taken > 0) & (taken < size))
