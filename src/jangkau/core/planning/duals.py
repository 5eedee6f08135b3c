"""Near-best fund prices of a large instance in a few passes over its arcs: they say which columns can matter."""

import numpy as np
from scipy.optimize import minimize

from jangkau.core.planning.instance import Floats, Instance

_STAGES = ((1 / 32, 30), (1 / 120, 25))
_SLACK = 1 / 20


def cheapest(case: Instance, prices: Floats) -> tuple[Floats, Floats]:
    """Points that a month of each node costs, and all months of each signature, at prices in points a rupiah."""
    month = np.minimum.reduceat(prices[case.arc_fund] * case.arc_price, case.node_arcs[:-1])
    return month, np.add.reduceat(month * case.node_months, case.first_node[:-1])


def guess(case: Instance) -> tuple[Floats, float]:
    """Prices in points a rupiah, and how far, in points a month, they may be from the best.

    The dual of the relaxed plan, sum price x money + sum over people max(0, points - cheapest months), with its
    inner minimum softened so that quasi-Newton steps can walk on it (Nesterov, Smooth minimization, 2005).
    """
    unit, dual = float(case.arc_price.max()), _SoftDual(case)
    scale = 1 / np.sqrt(np.maximum(dual.money, 1))
    most = dual.top / case.months
    at = np.full(case.funds, most / 3) / scale
    for part, steps in _STAGES:
        dual.soft = most * part
        at = minimize(
            dual, at, args=(scale,), jac=True, method="L-BFGS-B", bounds=[(0, None)] * case.funds,
            options={"maxiter": steps},
        ).x  # fmt: skip
    return np.asarray(at * scale / unit, np.float64), most * _SLACK


class _SoftDual:
    """Value and slope of the softened dual, at prices in points for the dearest month."""

    def __init__(self, case: Instance) -> None:
        self.case = case
        unit = float(case.arc_price.max())
        self.money, self.rate = case.capacity / unit, case.arc_price / unit
        self.top = max(float(case.cell_points.max()), 1.0)
        self.soft = 1.0
        self._heads = np.append(0, np.cumsum(case.cell_size)).astype(np.float64)
        self._points = np.append(0, np.cumsum(case.cell_size * case.cell_points)).astype(np.float64)
        self._key = case.cell_u * (self.top + 2) - case.cell_points

    def __call__(self, scaled: Floats, scale: Floats) -> tuple[float, Floats]:
        case, price = self.case, scaled * scale
        cost = self.rate * price[case.arc_fund]
        least = np.minimum.reduceat(cost, case.node_arcs[:-1])
        share = np.exp((least[case.arc_node] - cost) / self.soft)
        total = np.add.reduceat(share, case.node_arcs[:-1])
        month = least - self.soft * np.log(total)
        whole = np.add.reduceat(month * case.node_months, case.first_node[:-1])
        heads, points = self._above(whole)
        months = (heads[case.node_u] * case.node_months / total)[case.arc_node] * share
        slope = self.money - np.bincount(case.arc_fund, months * self.rate, case.funds)
        value = price @ self.money + (points - whole * heads).sum()
        return float(value), slope * scale

    def _above(self, cutoff: Floats) -> tuple[Floats, Floats]:
        """People of each signature with more points than the cutoff, and the sum of their points."""
        start = self.case.cell_start[:-1]
        wanted = np.arange(len(start)) * (self.top + 2) - np.clip(cutoff, -1, self.top)
        end = np.searchsorted(self._key, wanted, side="left")
        return self._heads[end] - self._heads[start], self._points[end] - self._points[start]
