"""Thresholds from hours: expected errors, the best use of a look, what really happened."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.engine import frame
from jangkau.core.linkage.model import Thresholds
from jangkau.core.linkage.thresholds import best, cost, happened, open_pairs, saving_at
from jangkau.core.linkage.truth import Register, Truth


def pairs(*chances, register="peserta"):
    """One proposal a pair."""
    count = len(chances)
    return pl.DataFrame({
        "l": [f"u{at:05}" for at in range(count)], "r": [f"k{at:05}" for at in range(count)], "register": register,
        "peluang": list(chances), "cara": "model",
    }, schema_overrides={"peluang": pl.Float64})  # fmt: skip


def test_expected_errors_are_sums_of_chances():
    made = cost(pairs(0.95, 0.9, 0.5, 0.2, 0.1), Thresholds(0.85, 0.3))
    assert made.ditinjau == 1
    assert (made.salah, made.terlewat) == (pytest.approx(0.15), pytest.approx(0.3))


def test_rivals_of_a_settled_resident_are_not_reviewed():
    rows = pairs(0.9, 0.4, register="penduduk").with_columns(l=pl.lit("u"))
    assert cost(rows, Thresholds(0.85, 0.3)).ditinjau == 0


def test_clerks_pairs_are_no_question_any_more():
    tautan = frame(pl.DataFrame({
        "id_usulan": ["a", "b"], "register": "penduduk", "id_register": ["1", "2"], "peluang": [1.0, 0.5],
        "keputusan": ["cocok", "tinjau"], "cara": ["petugas", "model"],
    }))  # fmt: skip
    assert open_pairs(tautan)["l"].to_list() == ["b"]


def test_without_hours_everything_is_decided_by_the_lesser_harm():
    made = best(pairs(0.7, 0.6), 0, worth=2)
    assert made.ditinjau == 0
    assert (made.salah, made.terlewat) == (pytest.approx(0.3), pytest.approx(0.6))


def test_with_hours_enough_nothing_doubtful_is_left():
    made = best(pairs(*np.linspace(0.03, 0.97, 50)), 10_000)
    assert made.salah + made.terlewat < 0.2


def test_no_pairs_cost_nothing():
    assert best(pairs(), 10).ditinjau == 0


@settings(deadline=None, max_examples=tries(40))
@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=30), st.integers(0, 20), st.sampled_from([1.0, 2.0, 5.0]))
def test_no_other_choice_of_as_many_pairs_saves_more(chances, capacity, worth):
    """Against the exact answer: look at the pairs that save most, decide the others by the lesser harm."""
    made = best(pairs(*chances), capacity, worth)
    harm = sorted((min(worth * (1 - chance), chance) for chance in chances), reverse=True)
    assert made.ditinjau <= capacity
    assert worth * made.salah + made.terlewat == pytest.approx(sum(harm[made.ditinjau :]), abs=2e-3 * len(chances))


@settings(deadline=None, max_examples=tries(30))
@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=30))
def test_more_hours_never_leave_more_harm(chances):
    made = [best(pairs(*chances), capacity) for capacity in (0, 3, 10, 40)]
    harms = [2 * each.salah + each.terlewat for each in made]
    assert all(later <= earlier + 2e-3 * len(chances) for earlier, later in zip(harms, harms[1:], strict=False))


def test_honest_chances_foretell_what_happens():
    rng = np.random.default_rng(7)
    chances = rng.beta(0.4, 0.4, 20_000)
    rows = pairs(*chances)
    true = rows.filter(pl.Series(rng.random(20_000) < chances))
    part = Register(rows.select(id_usulan="l").join(true.select(id_usulan="l", nik="r"), "id_usulan", how="left"),
                    true.select(id_register="r", nik="r"))  # fmt: skip
    truth = Truth(rows.select(id_usulan="l"), {"peserta": part})
    for limits in (Thresholds(0.85, 0.3), saving_at(0.1), saving_at(0.6)):
        made, real = cost(rows, limits), happened(rows, truth, limits)
        assert abs(real["salah"] - made.salah) < 4 * made.salah_sebar
        assert abs(real["terlewat"] - made.terlewat) < 4 * made.terlewat_sebar
