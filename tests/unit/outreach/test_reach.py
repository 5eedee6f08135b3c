"""Reach against the uncovered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel.problems import Problem
from jangkau.core.outreach import Session, reach

NIUR, LAIN = "1705012002", "1705012003"


def test_who_came_uncovered_counts_against_all_uncovered_of_the_place():
    events = [Session(NIUR, "TANI", 40, 25, 20, 4, 15), Session(NIUR, "TANI", 10, 5), Session(NIUR, "NELAYAN", 9, 9)]
    farm, fish = sorted(reach(events, {(NIUR, "TANI"): 120, (NIUR, "NELAYAN"): 0}), key=lambda r: -r.came)
    assert (farm.events, farm.came, farm.reached, farm.uncovered, farm.share) == (2, 50, 30, 120, 25.0)
    assert (farm.asked, farm.right_before, farm.right_after) == (20, 4, 15)
    assert (fish.reached, fish.share) == (0, None)


def test_a_place_without_events_is_told_too():
    (empty,) = reach([], {(LAIN, "TANI"): 7})
    assert (empty.events, empty.reached, empty.uncovered, empty.share) == (0, 0, 7, 0.0)


def test_who_was_not_asked_counts_for_nothing():
    (place,) = reach([Session(NIUR, "TANI", 30)], {(NIUR, "TANI"): 60})
    assert (place.came, place.unasked, place.reached) == (30, 30, 0)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((5, 6), "SOSIALISASI_HADIR"), ((-1,), "SOSIALISASI_HADIR"), ((5, None, 6), "SOSIALISASI_HADIR"),
        ((5, 5, 4, 5, 0), "SOSIALISASI_JAWAB"), ((5, 5, 4, 0, 5), "SOSIALISASI_JAWAB"),
    ],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused(row, code):
    with pytest.raises(Problem, match=code):
        Session(NIUR, "TANI", *row)


@given(st.lists(st.tuples(st.sampled_from([NIUR, LAIN]), st.integers(0, 50), st.integers(0, 50))), st.integers(0, 80))
def test_no_share_passes_all_and_nobody_who_came_is_lost(rows, uncovered):
    events = [Session(area, "TANI", max(came, some), min(came, some)) for area, came, some in rows]
    found = reach(events, {(NIUR, "TANI"): uncovered})
    assert sum(place.came for place in found) == sum(event.came for event in events)
    assert all(place.reached <= place.uncovered for place in found)
    assert [(place.area, place.occupation) for place in found] == sorted({(p.area, p.occupation) for p in found})
