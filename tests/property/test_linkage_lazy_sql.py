"""Conditions that stop early say the same as the conditions they were made of."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.linkage.comparisons import COMPARISONS, ELSE
from jangkau.core.linkage.lazy_sql import conjuncts, lazy

atoms = st.sampled_from(
    ["a", "b", "c", "a IS NULL", "(a = b)", "CASE WHEN a AND b THEN c OR a ELSE b END", "'x AND (y' = 'x'"]
)
conditions = st.recursive(
    atoms,
    lambda inner: st.builds(
        lambda one, word, two: f"({one} {word} {two})", inner, st.sampled_from(["AND", "OR"]), inner
    ),
    max_leaves=6,
)


@settings(max_examples=tries(40), deadline=None)
@given(conditions)
def test_a_case_takes_the_same_branch(condition):
    with duckdb.connect() as con:
        values = "(VALUES (TRUE), (FALSE), (NULL::BOOLEAN))"
        rows = con.execute(
            f"SELECT CASE WHEN {condition} THEN 1 ELSE 0 END, CASE WHEN {lazy(condition)} THEN 1 ELSE 0 END "
            f"FROM {values} x(a), {values} y(b), {values} z(c)"
        ).fetchall()
    assert [one for one, _ in rows] == [other for _, other in rows]


@given(st.sampled_from([level.condition for c in COMPARISONS for level in c.levels if level.condition != ELSE]))
def test_no_condition_of_the_model_keeps_a_bare_and(condition):
    made = lazy(condition)
    assert made.count(" AND ") <= condition.count(" AND ")
    assert made.count("CASE") == made.count("END")


def test_negations_stay_as_they_are():
    assert lazy("NOT a AND b") == "NOT a AND b"
    assert lazy("(a OR b) IS NULL OR b") == "(a OR b) IS NULL OR b"


@settings(max_examples=tries(40), deadline=None)
@given(conditions)
def test_conjuncts_together_are_the_condition(condition):
    parts = conjuncts(condition)
    with duckdb.connect() as con:
        values = "(VALUES (TRUE), (FALSE), (NULL::BOOLEAN))"
        rows = con.execute(
            f"SELECT ({condition}) IS TRUE, {' AND '.join(f'({part}) IS TRUE' for part in parts)} "
            f"FROM {values} x(a), {values} y(b), {values} z(c)"
        ).fetchall()
    assert [one for one, _ in rows] == [other for _, other in rows]
    assert conjuncts("(a AND (b OR c)) AND CASE WHEN a AND b THEN c END")[:2] == ["a", "(b OR c)"]
