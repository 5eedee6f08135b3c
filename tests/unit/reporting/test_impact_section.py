"""The report's page on expected poverty averted never shows the middle alone."""

import pytest
from paid_plans import crowd, exposed

from jangkau.core.impact import impact, parameters
from jangkau.core.reporting.impact_section import impact_section


@pytest.fixture(scope="module")
def found():
    e = exposed(*crowd())
    return impact(e, parameters(e.start), 200)


def test_the_finding_carries_the_pessimistic_bound(found):
    part = impact_section(found)
    assert part["judul"].startswith("Diharapkan ")
    assert "pesimis" in part["judul"]
    assert part["anak"] == found["arti"]
    assert part["keraguan"][1:] == found["catatan"]


def test_each_measure_has_its_range_and_each_decile_its_row(found):
    part = impact_section(found)
    assert all("sampai" in row[2] for row in part["baris"])
    assert sum(int(row[1]) for row in part["desil"]["baris"]) == found["orang"]
    assert "sampai" in part["alt"]
    assert part["gambar"].startswith("<svg")


def test_a_plan_that_pays_nobody_has_no_page():
    e = exposed([], [])
    assert impact_section(impact(e, parameters(e.start), 100)) is None
    assert impact_section(None) is None
