"""The dashboard: every figure with what it is made of, region by region."""

from datetime import date

import monitored
import polars as pl
import pytest

from jangkau.apps.monitoring import reading
from jangkau.core.coverage import funnel
from jangkau.core.engine import frame, polars


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def test_a_region_is_shown_with_both_numbers_and_their_sources(sign_in):
    monitored.counting()
    page = sign_in("operator_kab").get("/monev/1705/").content.decode()
    for told in ("23.360", "67.800", "34,5 %", "BPS 2025", "register/peserta per 2026-11-22", "Sukaraja"):
        assert told in page, told


def test_small_counts_are_hidden_from_those_who_may_not_see_persons(sign_in):
    monitored.counting([monitored.row("cakupan_warga", "1705012002", monitored.DAYS[-1], 3, 20)])
    shown, hidden = (sign_in(role).get("/monev/1705012002/").content.decode() for role in ("pengelola", "evaluator"))
    assert "15,0 %" in shown
    assert "&lt; 5" in hidden
    assert "15,0 %" not in hidden


def test_a_chart_is_a_table_in_csv_and_a_neighbour_gets_none(sign_in):
    monitored.counting()
    told = sign_in("operator_kab").get("/monev/1705/gambar/perkembangan.csv").content.decode()
    assert told.count("dihitung") == 3
    assert sign_in("operator_kab", "1704").get("/monev/1705/gambar/perkembangan.csv").status_code == 404


def test_a_figure_opens_what_it_means(sign_in):
    monitored.counting()
    page = sign_in("evaluator").get("/monev/1705/angka/cakupan/").content.decode()
    assert "satu orang satu kali" in page
    assert "23.360 / 67.800" in page
    above = sign_in("evaluator").get("/monev/17/angka/cakupan/").content.decode()
    assert 'href="/monev/1704/angka/cakupan/"' in above


def test_change_between_two_days_is_shown_as_it_was_counted(sign_in):
    first, last = monitored.DAYS[0], monitored.DAYS[-1]
    steps = [("awal", 100), ("baru", 30), ("lapse", -20), ("akhir", 110)]
    rows = [("1705", "SEMUA", step, abs(n), n, first, last) for step, n in steps]
    monitored.counting(changes=rows)
    told = sign_in("operator_kab").get("/monev/1705/gambar/perubahan.csv").content.decode()
    assert "lapse,20,-20" in told


def test_the_months_to_come_stand_beside_the_past_with_their_tested_error(sign_in):
    ahead = [monitored.row("cakupan", "1705", date(2027, 1, 31), 24_000, 67_800, asal="ramalan", bawah=33.0, atas=38.0)]
    tried = [{"wilayah": "1705", "jarak": n, "banyak": 20 - n, "galat": 0.7 * n, "condong": 0.0} for n in (1, 3, 6)]
    beside = {reading.AHEAD: pl.DataFrame(ahead, schema=reading.SCHEMA), reading.TRIED: pl.DataFrame(tried)}
    monitored.counting(beside=beside)
    client = sign_in("operator_kab")
    assert "3 bulan: 2,1%" in client.get("/monev/1705/").content.decode()
    assert "ramalan" in client.get("/monev/1705/gambar/perkembangan.csv").content.decode()


def test_where_too_little_is_known_to_forecast_the_page_says_so(sign_in):
    monitored.counting()
    assert "Belum cukup potret peserta untuk meramalkan" in sign_in("operator_kab").get("/monev/1705/").content.decode()


def test_from_list_to_claim_unknown_steps_stay_unknown_and_few_people_hidden(sign_in):
    counts = [(monitored.DAYS[-1], "1705012002", step, n) for step, n in (("baris", 40), ("orang", 30), ("dibayar", 3))]
    steps = funnel(frame(pl.DataFrame(counts, ["per", "wilayah", "tahap", "jumlah"], orient="row")), "17")
    monitored.counting(beside={reading.STEPS: polars(steps)})
    shown, hidden = (
        sign_in(role).get("/monev/1705/gambar/corong.csv").content.decode() for role in ("pengelola", "evaluator")
    )
    assert "Dibayar,3," in shown
    assert "Layak,belum diketahui," in shown
    assert "Dibayar,< 5," in hidden
