"""The strip of months and what the family would receive."""

from datetime import date

import pytest

from jangkau.apps.people.benefits import benefits
from jangkau.apps.people.months import memberships, strip
from jangkau.core.kernel.month import month_index
from jangkau.core.law.book import Book

TODAY = date(2026, 11, 22)
START = month_index("2026-12")


def member(start, until, payer="SENDIRI", segment="BPU", kpj="1"):
    return kpj, {"mulai": start, "dibayar_sampai": until, "pembayar": payer, "segmen": segment, "upah": 1_000_000}


def made(*rows):
    return strip(memberships(list(rows)), TODAY, Book.load())


def cells(found, year):
    return ["".join((cell.payer or {"kosong": ".", "tunggakan": "t", "nonaktif": "x"}.get(cell.state, "?"))
                    for cell in row) for y, row in found.years if y == year][0]  # fmt: skip


def test_months_are_paid_then_in_arrears_then_out():
    found = made(member("2026-02", "2026-06", "CSR"))
    assert cells(found, 2026) == ".CCCCCtttxx."
    assert (found.state, found.covered) == ("nonaktif", 8)
    assert found.ends == month_index("2026-10")


def test_two_payers_keep_their_letters_and_the_wait_shows():
    found = made(member("2025-11", "2026-03", "APBD_PROV"), member("2026-04", "2026-10", "DBH_SAWIT", kpj="2"))
    assert cells(found, 2026) == "PPPSSSSSSSt."
    assert found.state == "tunggakan"
    full = [cell.full for _, row in found.years for cell in row]
    assert not full[10]
    assert any(full)


def test_months_paid_ahead_are_drawn_as_future():
    found = made(member("2026-01", "2026-12"))
    last = found.years[-1][1][-1]
    assert (last.payer, last.future, last.full) == ("M", True, False)
    assert found.ends == month_index("2027-04")


def test_nobody_is_a_member_without_a_readable_month():
    found = made(member(None, "2026-10"), member("kosong", "2026-10"))
    assert (found.years, found.state, found.memberships) == ([], "belum", [])


def test_a_stranger_gets_nothing_today_and_all_after_the_wait():
    found = benefits(made(), TODAY, START)
    totals = [amount.total for amount in found.amounts]
    assert totals[:2] == [0, 0]
    assert 0 < totals[2] < totals[3]
    assert totals[4] > totals[3]
    assert found.sources


@pytest.mark.parametrize("until", ["2026-10", "2026-11"])
def test_an_active_member_of_long_standing_gets_the_full_benefit(until):
    found = benefits(made(member("2025-01", until)), TODAY, START)
    assert len(found.amounts) == 2
    assert found.amounts[0].total >= 42_000_000


def test_a_member_since_before_the_law_that_is_loaded_has_a_page():
    found = made(member("2008-03", "2026-10", "PEMBERI_KERJA", "PU"))
    assert (found.state, found.since) == ("tunggakan", month_index("2008-03"))
    assert benefits(found, TODAY, START).amounts[0].total == 42_000_000
    assert made(member("2008-03", "2012-10", "PEMBERI_KERJA", "PU")).state == "belum"
