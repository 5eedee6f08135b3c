"""Pledges: what they cost, what they become, when they end; what may be shown of counts; amounts in words."""

from datetime import date, timedelta
from itertools import combinations

import narwhals as nw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel.month import month_index
from jangkau.core.law.book import Book
from jangkau.core.partners.closing import retold, stepped, tells
from jangkau.core.partners.pledge import REMIND_DAYS, STEPS, Terms, amount, due_reminder, fund, renewed
from jangkau.core.partners.spelled import spelled
from jangkau.core.planning.funds import read_funds
from jangkau.core.tables.registers import DANA

BOOK = Book.load()
FULL = 16_800


def terms(**changed: object) -> Terms:
    usual = {"kind": "CSR", "people": 100, "months": 12, "first": month_index("2028-01"), "area": "1705"}
    return Terms(**usual | changed)


def test_a_pledge_costs_its_people_times_its_months_at_the_rate_of_each_month():
    assert amount(terms(), BOOK) == 100 * 12 * FULL
    relieved = terms(first=month_index("2026-04"), months=9)  # PP 50/2025: half of JKK and JKM, not from APBD
    assert amount(relieved, BOOK) == 100 * 9 * FULL // 2
    across = terms(first=month_index("2026-12"), months=2)  # transport is relieved longer: the dearest counts
    assert amount(across, BOOK) == 100 * (FULL // 2 + FULL)
    assert amount(terms(first=month_index("2026-12"), months=2, jobs=("ANGKUTAN",)), BOOK) == 100 * FULL


def test_the_planner_reads_the_limits_of_a_pledge_as_a_fund():
    row = fund(terms(jobs=("SAWIT", "TANI"), conditions="desil<=2; belum_terdaftar"), "MITRA-1", "PT Contoh", 5_000)
    read = read_funds(DANA.conform(nw.from_dict({n: [row.get(n)] for n in DANA.names}, DANA.schema, backend="polars")))
    (known,) = read
    assert (known.kind, known.budget, known.area, known.jobs) == ("CSR", 5_000, "1705", {"SAWIT", "TANI"})
    assert known.conditions == ("belum_terdaftar", "desil<=2")
    assert [known.valid(month_index(m)) for m in ("2027-12", "2028-01", "2028-12", "2029-01")] == [0, 1, 1, 0]


def test_every_state_can_be_left_only_forwards():
    assert set(STEPS) == {state for after in STEPS.values() for state in after} | {"janji"}
    assert not STEPS["berakhir"]
    assert not STEPS["ditolak"]
    assert "dana_masuk" not in STEPS["janji"]


def test_a_renewal_follows_without_a_gap_or_begins_next_month_when_long_over():
    first = terms()
    assert renewed(first, first.first).first == first.last + 1
    assert renewed(first, first.last + 5).first == first.last + 6


@given(st.integers(-100, 400))
def test_each_reminder_is_due_from_its_day_to_the_next(left: int):
    today = date(2027, 1, 1)
    due = due_reminder(today + timedelta(left), today)
    assert due == next((days for days in sorted(REMIND_DAYS) if 0 <= left <= days), None)


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), max_size=12), st.integers(2, 6))
def test_no_two_looks_differ_but_by_what_a_whole_step_of_people_made(days: list[list[int]], least: int):
    """An attacker keeps every look, and knows everybody but one: what he subtracts is nothing, or at least a step."""
    names, told, looks, shown = ("a", "b", "c"), {}, [], []
    for day in days:
        now = dict(zip(names, day, strict=True))
        told = retold(now, told, dict.fromkeys(names, least))
        looks.append((now, told))
        shown.append({name: stepped(told[name], least) or 0 for name in names})
    for (now, after), (_then, before), new, old in zip(looks[1:], looks, shown[1:], shown, strict=False):
        for name in names:
            assert abs(now[name] - after[name]) < least
            assert new[name] == old[name] or abs(after[name] - before[name]) >= least
    for one, other in combinations(shown, 2):
        assert all((one[name] - other[name]) % least == 0 for name in names)


@given(st.integers(0, 200), st.integers(1, 60))
def test_a_step_is_rounded_down_and_the_first_is_not_told_from_none(count: int, step: int):
    shown = stepped(count, step)
    assert (shown is None) == (count < step)
    assert shown is None or (shown <= count < shown + step and shown % step == 0)


@pytest.mark.parametrize(("part", "whole", "right"), [(10, 10, True), (10, 12, False), (3, 20, False), (0, 9, True)])
def test_a_part_is_told_beside_its_whole_only_where_neither_it_nor_the_rest_is_small(part, whole, right):
    assert tells(part, whole, 5) is right


@pytest.mark.parametrize(("value", "words"), [
    (0, "nol"), (11, "sebelas"), (19, "sembilan belas"), (100, "seratus"), (1_000, "seribu"),
    (2_150, "dua ribu seratus lima puluh"),
    (100_800_000, "seratus juta delapan ratus ribu"), (1_001_000_000, "satu miliar satu juta"),
    (21_000, "dua puluh satu ribu"),
    (101_000, "seratus satu ribu"), (-16_800, "minus enam belas ribu delapan ratus"),
])  # fmt: skip
def test_amounts_in_words(value, words):
    assert spelled(value) == words
