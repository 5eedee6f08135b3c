"""Membership: the questions other rooms ask."""

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.kernel.month import month_index
from jangkau.core.law.book import LawUndefinedOn
from jangkau.core.law.membership import active_expr, is_active, longest_arrears, status, status_of, waiting_months

NOV = month_index("2026-11")


def test_paid_to_august_is_active_in_november_and_paid_to_july_is_not() -> None:
    assert is_active(month_index("2026-08"), NOV)
    assert not is_active(month_index("2026-07"), NOV)
    assert is_active(month_index("2027-05"), NOV)


def test_a_column_says_the_same_and_never_paid_is_not_active() -> None:
    frame = nw.from_native(pl.DataFrame({"m": [NOV, NOV - 3, NOV - 4, None]}))
    assert frame.select(active_expr("m", NOV))["aktif"].to_list() == [True, True, False, False]


def test_the_numbers_come_from_the_book() -> None:
    assert longest_arrears(NOV) == 3
    assert (waiting_months(NOV), waiting_months(NOV, "PU")) == (3, 0)
    with pytest.raises(LawUndefinedOn):
        waiting_months(month_index("2024-12"))
    with pytest.raises(LawUndefinedOn):
        is_active(0, month_index("2014-01"))


def test_segments_of_a_frame_wait_each_by_its_own_rule() -> None:
    rows = pl.DataFrame({"orang": ["b", "a"], "bulan": [NOV, NOV], "segmen": ["PU", "BPU"]})
    said = status(rows, NOV).rows(named=True)
    assert [(row["orang"], row["status"], row["penuh"]) for row in said] == [
        ("b", "aktif", True),
        ("a", "aktif", False),
    ]


def test_no_payment_is_no_row() -> None:
    rows = pl.DataFrame({"orang": ["a"], "bulan": [NOV]})
    assert len(status(rows, NOV - 1)) == 0
    assert len(status(rows.clear(), NOV)) == 0
    assert status_of([], NOV).state.shape == (1, 0)


def test_months_before_the_waiting_rule_is_known_are_never_full_but_count() -> None:
    line = status_of(range(month_index("2024-10"), month_index("2025-03")), month_index("2025-02"))
    assert [bool(flag) for flag in line.full[0]] == [False, False, False, True, True]
