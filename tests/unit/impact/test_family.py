"""One family, month by month."""

import pytest
from paid_plans import BOOK

from jangkau.core.impact import EVENTS, Event, Household, family, parameters
from jangkau.core.kernel.month import month_index
from jangkau.core.law.benefits import DEATH, UNABLE

MONTH = month_index("2026-12")
KNOWN = parameters(MONTH)
HOME = Household("1701", 1, 4)


def told(event, home=HOME):
    return family(home, event, KNOWN, BOOK)


def test_a_death_with_and_without_cover():
    found = told(Event(DEATH, MONTH, 12))
    assert len(found["bulan"]) == 24
    first = found["bulan"][0]
    assert first["bulan"] == "2026-12"
    monthly = (42_000_000 - KNOWN["biaya_kematian"].nilai) / (24 * 3)
    assert first["dengan"] - first["tanpa"] == pytest.approx(monthly, abs=1)
    assert found["bulan_di_bawah_garis"]["dengan"] <= found["bulan_di_bawah_garis"]["tanpa"]


def test_three_months_paid_give_the_small_benefit():
    gains = [row["dengan"] - row["tanpa"] for paid in (3, 4) for row in told(Event(DEATH, MONTH, paid))["bulan"][:1]]
    assert gains[0] < gains[1]


def test_nobody_left_and_never_paid():
    assert told(Event(DEATH, MONTH), Household("17", 1, 1))["bulan"] == []
    first = told(Event(DEATH, MONTH, 0))["bulan"][0]
    assert first["tanpa"] == first["dengan"]


def test_an_accident_ends_when_work_goes_on():
    found = told(Event(UNABLE, MONTH))
    hurt, after = found["bulan"][:2], found["bulan"][2:]
    assert all(row["tanpa"] < row["dengan"] for row in hurt)
    assert all(row["tanpa"] == row["dengan"] == round(found["semula"]) for row in after)


def test_own_consumption_is_taken():
    assert told(Event(DEATH, MONTH), Household("17", 1, 4, 900_000))["semula"] == 900_000
    assert set(EVENTS) == {"MENINGGAL", "KECELAKAAN"}
