"""What outreach changed: against a plain reference, and honest where little is known."""

from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.outreach import Area, effect


def areas(*changes, reached, size=1_000, earlier=None):
    return [
        Area(f"{reached:d}{at}", reached=reached, uncovered=size, before=50, after=50 + more, earlier=earlier)
        for at, more in enumerate(changes)
    ]


def test_areas_of_one_size_are_compared_by_their_means():
    some, none = [20, 24, 30, 26, 22, 28], [10, 12, 8, 9, 11]
    found = effect([*areas(*some, reached=True), *areas(*none, reached=False)])
    assert found.found.value == pytest.approx(mean(some) - mean(none))
    half = (variance(some) / len(some) + variance(none) / len(none)) ** 0.5
    assert (found.found.high - found.found.low) / 2 == pytest.approx(
        half * 2.365, rel=0.03
    )  # Student's, about 7 degrees of freedom
    assert found.people.value == pytest.approx(6 * found.found.value)
    assert "lebih banyak" in found.words[0]
    assert (found.reached.after - found.reached.before, found.reached.uncovered) == (sum(some), 6_000)


def test_what_happened_everywhere_is_no_effect():
    found = effect([*areas(30, 31, 29, 30, 32, reached=True), *areas(31, 30, 29, 32, 30, reached=False)])
    assert found.found.low <= 0 <= found.found.high
    assert "Belum terlihat beda" in found.words[0]


def test_harm_is_said_as_well():
    found = effect([*areas(0, 1, 2, 1, 0, reached=True), *areas(40, 41, 39, 42, 40, reached=False)])
    assert found.found.high < 0
    assert "lebih sedikit" in found.words[0]


@pytest.mark.parametrize(("some", "none"), [(4, 30), (30, 4), (0, 0), (1, 1)])
def test_few_areas_give_no_number(some, none):
    found = effect([*areas(*[20] * some, reached=True), *areas(*[10] * none, reached=False)])
    assert (found.found, found.people) == (None, None)
    assert f"{some} kawasan dijangkau dan {none} tidak" in found.words[0]


def test_nobody_who_joined_gives_no_number():
    none = [Area(str(at), reached=at < 5, uncovered=100, before=0, after=0) for at in range(10)]
    assert effect(none).found is None
    assert "belum seorang pun" in effect(none).words[0]


def test_an_area_without_anyone_to_reach_changes_nothing():
    known = [*areas(20, 24, 30, 26, 22, reached=True), *areas(10, 12, 8, 9, 11, reached=False)]
    assert effect([*known, Area("x", reached=True, uncovered=0, before=0, after=9)]) == effect(known)


def test_that_areas_were_chosen_is_always_said():
    for some in (1, 9):
        assert any("tidak diundi" in words for words in effect(areas(*[1] * some, reached=True)).words)


def test_groups_that_drifted_apart_before_are_told():
    apart = [*areas(20, 21, 22, 20, 21, reached=True, earlier=30), *areas(10, 12, 8, 9, 11, reached=False, earlier=50)]
    found = effect(apart)
    assert found.drift.low > 0
    assert any("sebelum sosialisasi" in words for words in found.words)
    unknown = effect([*areas(*[20] * 5, reached=True), *areas(*[10] * 5, reached=False)])
    assert unknown.drift is None
    assert any("tidak diketahui" in words for words in unknown.words)


AREA = st.tuples(st.integers(1, 5_000), st.integers(0, 300), st.integers(0, 300))


@given(st.lists(AREA, min_size=5, max_size=9), st.lists(AREA, min_size=5, max_size=9), st.randoms())
def test_the_number_is_the_difference_of_shares_in_any_order(some, none, random):
    known = [Area(f"a{at}", True, *row) for at, row in enumerate(some)]
    known += [Area(f"b{at}", False, *row) for at, row in enumerate(none)]
    found = effect(known)
    if found.found is None:
        assert not any(before + after for _, before, after in (*some, *none))
        return
    share = [sum(after - before for _, before, after in rows) / sum(base for base, *_ in rows) for rows in (some, none)]
    assert found.found.value == pytest.approx(1_000 * (share[0] - share[1]), abs=1e-9)
    assert found.found.low <= found.found.value <= found.found.high
    random.shuffle(known)
    assert effect(known).found == pytest.approx(found.found, abs=1e-6)
