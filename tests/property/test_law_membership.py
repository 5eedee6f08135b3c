"""Membership over person-months against a slow reference, person by person, month by month."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.kernel.month import first_day, month_index
from jangkau.core.law.benefits import amounts
from jangkau.core.law.claims import Event, claim
from jangkau.core.law.membership import STATES, is_active, status, status_of, timeline

FIRST = month_index("2026-01")
grids = st.integers(1, 6).flatmap(
    lambda people: st.integers(1, 30).flatmap(
        lambda width: st.lists(
            st.lists(st.booleans(), min_size=width, max_size=width), min_size=people, max_size=people
        )
    )
)


def waited_at_end(paid: list[bool], *, wait: int) -> bool:
    """Whether the wait is over for somebody who dies in the last month: full there, or had it been paid."""
    return reference([*paid[:-1], True], wait=wait)[-1][1]


def reference(paid: list[bool], *, wait: int) -> list[tuple[str, bool, int]]:
    """(state, full, registrations) of each month, in plain words of the rule."""
    course, registrations, unpaid, in_a_row, waited = [], 0, 99, 0, False
    for now in paid:
        full = False
        if now:
            if unpaid >= 3:  # after three unpaid months the membership is over: this is a new registration
                registrations, in_a_row, waited = registrations + 1, 0, False
            full = waited or wait == 0
            unpaid, in_a_row = 0, in_a_row + 1
            waited = waited or in_a_row >= wait
            state = "aktif"
        else:
            unpaid, in_a_row = unpaid + 1, 0
            state = "belum" if not registrations else "tunggakan" if unpaid <= 3 else "non-aktif"
        course.append((state, full, registrations))
    return course


@settings(max_examples=tries(200), deadline=None)
@given(grids, st.sampled_from([("BPU", 3), ("PU", 0)]))
def test_states_are_those_of_the_rule(grid: list[list[bool]], segment: tuple[str, int]) -> None:
    line = timeline(np.array(grid, np.bool_), FIRST, segment[0])
    got = [
        [(STATES[s], bool(f), int(r)) for s, f, r in zip(*person, strict=True)]
        for person in zip(line.state, line.full, line.registration, strict=True)
    ]
    assert got == [reference(paid, wait=segment[1]) for paid in grid]


@settings(max_examples=tries(100), deadline=None)
@given(grids)
def test_a_long_frame_says_the_same_as_the_grid(grid: list[list[bool]]) -> None:
    rows = [(f"p{i}", FIRST + m) for i, person in enumerate(grid) for m, paid in enumerate(person) if paid]
    long = status(
        pl.DataFrame(rows, schema={"orang": pl.String, "bulan": pl.Int64}, orient="row"), FIRST + len(grid[0]) - 1
    )
    said = {
        (row["orang"], row["bulan"]): (row["status"], row["penuh"], row["pendaftaran"]) for row in long.rows(named=True)
    }
    for i, person in enumerate(grid):
        for m, want in enumerate(reference(person, wait=3)):
            if want[0] != "belum":
                assert said.pop((f"p{i}", FIRST + m)) == want
    assert not said


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 12))
def test_active_means_at_most_three_months_behind(paid: int, later: int) -> None:
    paid_until = FIRST + paid
    line = status_of([paid_until], paid_until + later)
    assert is_active(paid_until, paid_until + later) == (later <= 3) == (STATES[line.state[0, -1]] != "non-aktif")


@settings(deadline=None)
@given(st.integers(1, 24))
def test_protected_months_of_a_block_are_those_after_the_wait(months: int) -> None:
    line = status_of(range(FIRST, FIRST + months), FIRST + months - 1)
    assert line.full.sum() == max(0, months - 3)


@settings(deadline=None)
@given(st.integers(0, 1), st.integers(1_000_000, 20_000_000), st.integers(1, 40))
def test_benefit_amounts_are_those_of_the_text(full: int, wage: int, months: int) -> None:
    table = pl.DataFrame(
        {
            "peristiwa": ["MENINGGAL", "MENINGGAL_KERJA", "CACAT_TOTAL", "TIDAK_MAMPU_BEKERJA"],
            "bulan": [FIRST] * 4,
            "upah": [wage] * 4,
            "penuh": [full] * 4,
            "lama": [months] * 4,
        }
    )
    replaced = 2 * wage * min(months, 12) + wage * max(0, months - 12)
    want = [42_000_000 if full else 10_000_000, 48 * wage + 22_000_000, 56 * wage + 12_000_000, (replaced + 1) // 2]
    assert amounts(table)["manfaat"].to_list() == want


@settings(max_examples=tries(100), deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_a_death_pays_nothing_ten_or_forty_two_million(paid: list[bool]) -> None:
    last = FIRST + len(paid) - 1
    found = claim(Event("MENINGGAL", first_day(last), paid=tuple(FIRST + m for m, now in enumerate(paid) if now)))
    state = reference(paid, wait=3)[-1][0]
    standing = state in ("aktif", "tunggakan")
    assert found.total == (0 if not standing else 42_000_000 if waited_at_end(paid, wait=3) else 10_000_000)
    unmet = [condition.name.split()[0] for condition in found.conditions if not condition.met]
    assert ("Tunggakan" in unmet) == (state == "tunggakan")
    assert ("Kepesertaan" in unmet) == (not standing)
