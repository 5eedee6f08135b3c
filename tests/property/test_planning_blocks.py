"""Small funds whose people are counted whole: against trying everything, against HiGHS, and against mixed fractions."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.planning.blocks import Blocks, small_funds
from jangkau.core.planning.bound import price_bound, whole_bound
from jangkau.core.planning.columns import by_small_funds
from jangkau.core.planning.exact import holds, solve_exact
from jangkau.core.planning.instance import Instance, Solution
from jangkau.core.planning.relaxation import SCALE, relax
from jangkau.core.planning.rounding import round_down
from jangkau.core.planning.settle import settle


def villages(seed, many, *, people, months=(1, 2), prices=(1, 2), money=6):
    """Villages of two signatures and one small fund each, then two wide funds; not every fund pays every month."""
    draw = np.random.default_rng(seed)
    nodes, arcs, cells = [], [], []
    for u in range(2 * many):
        for first, length in zip((0, months[0]), months, strict=True):
            node, price = len(nodes), [int(draw.choice(prices)) for _ in range(3)]
            nodes.append((u, first, length))
            able = [s for s in (u // 2, many, many + 1) if draw.random() < 0.8] or [u // 2]
            arcs += [(node, s, price[at]) for at, s in enumerate(able)]
        points, size = np.unique(draw.integers(0, 12, int(draw.integers(1, people + 1))) * 5, return_counts=True)
        cells += [(u, int(p), int(n)) for p, n in zip(points[::-1], size[::-1], strict=True)]
    budgets = np.append(draw.integers(0, money, many), draw.integers(0, money * many, 2))
    columns = [np.array(rows, np.int64).T for rows in (nodes, arcs, cells)]
    return Instance(budgets.astype(np.int64), *columns[0], *columns[1], *columns[2])


def small(case, many):
    """The village funds that can pay anybody."""
    return np.isin(np.arange(case.funds), case.arc_fund) & (np.arange(case.funds) < many)


def by_trying(case, blocks, priced, block):
    """The best of a block, by trying every number of people and every number of months of the small fund."""
    group = np.flatnonzero(blocks.of == block).tolist()
    nodes = [n for u in group for n in range(case.first_node[u], case.first_node[u + 1])]
    best = 0
    for heads in itertools.product(*(range(int(case.people[u]) + 1) for u in group)):
        paid = np.zeros(case.signatures, np.int64)
        paid[group] = heads
        need = (paid[case.node_u] * case.node_months)[nodes].tolist()
        worth = case.points(paid) * SCALE + int((paid * priced.bonus).sum())
        own = [range(n + 1 if blocks.small[node] >= 0 else 1) for node, n in zip(nodes, need, strict=True)]
        for months in itertools.product(*own):
            arcs = blocks.small[nodes]
            if (
                sum(m * int(case.arc_price[a]) for m, a in zip(months, arcs, strict=True) if m)
                > blocks.money[block] * blocks.unit[block]
            ):
                continue
            cost = sum((n - m) * int(priced.month[x]) for n, m, x in zip(need, months, nodes, strict=True))
            best = max(best, worth - cost)
    return best


@settings(max_examples=tries(60), deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from([(1,), (1, 2), (2, 3)]), st.floats(0, 8), st.integers(0, 7))
def test_the_best_of_each_block_is_the_best_of_all_its_plans(seed, prices, level, extra):
    case = villages(seed, 2, people=2, prices=prices)
    draw = np.random.default_rng(seed)
    blocks = Blocks(case, small(case, 2))
    bonus = draw.integers(0, extra * SCALE + 1, case.signatures)
    priced = blocks.priced((draw.random(case.funds) * level * SCALE).astype(np.int64), SCALE, bonus)
    found = blocks.best(priced, np.zeros(blocks.count, np.int64))
    tried = [by_trying(case, blocks, priced, block) for block in range(blocks.count)]
    assert found.by_block.tolist() == tried
    assert blocks.value(found.plan, priced).tolist() == tried
    assert blocks.best(priced, np.array(tried, np.int64)).by_block.tolist() == tried


@settings(max_examples=tries(40), deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.floats(0, 30))
def test_whole_people_prove_a_bound_that_no_plan_passes_and_mixed_people_do_not_reach(seed, level):
    case = villages(seed, 4, people=3)
    blocks = Blocks(case, small(case, 4))
    prices = (np.random.default_rng(seed).random(case.funds) * level * SCALE).astype(np.int64)
    priced = blocks.priced(prices, SCALE)
    bound = whole_bound(blocks, priced, blocks.best(priced, np.zeros(blocks.count, np.int64)).by_block)
    best, proven = solve_exact(case, 500)
    assert proven
    assert case.points(best.paid) <= bound <= price_bound(case, prices, SCALE)


@pytest.mark.parametrize("seed", range(6))
def test_plans_over_small_funds_beat_mixed_people_in_points_and_in_proof(seed):
    case = villages(seed, 120, people=3, months=(6, 6), money=24)
    relaxed = relax(case)
    plain = settle(case, round_down(case, relaxed))
    found = by_small_funds(case, plain, relaxed.prices)
    assert holds(case, found.plan)
    assert found.plan.paid.max() <= case.people.max()
    mixed = price_bound(case, relaxed.prices, SCALE)
    assert case.points(plain.paid) < case.points(found.plan.paid) <= found.bound < mixed
    assert found.bound - case.points(found.plan.paid) < (mixed - case.points(plain.paid)) / 3


@settings(max_examples=tries(60), deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(0, 8))
def test_tiny_and_poor_villages_give_a_plan_and_a_true_bound_too(seed, many, money):
    """Also where nobody can be paid, everybody is, or nobody has any points."""
    case = villages(seed, many, people=3, money=max(money, 1))
    case = replace(case, cell_points=case.cell_points * (seed % 3), budgets=case.budgets * (money > 0))
    nobody = Solution(np.zeros(case.signatures, np.int64), np.zeros(len(case.arc_node), np.int64))
    found = by_small_funds(case, nobody, relax(case).prices)
    best, proven = solve_exact(case, 500)
    assert proven
    if found:
        assert holds(case, found.plan)
        assert case.points(found.plan.paid) <= case.points(best.paid) <= found.bound


def test_nobody_is_in_two_small_funds_and_numbers_fit_64_bits():
    case = villages(3, 30, people=3)
    whole, effort = small_funds(case, np.ones(case.funds, np.int64), SCALE, 10**9)
    inside = np.flatnonzero(whole[case.arc_fund])
    pairs = np.unique(np.stack([case.arc_u[inside], case.arc_fund[inside]]), axis=1)
    assert len(np.unique(pairs[0])) == pairs.shape[1]
    assert whole[:30].sum() > 20
    assert effort > 0
    dear = replace(case, cell_points=case.cell_points * 10**9)
    assert not small_funds(dear, np.ones(case.funds, np.int64), SCALE, 10**9)[0].any()


def test_nothing_small_means_nothing_to_do():
    case = villages(5, 1, people=2)
    nobody = Solution(np.zeros(case.signatures, np.int64), np.zeros(len(case.arc_node), np.int64))
    rich = replace(case, cell_size=case.cell_size * 500)
    assert by_small_funds(rich, nobody, np.zeros(case.funds, np.int64)) is None


def test_a_fund_of_two_hundred_people_of_two_hundred_points_for_a_year_is_small_still():
    u, months = np.zeros(2, np.int64), np.array([12, 12])
    nodes = (np.arange(2), u, months)
    arcs = (np.arange(2), np.arange(2), np.full(2, 16_800))
    case = Instance(np.full(2, 12 * 16_800), *nodes, *arcs, np.arange(2), np.full(2, 200), np.full(2, 200))
    whole, effort = small_funds(case, np.full(2, 10**9), SCALE, 10**9)
    assert whole.all()
    assert effort > 0
    assert not small_funds(case, np.full(2, 10**9), SCALE, 10**9, 10**6)[0].any()
