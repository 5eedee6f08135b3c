"""How a survey was drawn, and the variance of a total that follows from it: strata, first units, weights.

Conventions of R's `survey` 4.x, ultimate clusters (`svyrecvar`); docs/panduan/survei.md lists them.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

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

    @cached_property
    def size(self) -> Ints:
        """First units of each stratum."""
        return np.bincount(self.stratum, minlength=len(self.left)).astype(np.int64)

    def totals(self, rows: Ints, values: Floats) -> "Totals":
        """Weighted sums of a variable of some rows, by first unit."""
        unit, place = np.unique(self.psu[rows], return_inverse=True)
        weighted = (values * self.weight[rows]).astype(np.float64)
        sums = np.bincount(place, weighted, minlength=len(unit)).astype(np.float64)
        mean = np.bincount(self.stratum[unit], sums, minlength=len(self.left)) / self.size
        return Totals(unit, sums, np.where(self.size == 1, 0.0, mean) if self.lonely is Lonely.CENTRE else mean)

    def error(self, totals: "Totals", about: Ints) -> float:
        """Standard error of a sum over first units. `about`: rows of the strata that the estimate is about at all."""
        return self.root(self.covariance(totals, totals), about)

    def root(self, variance: float, about: Ints) -> float:
        """The standard error of a variance of this design; rounding may have left it a hair below zero."""
        return float(np.sqrt(np.maximum(variance, 0) * self._repeat(about)))

    def covariance(self, a: "Totals", b: "Totals") -> float:
        """Covariance of two sums over first units, those of `a` among those of `b`; other units have zero.

        The sum of (a - mean)(b - mean) over all units of a stratum is that over the units of `a`, and the mean of `a`
        times the sum of (b - mean) over them: a domain costs what it has, not what the survey has.
        """
        h, strata = self.stratum[a.unit], len(self.left)
        off_a, off_b = a.value - a.mean[h], b.at(a.unit) - b.mean[h]
        rest = a.mean * np.bincount(h, off_b, minlength=strata)
        rest[np.bincount(h, minlength=strata) == self.size] = 0  # no unit is left: nothing but rounding
        parts = np.bincount(h, off_a * off_b, minlength=strata) + rest
        scale = np.where(self.size == 1, 1.0, self.size / np.maximum(self.size - 1, 1))
        return float(self.left * scale @ parts)

    def _repeat(self, about: Ints) -> float:
        """Strata of one unit take the mean variance of the others where that is the rule: how often all count then."""
        if self.lonely is not Lonely.AVERAGE or not (self.size == 1).any():
            return 1.0
        here = np.unique(self.stratum[self.psu[about]])
        others = int((self.size[here] > 1).sum())
        return len(here) / others if others else float("nan")


@dataclass(frozen=True)
class Totals:
    """Sums by first unit: places of units, ascending, and their values; units that are not there have zero. `mean`:
    what is taken off in each stratum.
    """

    unit: Ints
    value: Floats
    mean: Floats

    def at(self, units: Ints) -> Floats:
        """Values of units that are all there."""
        if units is self.unit:
            return self.value
        return np.asarray(self.value[np.searchsorted(self.unit, units)], np.float64)

    def times(self, factor: float) -> "Totals":
        """All values times a factor."""
        return Totals(self.unit, self.value * factor, self.mean * factor)


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
