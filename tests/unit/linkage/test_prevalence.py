"""The share of a list's people that is in the register, found in its own probabilities."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.engine import frame
from jangkau.core.linkage.model import Thresholds
from jangkau.core.linkage.prevalence import factor, prevalence, revised

LIMITS = Thresholds(0.85, 0.3)
HABIT = 0.95


def lists(share, rows, seed=1):
    """Probabilities of being in the register, made under HABIT, for lists where `share` really is; and who is."""
    rng = np.random.default_rng(seed)
    here = rng.random(rows) < share
    evidence = rng.normal(np.where(here, 4.0, -4.0), np.sqrt(8.0))  # ln of a likelihood ratio that is what it says
    odds = HABIT / (1 - HABIT) * np.exp(evidence)
    return odds / (1 + odds), here


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_the_share_is_recovered(share):
    sums, here = lists(share, 20_000)
    assert prevalence(sums, 20_000, HABIT) == pytest.approx(here.mean(), abs=0.01)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_probabilities_become_honest(share):
    sums, here = lists(share, 20_000)
    pairs = frame(pl.DataFrame({"l": range(20_000), "r": 0, "peluang": sums, "cara": "model"}))
    change = factor(prevalence(sums, 20_000, HABIT), HABIT)
    made = revised(pairs, change, LIMITS).sort("l")["peluang"].to_numpy()
    for low, high in ((0.05, 0.3), (0.3, 0.7), (0.7, 0.95)):
        band = (made > low) & (made < high)
        assert abs(made[band].mean() - here[band].mean()) < 0.05


def test_a_few_rows_do_not_change_a_habit():
    assert prevalence(np.array([0.01, 0.02]), 2, HABIT) == pytest.approx(HABIT, abs=0.03)
    assert prevalence(np.array([]), 0, HABIT) == pytest.approx(HABIT)


def test_rows_that_found_nobody_count():
    assert prevalence(np.array([0.999] * 500), 1000, HABIT) < 0.6


odds = st.lists(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(deadline=None)
@given(odds, st.floats(0.05, 0.99))
def test_it_is_the_posterior_under_the_new_share(rows, share):
    """Against the posterior worked out anew, one row at a time."""
    change = factor(share, HABIT)
    made = [(left, right, odd / (1 + sum(row)), odd * change / (1 + sum(row) * change))
            for left, row in enumerate(rows) for right, odd in enumerate(row)]  # fmt: skip
    pairs = pl.DataFrame(made, schema=["l", "r", "peluang", "benar"], orient="row").with_columns(cara=pl.lit("model"))
    free = pairs.filter((pl.col("peluang") - LIMITS.open).abs() > 1e-5)
    if len(free) < len(pairs):
        return
    got = revised(frame(pairs.drop("benar")), change, LIMITS).sort("l", "r")["peluang"].to_numpy()
    assert np.allclose(got, pairs["benar"].to_numpy(), rtol=1e-6, atol=1e-9)


def test_what_is_settled_or_for_the_clerk_stays():
    pairs = frame(pl.DataFrame({"l": [0, 1], "r": [0, 1], "peluang": [0.9995, LIMITS.open], "cara": ["nik", "model"]}))
    assert revised(pairs, 0.01, LIMITS)["peluang"].to_list() == [0.9995, LIMITS.open]
