"""Plans that must reach floors: few columns against all of them, bounds against HiGHS in whole people."""

from dataclasses import replace

import numpy as np
import pytest
from networks import holds, instance
from scipy.optimize import Bounds, LinearConstraint, milp

from jangkau.core.planning import relaxation
from jangkau.core.planning.columns import by_small_funds
from jangkau.core.planning.instance import Floors, Instance, Solution
from jangkau.core.planning.relaxation import matrices, relax
from jangkau.core.planning.repair import repair
from jangkau.core.planning.rounding import round_down
from jangkau.core.planning.targets.demand import Demands
from jangkau.core.planning.targets.meet import meet, rough


def floors_of(case, seed, many, share):
    """Each floor counts about half of the signatures and asks a share of their people."""
    counts = (np.random.default_rng(seed).random((case.signatures, many)) < 0.5).astype(np.int64)
    return Floors(counts, np.floor(share * (case.people @ counts)), 1000.0 * (float(case.cell_points.max()) + 1))


@pytest.mark.parametrize("share", [0.4, 0.6, 1.1])
@pytest.mark.parametrize("seed", range(4))
def test_few_columns_reach_the_floors_for_the_points_of_all_columns(seed, share, monkeypatch):
    draw = np.random.default_rng(seed)
    case = instance(draw, people=4000, funds=25, signatures=60, months=6, prices=[1, 2], points=30)
    floors = floors_of(case, seed, 4, share)
    monkeypatch.setattr(relaxation, "_WHOLE_BELOW", 10**9)
    whole = relax(case, floors)
    monkeypatch.setattr(relaxation, "_WHOLE_BELOW", 0)
    few, again = relax(case, floors), relax(case, floors, relax(case, replace(floors, need=floors.need * 0.9)).priced)
    assert again.value == pytest.approx(few.value, abs=5)
    assert again.missing.sum() == pytest.approx(few.missing.sum(), abs=1e-5)
    assert whole.value - 5 < few.value <= whole.value + 1e-3  # points come in steps of five
    assert few.missing.sum() == pytest.approx(whole.missing.sum(), abs=1e-5)
    short = np.maximum(floors.need - floors.counts.T @ few.paid, 0)
    assert few.missing == pytest.approx(short, abs=1e-5)


def highs(case, floors, owed):
    """Most points of all plans that reach so many people of each floor: whole people and months, every column."""
    cells, arcs = len(case.cell_u), len(case.arc_node)
    nodes, funds = matrices(case, case.cell_u, np.arange(arcs), 1.0)
    people = np.hstack([floors.counts[case.cell_u].T, np.zeros((len(owed), arcs))])
    rules = [LinearConstraint(nodes, 0, 0), LinearConstraint(funds, -np.inf, case.budgets)]
    most = np.append(case.cell_size, np.full(arcs, np.inf))
    gain, whole = np.append(case.cell_points, np.zeros(arcs)), np.ones(cells + arcs)
    found = milp(-gain, integrality=whole, bounds=Bounds(0, most), constraints=[*rules, LinearConstraint(people, owed)])
    return round(-found.fun)


def met_by(case, seed, many, share):
    floors = floors_of(case, seed, many, share)
    demands = Demands([None] * many, floors.counts, floors.counts * 0, floors.need.astype(np.int64))
    met = meet(case, demands, rough(case, demands))
    reached = demands.reached(met.answer.solution.paid)
    missing = relax(case, demands.floors(case, demands.need)).missing
    holds(case, met.answer.solution)
    assert np.maximum(demands.need - reached, 0).sum() <= np.ceil(missing - 1e-6).sum() + 1
    assert (met.owed <= reached).all()
    return floors, met


@pytest.mark.parametrize("many", [2, 8])
@pytest.mark.parametrize("seed", range(6))
def test_no_plan_that_reaches_as_much_has_more_points_than_the_bound(seed, many):
    draw = np.random.default_rng(seed)
    case = instance(draw, people=60, funds=4, signatures=12, months=3, prices=[1, 2], points=12)
    case = replace(case, budgets=case.budgets // 2)
    floors, met = met_by(case, seed, many, 0.5)
    best = highs(case, floors, met.owed)
    assert met.answer.points <= best <= met.answer.bound <= met.answer.price_bound
    assert met.answer.points == best or not met.answer.searched


@pytest.mark.parametrize("seed", range(4))
def test_repair_comes_nearer_to_the_floors_or_brings_more_points_and_keeps_them(seed):
    case = instance(np.random.default_rng(seed), people=90, funds=6, signatures=20, months=4, prices=[1, 2], points=20)
    floors = floors_of(case, seed, 2, 0.5)
    start = round_down(case, relax(case))
    better = repair(case, floors, start, np.zeros(case.signatures))
    holds(case, better)
    before, after = (np.maximum(floors.need - floors.counts.T @ plan.paid, 0).sum() for plan in (start, better))
    assert after < before or (after == before == 0 and case.points(better.paid) >= case.points(start.paid))


def test_people_without_points_who_count_for_a_target_are_in_the_mix_of_plans():
    """One person of each of forty villages brings no points and is needed; the village's own fund pays him."""
    many = 40
    u, wide = np.arange(many), np.array([3])
    case = Instance(
        np.concatenate([np.full(many, 2), wide]), u, np.zeros(many, int), np.full(many, 2), np.repeat(u, 2),
        np.stack([u, np.full(many, many)], axis=1).reshape(-1), np.ones(2 * many, int), u, np.where(u % 2, 5, 0),
        np.ones(many, int),
    )  # fmt: skip
    floors = Floors((u[:, None] % 2 == 0).astype(np.int64), np.array([20.0]), 1e4)
    plan = Solution(np.ones(many, np.int64), np.tile([2, 0], many))
    found = by_small_funds(case, plan, np.zeros(many + 1, np.int64), floors=floors, bonus=[0])
    assert case.points(found.plan.paid) == found.bound == 100
    assert floors.held(found.plan.paid)


@pytest.mark.parametrize("seed", [0, 2])
def test_many_crossing_floors_leave_less_than_half_a_percent_open(seed):
    draw = np.random.default_rng(40 + seed)
    case = instance(draw, people=600, funds=12, signatures=80, months=12, prices=[8400, 16800], points=20)
    _, met = met_by(replace(case, budgets=case.budgets // 3), seed, 12, 0.4)
    assert met.bonus.any()
    assert met.answer.points <= met.answer.bound <= met.answer.points * 1.005
