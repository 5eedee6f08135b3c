"""Who gains, and how evenly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paid_plans import crowd, exposed

from jangkau.core.impact.distribution import concentration, curve, evenness
from jangkau.core.statistics.laeken import gini


def test_all_to_the_poorest_and_all_to_the_richest():
    decile = np.array([1.0, 2, 3, 4])
    assert concentration(np.array([8.0, 0, 0, 0]), decile) == pytest.approx(-0.75)
    assert concentration(np.array([0.0, 0, 0, 8]), decile) == pytest.approx(0.75)
    assert concentration(np.ones(4), decile) == pytest.approx(0)
    assert concentration(np.zeros(4), decile) is None


@given(st.lists(st.integers(1, 1000), min_size=2, max_size=30))
def test_ranked_by_itself_it_is_gini(amounts):
    amount = np.array(amounts, float)
    assert concentration(amount, amount) == pytest.approx(gini(amount, np.ones(len(amount))) / 100, abs=1e-9)


def test_people_of_one_rank_are_one_group():
    people, share = curve(np.array([1.0, 3, 4]), np.array([2.0, 2, 5]))
    assert (people.tolist(), share.tolist()) == ([0, 2 / 3, 1], [0, 0.5, 1])


def test_who_has_no_decile_is_left_out_and_said():
    e = exposed(*crowd())
    found = evenness(e.people, np.ones(e.people.height))
    assert (found["orang"], found["orang_berdesil"]) == (12, 11)
    assert found["manfaat"]["konsentrasi"] == pytest.approx(0)
    assert found["iuran"]["kurva"][-1] == [1, 1]
