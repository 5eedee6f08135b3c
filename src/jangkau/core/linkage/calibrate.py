"""A learned curve from stated to real probabilities, and how it is applied.

Labels come from the pairs that clerks review, so the curve is free only between the lowest and the highest labelled
probability. Beyond, probabilities stay as they are, except where order asks for more: pairs stated likelier than
labelled ones become no less likely than those.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np

from jangkau.core.linkage.model import Thresholds
from jangkau.core.tables.schema import Frame

Points = Sequence[tuple[float, float]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
_SAME = 1e-6


def curved(chances: Numbers, curve: Points) -> Numbers:
    """`chances` moved along `curve`, the (stated, real) points in rising order; without points as they are."""
    if not len(curve):
        return chances
    stated, real = np.array(curve, dtype=np.float64).T
    inside = np.interp(chances, stated, real)
    above, below = np.maximum(chances, real[-1]), np.minimum(chances, real[0])
    return np.asarray(np.where(chances > stated[-1], above, np.where(chances < stated[0], below, inside)))


def calibrate(pairs: Frame, curve: Points, thresholds: Thresholds, *, single: bool) -> Frame:
    """`pairs` (l, r, peluang, cara) with learned probabilities; what the NIK settled is not moved.

    Neither is a pair that names alike in nothing leave to a clerk. `single`: the chances of one l stay within 1.
    """
    if not len(curve):
        return pairs
    chances = pairs["peluang"].to_numpy()
    free = (pairs["cara"] == "model").to_numpy() & ~held(chances, thresholds)
    moved = np.where(free, curved(chances, curve), chances)
    made = pairs.with_columns(peluang=nw.new_series("peluang", moved, backend=pairs.implementation))
    if not single:
        return made
    whole = nw.col("peluang").sum().over("l").clip(lower_bound=1.0)
    return made.with_columns(peluang=nw.col("peluang") / whole)


def held(chances: Numbers, thresholds: Thresholds) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which chances were set to leave the pair to a clerk, whatever its weight (see `decide`)."""
    return np.abs(chances - thresholds.open) < _SAME
