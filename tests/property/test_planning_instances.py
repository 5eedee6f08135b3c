"""The solver alone, on numbers: against HiGHS, brute force, itself with more money, and its own parts."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import holds, instance
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from tries import tries

from jangkau.core.planning import relaxation
from jangkau.core.planning.bound import price_bound
from jangkau.core.planning.exact import solve_exact
from jangkau.core.planning.flow import solve_flow
from jangkau.core.planning.instance import Instance, Solution, path_cost
from jangkau.core.planning.relaxation import SCALE, Relaxation, relax
from jangkau.core.planning.rounding import round_down
from jangkau.core.planning.settle import settle
from jangkau.core.planning.solve import solve


def person_level(case):
    """Most points by HiGHS over one variable for each person and fund: one price, one month."""
    person = np.repeat(case.cell_u, case.cell_size)
    points = np.repeat(case.cell_points, case.cell_size)
    pairs = [(i, s) for i, u in enumerate(person) for s in case.arc_fund[case.arc_u == u]]
    if not pairs:
        return 0
    rows = np.zeros((len(person) + case.funds, len(pairs)))
    for column, (i, s) in enumerate(pairs):
        rows[i, column] = rows[len(person) + s, column] = 1
    room = np.concatenate([np.ones(len(person)), case.budgets // int(case.arc_price[0])])
    gain = np.array([points[i] for i, _ in pairs], float)
    return round(-linprog(-gain, A_ub=rows, b_ub=room, bounds=(0, 1), method="highs").fun)


@pytest.mark.parametrize("part", range(10))
def test_a_thousand_random_plans_of_one_price_equal_highs_to_the_unit(part):
    for seed in range(100):
        draw = np.random.default_rng(1000 * part + seed)
        many = int(draw.integers(1, 30))
        case = instance(
            draw, people=many, funds=int(draw.integers(1, 6)), signatures=int(draw.integers(1, 7)), months=1, prices=[7]
        )
        answer = solve(case)
        holds(case, answer.solution)
        assert answer.points == answer.bound == answer.price_bound == person_level(case)


def every_plan(case):
    """Most points, then most people, by trying all: one person at a time, every way to pay all his months."""
    states = {tuple(case.budgets.tolist()): (0, 0)}
    for cell, u in enumerate(case.cell_u.tolist()):
        ways = {tuple([0] * case.funds)}
        for node in range(case.first_node[u], case.first_node[u + 1]):
            arcs = range(case.node_arcs[node], case.node_arcs[node + 1])
            bills = set()
            for chosen in itertools.combinations_with_replacement(arcs, int(case.node_months[node])):
                bill = [0] * case.funds
                for arc in chosen:
                    bill[int(case.arc_fund[arc])] += int(case.arc_price[arc])
                bills.add(tuple(bill))
            ways = {tuple(map(sum, zip(way, bill, strict=True))) for way in ways for bill in bills}
        for _ in range(int(case.cell_size[cell])):
            after = dict(states)
            for left, (points, heads) in states.items():
                for way in ways:
                    rest = tuple(a - b for a, b in zip(left, way, strict=True))
                    if min(rest) >= 0:
                        reached = (points + int(case.cell_points[cell]), heads + 1)
                        after[rest] = max(after.get(rest, (0, 0)), reached)
            states = after
    return max(states.values())


@settings(max_examples=tries(60), deadline=None, derandomize=True)
@given(
    st.integers(0, 10**6),
    st.integers(1, 6),
    st.integers(1, 3),
    st.integers(1, 4),
    st.sampled_from([[1], [1, 2], [2, 3]]),
)
def test_periods_handovers_and_rates_reach_the_best_of_all_plans(seed, people, funds, months, prices):
    case = instance(
        np.random.default_rng(seed), people=people, funds=funds, signatures=2, months=months, prices=prices, points=5
    )
    answer = solve(case)
    holds(case, answer.solution)
    assert (answer.points, int(answer.solution.paid.sum())) == every_plan(case)
    assert answer.points <= answer.bound <= answer.price_bound


@pytest.mark.parametrize("seed", range(20))
def test_the_price_of_a_fund_is_what_one_more_person_of_money_brings(seed):
    case = instance(np.random.default_rng(seed), people=60, funds=5, signatures=8, months=1, prices=[10], points=15)
    answer = solve(case)
    for fund in range(case.funds):
        richer = Instance(
            case.budgets + 10 * (np.arange(case.funds) == fund), case.node_u, case.node_first, case.node_months,
            case.arc_node, case.arc_fund, case.arc_price, case.cell_u, case.cell_points, case.cell_size,
        )  # fmt: skip
        assert solve(richer).points - answer.points == int(answer.prices[fund]) * 10 // answer.scale


@pytest.mark.parametrize("seed", range(20))
def test_with_several_prices_a_fund_is_worth_no_more_than_its_price_and_no_less_than_the_price_after(seed):
    """Among fractions of people: money is worth less and less, so both prices hold what one more block brings between
    them; whole people come within the stated gap of it.
    """
    draw = np.random.default_rng(900 + seed)
    case = instance(draw, people=60, funds=4, signatures=8, months=4, prices=[8400, 16800], points=15)
    before, answer = relax(case), solve(case)
    for fund in range(case.funds):
        block = 4 * 16800
        richer = replace(case, budgets=case.budgets + block * (np.arange(case.funds) == fund))
        after, more = relax(richer), solve(richer)
        least, most = (int(each.prices[fund]) * block / SCALE for each in (after, before))
        # more people among equal points count less than one point
        assert least - 1.01 <= after.value - before.value <= most + 1.01
        assert more.points <= answer.price_bound + most + 5
        assert more.points >= answer.points


@pytest.mark.parametrize("seed", range(20))
def test_one_rupiah_more_changes_nothing_until_it_completes_a_price(seed):
    draw = np.random.default_rng(500 + seed)
    case = instance(draw, people=30, funds=3, signatures=4, months=3, prices=[10, 20])
    extra = (-case.budgets - 1) % 10
    fuller = Instance(
        case.budgets + extra, case.node_u, case.node_first, case.node_months, case.arc_node, case.arc_fund,
        case.arc_price, case.cell_u, case.cell_points, case.cell_size,
    )  # fmt: skip
    assert solve(case).points == solve(fuller).points


@pytest.mark.parametrize("seed", range(15))
def test_few_columns_give_the_optimum_of_all(seed, monkeypatch):
    draw = np.random.default_rng(seed)
    case = instance(draw, people=4000, funds=25, signatures=60, months=6, prices=[1, 2], points=30)
    whole = Relaxation(case).solve()
    monkeypatch.setattr(relaxation, "_WHOLE_BELOW", 0)
    few = relax(case)
    assert whole.value - 1 < few.value <= whole.value + 1e-3  # less than a point: people among equal points
    assert price_bound(case, few.prices, SCALE) == price_bound(case, whole.prices, SCALE)


@pytest.mark.parametrize("seed", range(15))
def test_settled_plans_keep_every_rule_and_use_the_money(seed):
    draw = np.random.default_rng(100 + seed)
    case = instance(draw, people=3000, funds=30, signatures=80, months=6, prices=[1, 2], points=30)
    relaxed = relax(case)
    start = round_down(case, relaxed)
    plan = settle(case, start)
    holds(case, start)
    holds(case, plan)
    assert case.points(start.paid) <= case.points(plan.paid) <= relaxed.value + 1e-6
    assert case.points(plan.paid) >= 0.97 * relaxed.value


@pytest.mark.parametrize("seed", range(10))
def test_the_flow_has_most_people_among_plans_of_most_points(seed):
    """Ranks stand for points in the flow; people without points still count as people."""
    case = instance(np.random.default_rng(seed), people=25, funds=3, signatures=5, months=1, prices=[4], points=3)
    plan, prices = solve_flow(case)
    exact, proven = solve_exact(case, 500)
    assert proven
    assert (case.points(plan.paid), plan.paid.sum()) == (case.points(exact.paid), exact.paid.sum())
    assert price_bound(case, prices, 4) == case.points(plan.paid)


@settings(max_examples=tries(80), deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(0, 10**15), st.integers(1, 10**14))
def test_any_prices_prove_a_bound_in_whole_numbers(seed, top, scale):
    """The bound equals the same sum in Python's own numbers, and no plan passes it."""
    draw = np.random.default_rng(seed)
    case = instance(draw, people=40, funds=4, signatures=6, months=4, prices=[8400, 16800])
    prices = (draw.random(case.funds) * top).astype(np.int64)
    cost = path_cost(case, prices)
    money = sum(int(p) * int(m) for p, m in zip(prices, case.capacity, strict=True))
    over = sum(
        max(0, int(w) * scale - cost[u]) * int(n)
        for u, w, n in zip(case.cell_u, case.cell_points, case.cell_size, strict=True)
    )
    assert price_bound(case, prices, scale) == (money + over) // scale // 5 * 5 or not case.cell_points.any()
    assert price_bound(case, prices, scale) >= solve(case).points


@pytest.mark.parametrize("part", range(10))
def test_plans_of_several_prices_and_periods_are_as_good_as_highs_says_in_whole_people(part):
    for seed in range(20):
        draw = np.random.default_rng(7000 + 20 * part + seed)
        case = instance(
            draw, people=int(draw.integers(1, 20)), funds=int(draw.integers(1, 4)), signatures=4,
            months=int(draw.integers(1, 4)), prices=[1, 2],
        )  # fmt: skip
        parts = Relaxation(case)
        columns = len(parts.gain)
        rules = [LinearConstraint(parts.nodes, 0, 0), LinearConstraint(parts.funds, -np.inf, case.budgets / parts.unit)]
        most = np.append(case.cell_size, np.full(columns - len(case.cell_u), np.inf))
        gain = np.append(case.cell_points, np.zeros(columns - len(case.cell_u)))
        best = milp(-gain, integrality=np.ones(columns), bounds=Bounds(0, most), constraints=rules)
        assert solve(case).points == round(-best.fun)


def test_nobody_is_paid_from_nothing():
    case = instance(np.random.default_rng(1), people=5, funds=2, signatures=2, months=2, prices=[3])
    empty = Instance(
        case.budgets * 0, case.node_u, case.node_first, case.node_months, case.arc_node, case.arc_fund,
        case.arc_price, case.cell_u, case.cell_points, case.cell_size,
    )  # fmt: skip
    answer = solve(empty)
    assert (answer.points, answer.bound, int(answer.solution.paid.sum())) == (0, 0, 0)
    assert isinstance(answer.solution, Solution)
