"""Whom a campaign reached against the uncovered, where to go next, what it changed: from counts, never from nothing."""

import counted as c
import monitored
import outreached
import polars as pl
import pytest
import worlds

from jangkau.apps.jobs.models import Job
from jangkau.apps.monitoring.gathering import Inputs
from jangkau.apps.monitoring.persons import keep_people
from jangkau.apps.outreach import gathered
from jangkau.apps.outreach.jobs import counted
from jangkau.apps.outreach.models import Campaign
from jangkau.apps.registry.models import Programme
from jangkau.core.coverage import parameters, read_panel
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.progress import Silent
from jangkau.core.law.book import Book
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module", autouse=True)
def world(module_db, cast):
    make_regions()
    outreached.everything(cast.user("operator_kab"))


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def address(db):
    return f"/mitra/sosialisasi/{Campaign.objects.get().pk}/"


def told(answer):
    return " ".join(answer.content.decode().split())


def test_reach_is_a_share_of_the_uncovered_with_both_numbers_and_their_day(address, cast):
    outreached.counts()
    page = told(cast.client("operator_kab").get(f"{address}jangkauan/"))
    uncovered = sum(180 - at for at in range(14))
    assert f"90 dari {uncovered:,} orang, 31 Oktober 2026".replace(",", ".", 1) in page
    assert "8 desa belum" in page
    assert "rencanakan acara di 1705012008" in page  # the one with the most uncovered of those without an event


def test_villages_are_ranked_and_can_be_had_as_a_table(address, cast):
    outreached.counts()
    client = cast.client("operator_kab")
    lines = client.get(f"{address}jangkauan.csv").content.decode().splitlines()[1:]
    assert [line.split(",")[0] for line in lines[:3]] == outreached.VILLAGES[6:9]
    assert lines[8].split(",")[3:9] == ["1", "20", "0", "15", "180", "8.3"]
    book = client.get(f"{address}jangkauan.xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    assert "Balai" not in "".join(lines)
    assert client.get(f"{address}jangkauan.pdf").status_code == 404
    assert told(client.get(f"{address}jangkauan/?kelompok=sudah")).count("<td>Niur</td>") == 1


def test_events_can_be_had_as_a_table_without_anybody_named(address, cast):
    lines = cast.client("operator_kab").get(f"{address}acara.csv").content.decode().splitlines()
    assert len(lines) == 7
    assert lines[1].endswith(",2026-07-12,Balai desa,12,8,15,")
    assert "Ibu Contoh" not in "".join(lines)
    assert len(cast.client("operator_desa").get(f"{address}acara.csv").content.decode().splitlines()) == 2
    assert cast.client("operator_kab").get(f"{address}lain.csv").status_code == 404


def test_a_village_to_whose_event_nobody_came_is_not_reached(address, cast):
    outreached.counts()
    outreached.event(Campaign.objects.get(), outreached.VILLAGES[7], women=0, men=0, uncovered=0)
    lines = cast.client("operator_kab").get(f"{address}jangkauan.csv").content.decode().splitlines()
    assert [line.split(",")[3] for line in lines if line.startswith(outreached.VILLAGES[7])] == ["0"]


def test_a_village_sees_its_own_part_alone(address, cast):
    outreached.counts()
    lines = cast.client("operator_desa").get(f"{address}jangkauan.csv").content.decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [outreached.NIUR]
    page = told(cast.client("operator_desa").get(f"{address}hasil/"))
    assert "Belum dapat dikatakan: 1 desa dijangkau" in page
    assert cast.client("operator_kab", "1704").get(f"{address}hasil/").status_code == 404


def test_the_effect_is_shown_with_its_interval_its_parts_and_its_caution(address, cast):
    outreached.counts()
    client = cast.client("operator_kab")
    page = told(client.get(f"{address}hasil/"))
    for words in (
        "kisaran 95%",
        "tidak diundi",
        "1.200",
        "1.600",
        "yang dijangkau, tambahan pendaftar mandiri",
    ):
        assert words in page
    lines = client.get(f"{address}gambar/hasil.csv?bulan=1").content.decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["−2", "−1", "0"]
    assert float(lines[3].split(",")[1]) > float(lines[3].split(",")[2])


def test_little_is_said_where_little_is_known(address, cast):
    outreached.counts(outreached.VILLAGES[:8])
    page = told(cast.client("operator_kab").get(f"{address}hasil/"))
    assert "perlu paling sedikit 5 dan 5" in page
    assert "kisaran" not in page.split("Cara menghitung")[0]


def test_where_another_campaign_was_is_nobody_to_compare_with(address, cast):
    outreached.counts()
    other = outreached.campaign(cast.user("operator_kab"), nama="Lain")
    for desa in outreached.VILLAGES[6:12]:
        outreached.event(other, desa)
    assert "6 desa dijangkau dan 2 tidak" in told(cast.client("operator_kab").get(f"{address}hasil/"))


def test_before_anything_is_counted_the_pages_say_so(address, cast):
    for part in ("jangkauan/", "hasil/"):
        assert "elum" in told(cast.client("operator_kab").get(address + part))
    assert "belum dihitung" in told(cast.client("operator_kab").get(f"{address}jangkauan/"))


def test_a_chart_is_drawn_as_picture_and_part_of_the_page(address, cast, monkeypatch):
    outreached.counts()
    monkeypatch.setattr("jangkau.apps.monitoring.drawing._Drawer.draw", lambda *given: b'<svg width="1"><g/></svg>')
    client = cast.client("operator_kab")
    assert "hx-get" in told(client.get(f"{address}hasil/"))
    assert told(client.get(f"{address}gambar/hasil.html")).count("<svg") == 2
    assert "hx-get" not in told(client.get(f"{address}hasil/"))
    picture = client.get(f"{address}gambar/kemajuan.png")
    assert b"".join(picture.streaming_content)
    assert client.get(f"{address}gambar/lain.svg").status_code == 404


def test_a_fixed_number_of_questions_however_many_villages(address, cast, django_assert_max_num_queries):
    outreached.counts()
    for part, most in (("jangkauan/", 20), ("hasil/", 16)):
        with django_assert_max_num_queries(most):
            cast.client("operator_kab").get(address + part)


def _registers():
    """Three registers: 1 and 2 pay for themselves, 3 by a fund, 4 has left again, 5 lives elsewhere, 6 is no member."""
    own = {"kode_wilayah": "1705", "pembayar": "SENDIRI"}
    rows = [c.member(1, **own, mulai="2026-08"), c.member(2, **own, mulai="2026-09"),
            c.member(3, kode_wilayah="1705", pembayar="APBD_KAB", mulai="2026-08"),
            c.member(5, **own, mulai="2026-08")]  # fmt: skip
    early = [*rows[:1], c.member(4, **own, mulai="2026-07", dibayar_sampai="2026-08")]
    people = [c.resident(n, kode_desa=outreached.NIUR, nama=f"Warga {n}") for n in (1, 2, 3, 4, 6)]
    dates = [(monitored.DAYS[1].replace(month=8, day=31), early), (monitored.DAYS[-1], rows)]
    return Inputs(potret={day: c.members(*told) for day, told in dates}, penduduk=c.population(*people))


def test_counts_come_from_the_people_behind_the_newest_figures(db, cast):
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"})
    counting = monitored.counting()
    given = _registers()
    panel = read_panel(given.potret, "17", Book.load(), parameters().bayar_menyusul)
    keep_people(counting.parts, given, panel, "17", Book.load())
    counted(Job())
    assert Job.objects.filter(kind=gathered.KIND).count() == 1
    assert gathered.gather(Silent())
    found = gathered.gathered()
    assert found.uncovered(["1705"], ["TANI"]) == {outreached.NIUR: (5, 2)}
    assert found.uncovered(["1704"], []) == {}
    months = {month_index(f"2026-{month:02}"): 1 for month in (7, 8, 9)}
    assert found.joined(["1705"], []) == {outreached.NIUR: months}
    assert (found.known.first, found.known.last) == (month_index("2026-08"), month_index("2026-10"))
    for file in found.folder.glob("*.parquet"):
        assert not {"nik", "nama", "orang_id"} & {*pl.read_parquet(file).columns}
