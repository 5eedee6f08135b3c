"""Intervals and B-cubed against other ways to compute them."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from jangkau.core.linkage.evaluate_people import gathered
from jangkau.core.linkage.proportions import Share, difference

cases = st.integers(1, 5000).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


@given(cases, st.sampled_from([0.9, 0.95, 0.9995]))
def test_interval_is_wilsons(share, level):
    known = binomtest(share.k, share.n).proportion_ci(level, method="wilson")
    assert share.interval(level) == pytest.approx((known.low, known.high), abs=1e-9)


@given(cases, cases)
def test_difference_turns_its_sign_and_holds_the_gap(one, other):
    low, high = difference(one, other)
    back = difference(other, one)
    assert (low, high) == pytest.approx((-back[1], -back[0]))
    assert low - 1e-12 <= one.value - other.value <= high + 1e-12


def test_nothing_is_known_of_no_cases():
    assert Share(0, 0).value is None
    assert Share(0, 0).interval() == (0.0, 1.0)
    assert difference(Share(0, 0), Share(1, 2)) == (-1.0, 1.0)


rows = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1, max_size=14)


@given(rows)
def test_gathered_equals_the_naive_count(pairs):
    """Pair by pair and row by row, as the definitions say."""
    found = gathered(pl.DataFrame(pairs, schema=["id_pekerja", "orang"], orient="row"))
    couples = list(combinations(pairs, 2))
    said = [a[0] == b[0] for a, b in couples]
    true = [a[1] == b[1] for a, b in couples]
    assert found.disatukan == sum(said)
    assert found.satu_orang == sum(true)
    assert found.benar == sum(s and t for s, t in zip(said, true, strict=True))
    both = [sum(a == b for b in pairs) for a in pairs]
    assert found.b3_presisi == pytest.approx(
        sum(n / sum(a[0] == b[0] for b in pairs) for a, n in zip(pairs, both, strict=True)) / len(pairs)
    )
    assert found.b3_perolehan == pytest.approx(
        sum(n / sum(a[1] == b[1] for b in pairs) for a, n in zip(pairs, both, strict=True)) / len(pairs)
    )


def test_rows_of_unknown_persons_are_left_out():
    rows = pl.DataFrame({"id_pekerja": ["p", "p", "q"], "orang": ["a", None, "a"]})
    found = gathered(rows)
    assert (found.baris, found.disatukan, found.satu_orang) == (2, 0, 1)
    assert found.as_dict()["pasangan_presisi"]["nilai"] is None
