"""Near-best fund prices of a large instance in a few passes over its arcs: they say which columns can matter."""

from collections.abc import Callable

import numpy as np

from jangkau.core.planning.instance import Floats, Floors, Instance

_STAGES = ((1 / 32, 30), (1 / 120, 25))
_AGAIN = ((1 / 120, 12), (1 / 400, 12))
_SLACK = 1 / 40
_MEMORY = 10
_STEPS = (1.0, 0.4, 0.16, 0.064, 0.0256)
_DECREASE = 1e-4
_TINY = 1e-12


def cheapest(case: Instance, prices: Floats) -> tuple[Floats, Floats]:
    """Points that a month of each node costs, and all months of each signature, at prices in points a rupiah."""
    month = np.minimum.reduceat(prices[case.arc_fund] * case.arc_price, case.node_arcs[:-1])
    return month, np.add.reduceat(month * case.node_months, case.first_node[:-1])


def guess(case: Instance, near: Floats | None = None) -> tuple[Floats, float]:
    """Prices in points a rupiah, and how far, in points a month, they may be from the best. `near`: the prices of
    almost the same money, from where fewer steps do.

    The dual of the relaxed plan, sum price x money + sum over people max(0, points - cheapest months), with its
    inner minimum softened so that quasi-Newton steps can walk on it (Nesterov, Smooth minimization, 2005).
    """
    prices, _, slack = guess_with(case, Floors.none(case.signatures), near)
    return prices, slack


def guess_with(case: Instance, floors: Floors, near: Floats | None = None) -> tuple[Floats, Floats, float]:
    """`guess` where floors have to be reached: also the points that each puts on top, no more than anybody has."""
    unit, dual = float(case.arc_price.max()), _SoftDual(case, floors)
    most, rows = dual.top / case.months, len(floors.need)
    scale = 1 / np.sqrt(np.maximum(np.append(dual.money, floors.need * case.months), 1))
    start = np.full(case.funds, most / 3) if near is None else near * unit
    at, high = np.append(start, np.zeros(rows)) / scale, np.append(np.full(case.funds, np.inf), np.full(rows, dual.top))
    for part, steps in _STAGES if near is None else _AGAIN:
        dual.soft = most * part
        at = _descend(lambda x: dual(x, scale), at, high / scale, steps)
    found = at * scale
    return found[: case.funds] / unit, found[case.funds :], reach(case)


def reach(case: Instance) -> float:
    """How far, in points a month, near-best prices may be from the best."""
    return max(float(case.cell_points.max()), 1.0) / case.months * _SLACK


def _descend(value: Callable[[Floats], tuple[float, Floats]], at: Floats, high: Floats, steps: int) -> Floats:
    """Projected limited-memory BFGS over 0 <= x <= high (Nocedal and Wright, Numerical Optimization, 7.2).

    scipy's L-BFGS-B takes four times as long here: its small matrices set every thread of the linear algebra spinning.
    """
    past: list[tuple[Floats, Floats]] = []
    now, slope = value(at)
    for _ in range(steps):
        free = ((at > 0) | (slope < 0)) & ((at < high) | (slope > 0))
        way = np.where(free, _quasi_newton(np.where(free, slope, 0), past), 0)
        if way @ slope >= 0:
            way = -np.where(free, slope, 0) / max(float(np.linalg.norm(slope)), _TINY)
        for step in _STEPS:
            new = np.clip(at + step * way, 0, high)
            then, bent = value(new)
            if then <= now + _DECREASE * (slope @ (new - at)):
                break
        if (new - at) @ (bent - slope) > _TINY:
            past = [*past[1 - _MEMORY :], (new - at, bent - slope)]
        at, now, slope = new, then, bent
    return at


def _quasi_newton(slope: Floats, past: list[tuple[Floats, Floats]]) -> Floats:
    """The downhill step that past steps and changes of slope suggest."""
    way, weights = -slope, []
    for step, change in reversed(past):
        weights.append((step @ way) / (step @ change))
        way = way - weights[-1] * change
    if not past:
        return way / max(float(np.linalg.norm(slope)), _TINY)
    way = way * (past[-1][0] @ past[-1][1]) / (past[-1][1] @ past[-1][1])
    for (step, change), weight in zip(past, reversed(weights), strict=True):
        way = way + (weight - (change @ way) / (step @ change)) * step
    return way


class _SoftDual:
    """Value and slope of the softened dual, at prices in points for the dearest month and points on top by floor."""

    def __init__(self, case: Instance, floors: Floors) -> None:
        self.case, self.floors = case, floors
        unit = float(case.arc_price.max())
        self.money, self.rate = case.capacity / unit, case.arc_price / unit
        self.top = max(float(case.cell_points.max()), 1.0)
        self.soft = 1.0
        self._heads = np.append(0, np.cumsum(case.cell_size)).astype(np.float64)
        self._points = np.append(0, np.cumsum(case.cell_size * case.cell_points)).astype(np.float64)
        self._key = case.cell_u * (self.top + 2) - case.cell_points

    def __call__(self, scaled: Floats, scale: Floats) -> tuple[float, Floats]:
        case, floors = self.case, self.floors
        price, bonus = np.split(scaled * scale, [case.funds])
        cost = self.rate * price[case.arc_fund]
        least = np.minimum.reduceat(cost, case.node_arcs[:-1])
        share = np.exp((least[case.arc_node] - cost) / self.soft)
        total = np.add.reduceat(share, case.node_arcs[:-1])
        month = least - self.soft * np.log(total)
        whole = np.add.reduceat(month * case.node_months, case.first_node[:-1]) - floors.counts @ bonus
        heads, points = self._above(whole)
        months = (heads[case.node_u] * case.node_months / total)[case.arc_node] * share
        slope = self.money - np.bincount(case.arc_fund, months * self.rate, case.funds)
        value = price @ self.money - bonus @ floors.need + (points - whole * heads).sum()
        return float(value), np.append(slope, heads @ floors.counts - floors.need) * scale

    def _above(self, cutoff: Floats) -> tuple[Floats, Floats]:
        """People of each signature with more points than the cutoff, and the sum of their points."""
        start = self.case.cell_start[:-1]
        wanted = np.arange(len(start)) * (self.top + 2) - np.clip(cutoff, -1, self.top)
        end = np.searchsorted(self._key, wanted, side="left")
        return self._heads[end] - self._heads[start], self._points[end] - self._points[start]
