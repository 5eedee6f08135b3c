"""How many of these very lists' people are in the register at all, and what that does to every probability.

The model's prior is a habit of many lists. Some lists name strangers, some hardly anyone but residents; the sum of the
probabilities themselves says which.
"""

import narwhals as nw
import numpy as np

from jangkau.core.linkage.calibrate import Numbers
from jangkau.core.linkage.model import Thresholds
from jangkau.core.tables.schema import Frame

# The model's habit weighs as much as this many proposals.
HABIT = 100
ROUNDS = 50
_MOST = 1 - 1e-12


def prevalence(sums: Numbers, rows: int, habit: float) -> float:
    """The share of `rows` proposals that are in the register; `sums`: the probability each has found there, if any.

    `habit`: the share under which the probabilities were made. Expectation maximisation of the share alone (Saerens,
    Latinne and Decaestecker 2002).
    """
    odds = np.sort(np.clip(sums, 0, _MOST))
    odds = odds / (1 - odds)
    share = habit
    for _ in range(ROUNDS):
        moved = odds * factor(share, habit)
        share = float(((moved / (1 + moved)).sum() + HABIT * habit) / (rows + HABIT))
    return share


def factor(share: float, habit: float) -> float:
    """By how much the odds of every candidate change with the share."""
    return share * (1 - habit) / ((1 - share) * habit)


def revised(pairs: Frame, change: float, thresholds: Thresholds) -> Frame:
    """`pairs` (l, r, peluang, cara), one r each at most, with the odds of what the model found changed by `change`.

    What the NIK settled stays, and so does what names that are alike in nothing leave to a clerk.
    """
    free = (nw.col("cara") == "model") & ((nw.col("peluang") - thresholds.open).abs() > 1e-6)
    whole = nw.col("peluang").clip(upper_bound=_MOST).sum().over("l")
    known = pairs.with_columns(semua=whole).with_columns(nw.col("semua").clip(upper_bound=_MOST))
    moved = nw.col("peluang") * change / (1 - nw.col("semua") + nw.col("semua") * change)
    return known.with_columns(peluang=nw.when(free).then(moved).otherwise(nw.col("peluang"))).drop("semua")
