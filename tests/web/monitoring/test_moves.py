"""What moved the number of people covered, between any two snapshots, and who took each step."""

from datetime import date

import counted as c
import monitored
import moved
import polars as pl
import pytest
from moved import SPAN

from jangkau.apps.audit.models import Event
from jangkau.apps.monitoring import reading

ADDRESS, PEOPLE = "/monev/1705/perubahan/", "/monev/1705/angka/perubahan-{}/orang/"


@pytest.fixture
def kept(regions, settings, tmp_path):
    settings.DATA = tmp_path
    return moved.counting()


def test_any_two_snapshots_are_compared_and_the_page_says_which_there_are(kept, sign_in):
    page = sign_in("operator_kab").get(ADDRESS, SPAN).content.decode()
    for told in ("Ada 3 potret peserta", "31 Agustus 2026", "31 Oktober 2026", "+12", "−10</td>"):
        assert told in page, told
    other = sign_in("operator_kab").get("/monev/1705/gambar/perubahan.csv", SPAN | {"sejak": "2026-09-15"})
    assert "baru,12,12" in other.content.decode()
    usual = sign_in("operator_kab").get("/monev/1705/gambar/perubahan.csv").content.decode()
    assert "baru,3,3" in usual


def test_people_of_a_step_are_listed_masked_and_the_download_is_on_record(kept, sign_in):
    client = sign_in("operator_kab")
    page = client.get(PEOPLE.format("baru"), SPAN).content.decode()
    assert page.count("<td>Warga 2") + page.count("<td>Warga 3") == 12
    assert "Warga 11" not in page
    assert c.nik(21) not in page
    told = b"".join(client.get("/monev/1705/angka/perubahan-lainnya/orang.csv", SPAN)).decode()
    assert told.count("Warga") == 10
    event = Event.objects.first()
    assert (event.tindakan, event.sesudah["langkah"], event.sesudah["baris"]) == ("monev.people", "lainnya", 10)


def test_a_step_that_is_none_and_a_neighbour_get_nothing(kept, sign_in):
    assert sign_in("operator_kab").get(PEOPLE.format("hilang"), SPAN).status_code == 404
    assert sign_in("operator_kab", "1704").get(ADDRESS).status_code == 404
    assert sign_in("evaluator").get(PEOPLE.format("baru"), SPAN).status_code == 403


def test_who_may_see_no_person_sees_no_step_of_a_few(kept, sign_in):
    page = sign_in("evaluator").get("/monev/1705/perubahan/", {"sampai": "2026-10-31"}).content.decode()
    assert "tidak dapat ditampilkan" in page
    whole = sign_in("evaluator").get("/monev/1705/perubahan/", SPAN).content.decode()
    assert "+12" in whole
    assert "perubahan-baru" not in whole


def test_who_stays_is_drawn_by_the_month_of_the_start(kept, sign_in):
    rows = [monitored.row("keberlanjutan_6", "1705", date(2026, month, 28), 40 + month, 80) for month in (7, 8, 9)]
    monitored.counting([*monitored.rows(), *rows], key="cd" * 32)
    told = sign_in("operator_kab").get("/monev/1705/gambar/keberlanjutan.csv").content.decode()
    assert "2026-01,80,47,58" in told.replace(".0", "")
    svg = sign_in("operator_kab").get("/monev/1705/gambar/keberlanjutan.svg")
    assert "6 bulan: 61,2" in b"".join(svg).decode()


def test_a_month_whose_few_are_put_together_stands_beside_one_that_shows_them(kept, sign_in):
    months = {(0, 1): {"awal": 20, "baru": 9, "lapse": -10, "akhir": 19},
              (1, 2): {"awal": 19, "baru": 9, "kembali": 3, "lapse": -4, "akhir": 27}}  # fmt: skip
    rows = [{"wilayah": "1705", "segmen": "SEMUA", "langkah": step, "orang": abs(n), "perubahan": n,
             "sejak": moved.DAYS[since], "sampai": moved.DAYS[until]}
            for (since, until), steps in months.items() for step, n in steps.items()]  # fmt: skip
    monitored.counting(monitored.rows(), key="ef" * 32, beside={reading.CHANGED: pl.DataFrame(rows)})
    page = sign_in("evaluator").get(ADDRESS).content.decode()
    bulanan = page.partition('id="bulanan"')[2]
    assert bulanan.count('<span class="third">digabung</span>') == 1
    assert "−10</td>" in bulanan
    assert "−1</td>" in bulanan
