"""What the planner and its checker do to whole columns at once, against the same said person by person."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.planning.instance import Instance, Solution
from jangkau.core.planning.keys import in_cells
from jangkau.core.planning.schedule import _all_ways
from jangkau.core.planning.verify_arrays import _bills, _shut
from jangkau.core.planning.ways import ways_of

_FEW = settings(max_examples=60, deadline=None)
PERSONS = st.lists(st.tuples(st.integers(-2, 4), st.sampled_from([0, 1, 2, 45, 10**15])), max_size=12)


@_FEW
@given(PERSONS)
def test_cells_are_people_of_one_signature_and_equal_points(persons):
    signature, points = (np.array([each[at] for each in persons], np.int64) for at in (0, 1))
    (u, worth, size), cell, order = in_cells(signature, points)
    kinds = sorted({(s, -p) for s, p in persons if s >= 0})
    assert list(zip(u.tolist(), (-worth).tolist(), strict=True)) == kinds
    assert cell.tolist() == [kinds.index((s, -p)) if s >= 0 else -1 for s, p in persons]
    assert size.tolist() == [sum((s, -p) == kind for s, p in persons) for kind in kinds]
    assert order.tolist() == sorted((at for at in range(len(persons)) if cell[at] >= 0), key=lambda at: (cell[at], at))


@st.composite
def shared(draw):
    """Signatures of one node whose people several funds pay, some of them together."""
    months, funds = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    paid = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4))
    used = np.zeros((len(paid), funds), np.int64)
    for u, people in enumerate(paid):
        cuts = draw(st.lists(st.integers(0, people * months), min_size=funds - 1, max_size=funds - 1).map(sorted))
        used[u] = np.diff([0, *cuts, people * months])
    u, fund = (part.reshape(-1) for part in np.indices(used.shape))
    ones, price = np.arange(len(paid)), np.full(len(u), 8_400)
    case = Instance(
        np.full(funds, 10**9), ones, 0 * ones, 0 * ones + months, u, fund, price, ones, 0 * ones + 5, np.array(paid) + 1
    )
    return case, Solution(np.array(paid), used.reshape(-1))


@_FEW
@given(shared())
def test_whole_people_of_one_fund_are_dealt_at_once_as_one_by_one(drawn):
    case, plan = drawn
    ways = _all_ways(case, plan)
    slow = [way for _, way in ways_of(case, plan, range(case.signatures))]
    assert ways.people.tolist() == [way.count for way in slow]
    assert ways.runs.tolist() == [run for way in slow for run in way.runs]
    assert np.diff(ways.start).tolist() == [len(way.runs) for way in slow]


@_FEW
@given(st.lists(st.lists(st.sampled_from([0, 8_400, 16_800]), min_size=3, max_size=3), min_size=1, max_size=3))
def test_the_checker_looks_up_what_a_stretch_of_months_costs_and_whether_it_is_open(rupiah):
    table = np.array(rupiah)
    total, price = _bills(table)
    shut = _shut(table > 0)
    for row, first, months in np.ndindex(len(rupiah), 3, 4):
        if first + months <= 3:
            stretch = rupiah[row][first : first + months]
            assert (total[row, first, months], price[row, first, months]) == (sum(stretch), rupiah[row][first])
            assert shut[row, first, months] == (0 in stretch)
