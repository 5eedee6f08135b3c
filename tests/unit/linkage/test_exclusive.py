"""One register row, one person: mutual best with a margin, against a naive reference."""

from math import log2

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.linkage.decide import MARGIN, contested, settle
from jangkau.core.linkage.model import Thresholds

LIMITS = Thresholds(cocok=0.85, tinjau=0.3)
CHANCES = (0.85, 0.9, 0.97, 0.999, 1.0)


def pairs(rows):
    schema = {"l": pl.Int32, "r": pl.Int32, "peluang": pl.Float64}
    return nw.from_native(pl.DataFrame(rows, schema=schema, orient="row").with_columns(cara=pl.lit("model")))


def sure(rows):
    return pairs([row for row in rows if row[2] >= LIMITS.cocok])


def persons(*numbers):
    made = pl.DataFrame({"l": range(len(numbers)), "orang": numbers})
    return nw.from_native(made.cast(pl.Int32), eager_only=True)


def decisions(rows, people, *, single=True):
    lost = contested(sure(rows), people, single=single)
    made = settle(pairs(rows), lost, LIMITS, single=single)
    return {(left, right): word for left, right, word in made.select("l", "r", "keputusan").rows()}


def test_the_better_claim_keeps_the_resident_and_the_other_goes_to_a_clerk():
    made = decisions([(0, 7, 0.999), (1, 7, 0.9)], persons(0, 1))
    assert made == {(0, 7): "cocok", (1, 7): "tinjau"}


def test_two_rows_of_one_person_share_the_resident():
    assert decisions([(0, 7, 0.999), (1, 7, 0.9)], persons(0, 0)) == {(0, 7): "cocok", (1, 7): "cocok"}


@pytest.mark.parametrize("second", [0.99, 0.985])
def test_equal_and_nearly_equal_claims_are_both_for_a_clerk(second):
    assert decisions([(0, 7, 0.99), (1, 7, second)], persons(0, 1)) == {(0, 7): "tinjau", (1, 7): "tinjau"}


def test_a_doubtful_rival_takes_nothing_away():
    assert decisions([(0, 7, 0.86), (1, 7, 0.84)], persons(0, 1)) == {(0, 7): "cocok", (1, 7): "tinjau"}


def test_a_person_is_one_row_of_welfare_but_may_hold_several_memberships():
    claims = [(0, 7, 0.999), (1, 8, 0.999)]
    assert set(decisions(claims, persons(0, 0)).values()) == {"tinjau"}
    assert set(decisions(claims, persons(0, 0), single=False).values()) == {"cocok"}


def test_second_choice_is_not_taken_by_default():
    """Person 1 prefers row 7, which is another's: row 8 is not settled for want of a better one."""
    made = decisions([(0, 7, 0.9999), (1, 7, 0.99), (2, 8, 0.87)], persons(0, 1, 1))
    assert made == {(0, 7): "cocok", (1, 7): "tinjau", (2, 8): "tinjau"}


def naive(rows, people, *, single):
    """Contested pairs by definition, one claim at a time."""
    claims = {}
    for left, right, chance in rows:
        key = people[left], right
        claims[key] = max(claims.get(key, 0), min(chance, 1 - 1e-9))
    bits = {key: log2(chance / (1 - chance)) for key, chance in claims.items()}
    lost = set()
    for (person, row), bit in bits.items():
        rivals = [b for (p, r), b in bits.items() if r == row and p != person]
        rivals += [b for (p, r), b in bits.items() if single and p == person and r != row]
        if any(bit <= rival or bit - rival < MARGIN for rival in rivals):
            lost.add((person, row))
    return sorted((left, right) for left, right, _ in rows if (people[left], right) in lost)


edges = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 4)), st.sampled_from(CHANCES), max_size=20)


@settings(deadline=None)
@given(edges, st.lists(st.integers(0, 4), min_size=8, max_size=8), st.booleans(), st.randoms())
def test_it_is_the_naive_reference_in_any_order(chosen, people, single, random):
    rows = [(left, right, chance) for (left, right), chance in chosen.items()]
    random.shuffle(rows)
    assert contested(pairs(rows), persons(*people), single=single).rows() == naive(rows, people, single=single)
