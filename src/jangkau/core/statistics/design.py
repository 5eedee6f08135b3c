"""How a survey was drawn, and the variance of a total that follows from it: strata, first units, weights.

Conventions of R's `survey` 4.x, ultimate clusters (`svyrecvar`); docs/panduan/survei.md lists them.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from jangkau.core.kernel.problems import Problem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Lonely(StrEnum):
    """What a stratum with a single first unit says of the variance (R: fail, adjust, certainty, average)."""

    FAIL = "gagal"
    CENTRE = "pusat"
    CERTAIN = "pasti"
    AVERAGE = "rata"


@dataclass(frozen=True)
class Design:
    """`given`, `weight`, `psu`: one entry per row, `psu` the place of its first unit; `stratum`: of each first unit;
    `left`: of each stratum, the share of its first units that was not drawn (1: with replacement).

    `weight` is `given` after survey's way through probabilities: the last digit decides where half lies exactly.
    """

    given: Floats
    weight: Floats
    psu: Ints
    stratum: Ints
    left: Floats
    lonely: Lonely = Lonely.FAIL

    def totals(self, rows: Ints, values: Floats) -> Floats:
        """Weighted sums of a variable of some rows, by first unit; a unit with none of them has zero."""
        weighted = (values * self.weight[rows]).astype(np.float64)
        return np.bincount(self.psu[rows], weighted, minlength=len(self.stratum)).astype(np.float64)

    def error(self, totals: Floats, rows: Ints) -> float:
        """Standard error of a sum over first units. `rows` tells which strata the estimate is about at all."""
        size = np.bincount(self.stratum, minlength=len(self.left))
        mean = np.bincount(self.stratum, totals, minlength=len(self.left)) / np.maximum(size, 1)
        single = size == 1
        if self.lonely is Lonely.CENTRE:
            mean = np.where(single, 0.0, mean)
        square = np.bincount(self.stratum, (totals - mean[self.stratum]) ** 2, minlength=len(self.left))
        parts = self.left * square * np.where(single, 1.0, size / np.maximum(size - 1, 1))
        return float(np.sqrt(parts.sum() * self._repeat(single, rows)))

    def _repeat(self, single: NDArray[np.bool_], rows: Ints) -> float:
        """Single-unit strata take the mean variance of the others where that is the rule."""
        if self.lonely is not Lonely.AVERAGE or not single.any():
            return 1.0
        here = np.unique(self.stratum[self.psu[rows]])
        others = int((~single[here]).sum())
        return len(here) / others if others else float("nan")


def make_design(
    weight: Floats, strata: Ints | None, psu: Ints | None, fpc: Floats | None, lonely: Lonely = Lonely.FAIL
) -> Design:
    """A design from columns of codes: no strata is one stratum, no first units is every row its own.

    First units are named within their stratum (R: nest=TRUE). `fpc`: first units in the population of the row's
    stratum, or the share drawn. Raises SURVEI_STRATA_TUNGGAL and SURVEI_FPC.
    """
    h = np.zeros(len(weight), np.int64) if strata is None else np.unique(strata, return_inverse=True)[1]
    unit = np.arange(len(weight)) if psu is None else np.unique(psu, return_inverse=True)[1]
    pairs, place = np.unique(h * (int(unit.max(initial=0)) + 1) + unit, return_inverse=True)
    stratum = pairs // (int(unit.max(initial=0)) + 1)
    size = np.bincount(stratum)
    if lonely is Lonely.FAIL and (size == 1).any():
        raise Problem("SURVEI_STRATA_TUNGGAL", jumlah=int((size == 1).sum()), strata=len(size))
    turned = np.where(weight == 0, 0.0, 1 / (1 / np.where(weight == 0, 1.0, weight)))
    return Design(weight, turned, place, stratum, _left(h, size, fpc), lonely)


def _left(h: Ints, size: Ints, fpc: Floats | None) -> Floats:
    if fpc is None:
        return np.ones(len(size))
    least, most = np.full(len(size), np.inf), np.full(len(size), -np.inf)
    np.minimum.at(least, h, fpc)
    np.maximum.at(most, h, fpc)
    shares = bool((most <= 1).all())
    if (least != most).any() or (least <= 0).any() or not (shares or (least >= 1).all()):
        raise Problem("SURVEI_FPC")
    known = size / least if shares else least
    if (known < size).any():
        raise Problem("SURVEI_FPC")
    return np.asarray((known - size) / known, np.float64)
