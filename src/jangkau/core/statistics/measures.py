"""Poverty, inequality, means and ratios from a weighted sample, each with its linearised standard error.

An estimate is linearised by its influence function; the variance is then that of a total under the design. Sources:
Deville, Survey Methodology 25 (1999) 193-203; Osier, Survey Research Methods 3 (2009) 167-195; Foster, Greer and
Thorbecke, Econometrica 52 (1984) 761-766. Conventions of R's `convey` 1.0: a person at the line is poor, a domain's
poverty rate uses the threshold of the whole sample and carries its error, densities are Gaussian kernels.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jangkau.core.statistics import laeken
from jangkau.core.statistics.design import Design, Floats, Ints, Totals


@dataclass(frozen=True)
class Estimate:
    """A value, its standard error (NaN where the sample cannot tell), and the value by laeken's definition."""

    value: float
    error: float
    laeken: float | None = None


@dataclass(frozen=True)
class Sample:
    """`value` of each row (NaN is missing) and how the rows were drawn."""

    design: Design
    value: Floats

    @cached_property
    def everyone(self) -> Ints:
        """All rows: poverty of a domain is about the whole design, a mean or Gini about the domain's strata."""
        return np.arange(len(self.value))

    @cached_property
    def known(self) -> Ints:
        """Rows that have a value."""
        return np.flatnonzero(~np.isnan(self.value))

    def of(self, rows: Ints) -> tuple[Floats, Floats]:
        """Values and weights of some rows."""
        return self.value[rows], self.design.weight[rows]

    def given(self, rows: Ints) -> tuple[Floats, Floats]:
        """Values and weights as they stand in the file."""
        return self.value[rows], self.design.given[rows]


@dataclass(frozen=True)
class Threshold:
    """A share of the median: its estimate, its influence summed by first unit, and the variance of that sum."""

    estimate: Estimate
    totals: Totals
    variance: float


def fgt(sample: Sample, rows: Ints, line: float, order: int) -> Estimate:
    """Foster-Greer-Thorbecke index under a fixed line: 0 headcount, 1 gap, 2 squared gap."""
    y, w = sample.of(rows)
    gap = np.where(y <= line, ((line - y) / line) ** order, 0.0)
    return _mean(sample.design, rows, gap, w, sample.everyone)


def threshold(sample: Sample, rows: Ints, share: float) -> Threshold:
    """A share of these rows' median: the at-risk-of-poverty threshold."""
    found = _quantile(sample, rows, 0.5)
    totals = found.totals.times(share)
    variance = sample.design.covariance(totals, totals)
    value, error = share * found.value, sample.design.root(variance, sample.everyone)
    return Threshold(Estimate(value, error, share * laeken.median(*sample.given(rows))), totals, variance)


def rate(sample: Sample, rows: Ints, cut: Threshold) -> Estimate:
    """Share of these rows' people at or below the threshold of the whole sample, whose error it carries."""
    y, w = sample.of(rows)
    level, design = cut.estimate.value, sample.design
    poor = (y <= level).astype(np.float64)
    value = float(poor @ w / w.sum())
    fixed, slope = design.totals(rows, (poor - value) / w.sum()), _density(y, w, level)
    moved = 2 * slope * design.covariance(fixed, cut.totals) + slope**2 * cut.variance
    error = design.root(design.covariance(fixed, fixed) + moved, sample.known)
    whole = cut.estimate.laeken
    return Estimate(value, error, None if whole is None else laeken.rate(*sample.given(rows), whole))


def gini(sample: Sample, rows: Ints) -> Estimate:
    """Gini coefficient, 0 to 1 where no value is negative."""
    y, w = sample.of(rows)
    order = np.argsort(y, kind="stable")
    x, p = y[order], w[order]
    people, income, rank, below = p.sum(), x @ p, np.cumsum(p), np.cumsum(x * p)
    twice = 2 * (rank * x) @ p - income
    value = twice / (income * people) - 1
    turned = 2 * (income - below + x * p + rank * x) - x
    influence = np.empty(len(x))
    influence[order] = turned / (income * people) - twice * (x / income + 1 / people) / (income * people)
    error = sample.design.error(sample.design.totals(rows, influence), rows)
    return Estimate(float(value), error, laeken.gini(*sample.given(rows)))


def quantile(sample: Sample, rows: Ints, share: float) -> Estimate:
    """The smallest value that at least this share of people do not exceed."""
    found = _quantile(sample, rows, share)
    return Estimate(found.value, sample.design.error(found.totals, rows))


def mean(sample: Sample, rows: Ints) -> Estimate:
    """Weighted mean; of a 0/1 variable its share, such as coverage."""
    y, w = sample.of(rows)
    return _mean(sample.design, rows, y, w, rows)


def total(sample: Sample, rows: Ints) -> Estimate:
    """Weighted sum."""
    y, w = sample.of(rows)
    return Estimate(float(y @ w), sample.design.error(sample.design.totals(rows, y), rows))


def ratio(sample: Sample, rows: Ints, divisor: Floats) -> Estimate:
    """Weighted sum over the weighted sum of another variable, of rows where both are known."""
    rows = rows[~np.isnan(divisor[rows])]
    y, w = sample.of(rows)
    x = divisor[rows]
    value = float(y @ w / (x @ w))
    return Estimate(value, sample.design.error(sample.design.totals(rows, (y - value * x) / (x @ w)), rows))


def _mean(design: Design, rows: Ints, y: Floats, w: Floats, about: Ints) -> Estimate:
    value = float(y @ w / w.sum())
    return Estimate(value, design.error(design.totals(rows, (y - value) / w.sum()), about))


@dataclass(frozen=True)
class _Quantile:
    value: float
    totals: Totals


def _quantile(sample: Sample, rows: Ints, share: float) -> _Quantile:
    y, w = sample.of(rows)
    value = _inverse(y, w, share)
    influence = (share - (y <= value)) / (w.sum() * _density(y, w, value))
    return _Quantile(value, sample.design.totals(rows, influence))


def _inverse(y: Floats, w: Floats, share: float) -> float:
    order = np.argsort(y, kind="stable")
    place = int(np.searchsorted(laeken.reached(w[order]), share))
    return float(y[order][min(place, len(y) - 1)])


def _density(y: Floats, w: Floats, at: float) -> float:
    """Gaussian kernel density with bandwidth sd x N^(-1/5), N the estimated population."""
    people = w.sum()
    if y.min() == y.max():  # rounding must not make a density of it
        return float("nan")
    width = np.sqrt(w @ (y - y @ w / people) ** 2 / people) / people**0.2
    return float(w @ np.exp(-(((at - y) / width) ** 2) / 2) / (np.sqrt(2 * np.pi) * people * width))
