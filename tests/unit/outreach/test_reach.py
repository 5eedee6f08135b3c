"""Reach against the uncovered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel.problems import Problem
from jangkau.core.outreach.reach import Session, next_villages, progress, reach

NIUR, LAIN, JAUH = "1705012002", "1705012003", "1705012004"


def test_who_came_uncovered_counts_against_all_uncovered_of_the_village():
    events = [Session(NIUR, 1, 40, 25), Session(NIUR, 2, 10, 5), Session(LAIN, 1, 9, 9)]
    niur, lain = reach(events, {NIUR: 120, LAIN: 0})
    assert (niur.events, niur.came, niur.reached, niur.uncovered, niur.share) == (2, 50, 30, 120, 25.0)
    assert (lain.reached, lain.share) == (0, None)


def test_a_village_without_events_is_told_too():
    (empty,) = reach([], {NIUR: 7})
    assert (empty.events, empty.reached, empty.uncovered, empty.share) == (0, 0, 7, 0.0)


def test_who_was_not_asked_counts_for_nothing():
    (place,) = reach([Session(NIUR, 1, 30)], {NIUR: 60})
    assert (place.came, place.unasked, place.reached) == (30, 30, 0)


@pytest.mark.parametrize("row", [(5, 6), (-1,), (5, -1)])
def test_counts_that_cannot_be_are_refused(row):
    with pytest.raises(Problem, match="SOSIALISASI_HADIR"):
        Session(NIUR, 1, *row)


def test_the_next_village_is_the_one_with_most_people_uncovered():
    found = reach([Session(NIUR, 1, 3, 3)], {NIUR: 900, LAIN: 20, JAUH: 80, "1705012005": 0})
    assert [village.village for village in next_villages(found)] == [JAUH, LAIN]


def test_progress_adds_up_month_by_month_without_gaps():
    steps = progress([Session(NIUR, 10, 5, 5), Session(LAIN, 12, 9, 4), Session(NIUR, 12, 5, 5)], {NIUR: 8, LAIN: 9})
    assert [tuple(vars(step).values()) for step in steps] == [(10, 1, 1, 5, 5), (11, 1, 1, 5, 5), (12, 3, 2, 19, 12)]
    assert progress([], {NIUR: 8}) == []


EVENTS = st.lists(
    st.tuples(st.sampled_from([NIUR, LAIN]), st.integers(1, 6), st.integers(0, 50), st.integers(0, 50)), max_size=12
)


@given(EVENTS, st.integers(0, 80))
def test_no_share_passes_all_nobody_who_came_is_lost_and_progress_ends_where_reach_is(rows, uncovered):
    events = [Session(village, month, max(came, some), min(came, some)) for village, month, came, some in rows]
    counts = {NIUR: uncovered}
    found = reach(events, counts)
    assert sum(place.came for place in found) == sum(event.came for event in events)
    assert all(place.reached <= place.uncovered for place in found)
    steps = progress(events, counts)
    assert [step.reached for step in steps] == sorted(step.reached for step in steps)
    if steps:
        assert (steps[-1].events, steps[-1].reached) == (len(events), sum(place.reached for place in found))
