"""The same indicators by the definitions of R's `laeken` 0.5 (Eurostat's): values without errors.

They differ from `convey` in three places: where exactly half of the people lie at or below a value, the median is the
next one; only who is below the threshold is poor; the Gini coefficient corrects by squared weights. Rates and Gini are
percentages there.
"""

import numpy as np

from jangkau.core.statistics.design import Floats


def median(y: Floats, w: Floats) -> float:
    """The first value that more than half of the people do not exceed."""
    order = np.argsort(y, kind="stable")
    place = int(np.searchsorted(reached(w[order]), 0.5, side="right"))
    return float(y[order][min(place, len(y) - 1)])


def rate(y: Floats, w: Floats, level: float) -> float:
    """Percentage of people below a level."""
    return float(w[y < level].sum() * 100 / w.sum())


def gini(y: Floats, w: Floats) -> float:
    """Gini coefficient, percent."""
    order = np.argsort(y, kind="stable")
    x, p = y[order], w[order]
    return float(100 * ((2 * (p * x) @ np.cumsum(p) - p**2 @ x) / (p.sum() * (p @ x)) - 1))


def reached(w: Floats) -> Floats:
    """Share of people up to each row; summed in extended precision as R does, since half may be hit exactly."""
    up_to = np.cumsum(w, dtype=np.longdouble).astype(np.float64)
    return np.asarray(up_to / up_to[-1], np.float64)
