"""Claims: what stands beside the amount."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import amounts, jht_balance
from jangkau.core.law.claims import Event, claim, years_after

OCT = month_index("2026-10")


def test_a_death_at_work_needs_a_wage() -> None:
    with pytest.raises(Problem, match="HUKUM_MASUKAN_SALAH"):
        claim(Event("MENINGGAL_KERJA", date(2026, 10, 5), paid=(OCT,)))


def test_an_unknown_event_is_a_problem() -> None:
    with pytest.raises(Problem, match="peristiwa"):
        amounts(pl.DataFrame({"peristiwa": ["SAKIT"], "bulan": [OCT]}))


def test_every_condition_and_source_says_its_article_and_confidence() -> None:
    found = claim(Event("MENINGGAL", date(2026, 10, 5), paid=tuple(range(OCT - 40, OCT)), children=("SD",)))
    assert all(c.source.reference and c.source.confidence for c in found.conditions)
    assert {source.confidence for source in found.sources} <= {"tinggi", "sedang", "rendah"}
    assert any(source.confidence == "rendah" for source in found.sources) == bool(found.warnings)


def test_the_third_paid_month_warns_that_the_law_leaves_it_open() -> None:
    third = claim(Event("MENINGGAL", date(2026, 10, 5), paid=(OCT - 2, OCT - 1, OCT)))
    second = claim(Event("MENINGGAL", date(2026, 10, 5), paid=(OCT - 1, OCT)))
    assert any("Bulan pertama manfaat" in text for text in third.warnings)
    assert not any("Bulan pertama manfaat" in text for text in second.warnings)


def test_no_scholarship_without_a_payable_claim() -> None:
    gone = claim(Event("MENINGGAL_KERJA", date(2026, 10, 5), paid=(OCT - 9,), wage=1_000_000, children=("SD",)))
    assert (gone.total, gone.scholarships) == (0, ())


def test_five_years_after_a_leap_day() -> None:
    assert years_after(date(2028, 2, 29), 5) == date(2033, 2, 28)
    assert years_after(date(2028, 2, 29), 4) == date(2032, 2, 29)


def test_savings_grow_on_the_opening_balance() -> None:
    assert jht_balance([20_000, 0, 20_000]) == [20_000, 20_000, 40_000]
    assert jht_balance([1_000_000, 0], Decimal("6.0")) == [1_000_000, 1_005_000]
    assert jht_balance([]) == []


def test_migrants_have_rules_of_their_own_that_are_not_guessed() -> None:
    with pytest.raises(Problem, match="HUKUM_TIDAK_DIMUAT"):
        claim(Event("MENINGGAL", date(2026, 10, 5), segment="PMI", paid=(OCT,)))
