"""What outreach changed: against a plain reference, and honest where little is known."""

from dataclasses import replace
from statistics import mean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.outreach.effect import Known, Village, effect

EVENT = 24_000
KNOWN = Known(last=EVENT + 20, first=0)


def villages(*changes, reached, size=1_000, earlier=50):
    """One village a change: so many more joiners in the month of the event than in the one before."""
    return [
        Village(f"{bool(reached)}{at}", size, {EVENT - 4: earlier, EVENT - 1: 50, EVENT: 50 + more}, reached)
        for at, more in enumerate(changes)
    ]


def test_villages_of_one_size_are_compared_by_their_means():
    some, none = [20, 24, 30, 26, 22, 28], [10, 12, 8, 9, 11]
    found = effect([*villages(*some, reached=EVENT), *villages(*none, reached=None)], KNOWN)
    assert found.found.value == pytest.approx(mean(some) - mean(none))
    assert found.people.value == pytest.approx(6 * found.found.value)
    assert "lebih banyak" in found.words[0]
    assert (found.reached.after - found.reached.before, found.reached.workers) == (sum(some), 6_000)
    assert [month.at for month in found.line] == list(range(-6, 3))
    assert found.line[-3] == (0, pytest.approx(50 + mean(some)), pytest.approx(50 + mean(none)))


def test_each_village_is_looked_at_around_its_own_month():
    early = [Village(f"a{at}", 100, {EVENT - 1: 1, EVENT: 5 + at % 2}, EVENT) for at in range(6)]
    late = [Village(f"b{at}", 300, {EVENT + 9: 2, EVENT + 10: 8 + at % 2}, EVENT + 10) for at in range(6)]
    none = [Village(f"c{at}", 100, {EVENT: 1 + at % 2, EVENT + 10: 3}) for at in range(6)]
    found = effect([*early, *late, *none], KNOWN)
    told = (6 * 4 + 3 + 6 * 6 + 3) / 2_400 - (0.25 * (6 + 3) + 0.75 * 18) / 600
    assert found.found.value == pytest.approx(1_000 * told)


def test_what_happened_everywhere_is_no_effect():
    found = effect([*villages(30, 31, 29, 30, 32, reached=EVENT), *villages(31, 30, 29, 32, 30, reached=None)], KNOWN)
    assert found.found.low <= 0 <= found.found.high
    assert "Belum terlihat beda" in found.words[0]


def test_harm_is_said_as_well():
    found = effect([*villages(0, 1, 2, 1, 0, reached=EVENT), *villages(40, 41, 39, 42, 40, reached=None)], KNOWN)
    assert found.found.high < 0
    assert "lebih sedikit" in found.words[0]


@pytest.mark.parametrize(("some", "none"), [(4, 30), (30, 4), (0, 0), (1, 1), (0, 7), (7, 0)])
def test_few_villages_give_no_number(some, none):
    found = effect([*villages(*[20] * some, reached=EVENT), *villages(*[10] * none, reached=None)], KNOWN)
    assert (found.found, found.people) == (None, None)
    assert f"{some} desa dijangkau dan {none} tidak" in found.words[0]


def test_who_was_reached_too_lately_waits_and_is_nobody_to_compare_with():
    told = [*villages(20, 21, 22, 20, 21, 25, reached=EVENT), *villages(10, 12, 8, 9, 11, 10, reached=None)]
    late = [replace(village, code="lama", reached=EVENT + 19) for village in told[:2]]
    found = effect([*told, *late], KNOWN)
    assert found.waiting == 2
    assert found.found == effect(told, KNOWN).found
    assert "2 desa lagi" in effect([*told[:3], *late, *told[6:]], KNOWN).words[0]


def test_villages_that_changed_exactly_alike_have_no_range_and_so_no_number():
    found = effect([*villages(*[20] * 6, reached=EVENT), *villages(*[10] * 6, reached=None)], KNOWN)
    assert found.found is None
    assert "persis sama" in found.words[0]


def test_hardly_anybody_who_joined_gives_no_number():
    none = [Village(str(at), 100, {EVENT: 1}, EVENT if at < 5 else None) for at in range(9)]
    found = effect([*none, Village("9", 100, {})], KNOWN)
    assert found.found is None
    assert "belum sampai 10 orang" in found.words[0]


def test_a_village_without_workers_changes_nothing():
    known = [*villages(20, 24, 30, 26, 22, reached=EVENT), *villages(10, 12, 8, 9, 11, reached=None)]
    assert effect([*known, Village("x", 0, {EVENT: 9}, EVENT)], KNOWN) == effect(known, KNOWN)


def test_that_villages_were_chosen_is_always_said():
    for some in (1, 9):
        assert any("tidak diundi" in words for words in effect(villages(*[1] * some, reached=EVENT), KNOWN).words)


def test_groups_that_drifted_apart_before_are_told_and_what_could_not_be_seen():
    apart = [*villages(20, 21, 22, 20, 21, reached=EVENT, earlier=30), *villages(10, 12, 8, 9, 11, reached=None)]
    found = effect(apart, KNOWN)
    assert found.drift.low > 0
    assert any("sudah berjalan berbeda" in words for words in found.words)
    assert not any("kemudian masih aktif" in words for words in found.words)
    assert any("kemudian masih aktif" in words for words in effect(apart, replace(KNOWN, first=EVENT)).words)


def reference(told, months):
    """The definition, word by word."""
    some = [v for v in told if v.reached is not None]
    none = [v for v in told if v.reached is None]

    def gain(village, month):
        after = sum(n for at, n in village.joined.items() if month <= at < month + months)
        return after - sum(n for at, n in village.joined.items() if month - months <= at < month)

    workers = sum(v.workers for v in some)
    mine = sum(gain(v, v.reached) for v in some) / workers
    theirs = sum(
        other.workers / workers * sum(gain(v, other.reached) for v in none) / sum(v.workers for v in none)
        for other in some
    )
    return 1_000 * (mine - theirs)


ROW = st.tuples(
    st.integers(1, 5_000), st.dictionaries(st.integers(EVENT - 8, EVENT + 8), st.integers(0, 40), max_size=8)
)


@settings(max_examples=60)
@given(st.lists(st.tuples(ROW, st.integers(-3, 3)), min_size=5, max_size=9), st.lists(ROW, min_size=5, max_size=9),
       st.integers(1, 4), st.randoms())  # fmt: skip
def test_the_number_is_the_definition_in_any_order(some, none, months, random):
    told = [Village(f"a{at}", *row, EVENT + shift) for at, (row, shift) in enumerate(some)]
    told += [Village(f"b{at}", *row) for at, row in enumerate(none)]
    found = effect(told, KNOWN, months)
    if found.found is None:
        few = found.reached.before + found.reached.after + found.others.before + found.others.after < 10
        assert few or "persis sama" in found.words[0]
        return
    assert found.found.value == pytest.approx(reference(told, months), abs=1e-7)
    assert found.found.low <= found.found.value <= found.found.high
    random.shuffle(told)
    assert effect(told, KNOWN, months).found == pytest.approx(found.found, abs=1e-6)


@pytest.mark.parametrize(("some", "none"), [(12, 40), (25, 25)])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(some, none):
    """500 made-up kabupaten: villages of very different size and habit, a common season, an effect that varies."""
    rng, tries, hits = np.random.default_rng(20_261_127), 500, 0
    for _ in range(tries):
        workers = rng.lognormal(6.3, 0.5, some + none).astype(int) + 50
        habit = rng.gamma(4.0, 0.004 / 4, some + none)
        season, true = rng.uniform(0.8, 1.3), 0.006
        told = []
        for at, (size, usual) in enumerate(zip(workers, habit, strict=True)):
            own = true * rng.gamma(6.0, 1 / 6) if at < some else 0.0
            before, after = rng.poisson(size * usual), rng.poisson(size * (usual * season + own))
            joined = {EVENT - 1: int(before), EVENT: int(after)}
            told.append(Village(str(at), int(size), joined, EVENT if at < some else None))
        low, high = effect(told, KNOWN, 1).found[1:]
        hits += low <= 1_000 * true <= high
    assert 0.92 <= hits / tries <= 0.985
