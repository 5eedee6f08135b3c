"""One price: the flow of people or months against the linear programme over fractions of people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.exact import holds
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Instance
from jangkau.core.planning.relaxation import Relaxation

PRICE = 16_800


def case_of(budgets, funds_of, cells, months):
    """Signatures with these funds and cells {points: people}, every month at one price."""
    signatures = range(len(funds_of))
    arcs = [(u, fund) for u in signatures for fund in sorted(funds_of[u])]
    people = [(u, points, cells[u][points]) for u in signatures for points in sorted(cells[u], reverse=True)]
    node, fund = np.array(arcs, np.int64).T
    firsts = np.zeros(len(funds_of), np.int64)
    price = np.full(len(arcs), PRICE)
    u = np.arange(len(funds_of))
    return Instance(np.array(budgets), u, firsts, firsts + months, node, fund, price, *np.array(people, np.int64).T)


@st.composite
def cases(draw, whole=False):
    months, many = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    count = st.integers(0, 8 if whole else 60)
    budgets = [draw(count) * PRICE * (months if whole else 1) + draw(st.integers(0, 99)) for _ in range(many)]
    some = st.sets(st.integers(0, many - 1), min_size=1)
    cell = st.dictionaries(
        st.integers(0, draw(st.sampled_from([5, 40]))).map(lambda n: n * 5), st.integers(1, 4), min_size=1, max_size=4
    )
    groups = draw(st.lists(st.tuples(some, cell), min_size=1, max_size=5))
    return case_of(budgets, *zip(*groups, strict=True), months)


def bound_of(case, prices):
    return price_bound(case, prices, PRICE * case.months)


@settings(max_examples=tries(150))
@given(cases())
def test_the_start_keeps_every_rule_and_its_prices_prove_the_relaxed_optimum(case):
    start, prices = solve_flow(case)
    assert holds(case, start)
    assert case.points(start.paid) <= bound_of(case, prices) <= Relaxation(case).solve().value + 1e-6


@settings(max_examples=tries(100))
@given(cases(whole=True))
def test_money_for_whole_people_gives_the_best_plan(case):
    start, prices = solve_flow(case)
    assert holds(case, start)
    assert case.points(start.paid) == bound_of(case, prices)


@pytest.mark.parametrize("own", [5, 7])
def test_a_share_of_a_person_is_nobody(own):
    case = case_of([own * PRICE, 12 * PRICE], [{0}, {1}], [{60: 1}, {60: 1}], 12)
    start, prices = solve_flow(case)
    assert start.paid.tolist() == [0, 1]
    assert bound_of(case, prices) == 60
