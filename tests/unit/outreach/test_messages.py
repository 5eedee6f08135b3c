"""Messages hold the numbers of the day's law, with their conditions."""

from datetime import date

import pytest

from jangkau.core.kernel.month import month_of
from jangkau.core.law.membership import waiting_months
from jangkau.core.outreach import TEMPLATES, message

ON = date(2026, 11, 22)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_message_says_which_insurance_and_what_it_costs_on_which_day(name):
    text = message(name, ON)
    assert "bukan BPJS Kesehatan" in text
    assert "Angka per 22 November 2026." in text
    assert "{" not in text
    assert "Rp" in text


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_death_benefit_never_stands_without_its_wait(name):
    assert f"{waiting_months(month_of(ON))} bulan" in message(name, ON)


def test_amounts_follow_the_law_of_the_day():
    """PP 50/2025: half the contribution of transport workers in 2026 and early 2027, and in full afterwards."""

    def due(on, sector):
        return message("pengingat", on, sector=sector).split(" bulan ini")[0]

    assert due(date(2027, 2, 1), "ANGKUTAN") != due(date(2028, 2, 1), "ANGKUTAN")
