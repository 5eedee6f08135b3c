"""The dashboard: every figure with what it is made of, region by region."""

import monitored
import pytest


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def test_a_region_is_shown_with_both_numbers_and_their_sources(sign_in):
    monitored.counting()
    page = sign_in("operator_kab").get("/monev/1705/").content.decode()
    for told in ("23.360", "67.800", "34,5 %", "BPS 2025", "register/peserta per 2026-11-22", "Sukaraja"):
        assert told in page, told
