"""Campaigns and events: planned, recorded, questioned, handed on; each role within its region; on record."""

from datetime import date, timedelta

import outreached
import pictures
import pytest
import worlds
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jangkau.apps.audit.models import Event
from jangkau.apps.intake.models import Shipment
from jangkau.apps.outreach import selectors
from jangkau.apps.outreach.models import Campaign, Material, OutreachEvent
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world
NEW = {"nama": "Nelayan Seluma", "region_code": "1705", "first": "2026-11-01", "last": "2026-12-31", "target": "300",
       "tags": ["NELAYAN"], "asked": ["beda", "tunggu"]}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def world(module_db, cast, tmp_path_factory):
    make_regions()
    outreached.everything(cast.user("operator_kab"))


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def made(db):
    return Campaign.objects.get()


@pytest.fixture
def waiting(made):
    return outreached.planned(made, on=timezone.localdate() - timedelta(days=2), place="Masjid Niur")


def told(answer):
    return " ".join(answer.content.decode().split())


def test_a_campaign_is_planned_by_the_kabupaten_and_on_record(db, cast):
    answer = cast.client("operator_kab").post("/mitra/sosialisasi/baru/", NEW)
    made = Campaign.objects.get(nama="Nelayan Seluma")
    assert answer.headers["Location"] == f"/mitra/sosialisasi/{made.pk}/"
    assert (made.tags, made.asked, made.bank) == (["NELAYAN"], ["beda", "tunggu"], "2026-11")
    assert Event.objects.first().tindakan == "outreach.campaign"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"region_code": "1704"}, "Tidak ada wilayah"), ({"last": "2026-10-01"}, "sebelum tanggal mulai"),
     ({"target": "0"}, "1"), ({"tags": ["RAJA"]}, "RAJA")],
)  # fmt: skip
def test_what_cannot_be_a_campaign_is_told(db, cast, wrong, words):
    answer = cast.client("operator_kab").post("/mitra/sosialisasi/baru/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert words in told(answer)


def test_who_may_not_plan_does_not(db, cast):
    for role in ("operator_desa", "penyetuju", "auditor", "evaluator", "sponsor"):
        assert cast.client(role).post("/mitra/sosialisasi/baru/", NEW).status_code == 403


def test_a_village_sees_the_campaign_above_it_and_its_own_events_only(made, cast):
    page = told(cast.client("operator_desa").get(f"/mitra/sosialisasi/{made.pk}/"))
    assert page.count("Balai desa") == 1
    assert "Ubah" not in page
    assert cast.client("operator_kab", "1704").get(f"/mitra/sosialisasi/{made.pk}/").status_code == 404
    assert told(cast.client("auditor").get(f"/mitra/sosialisasi/{made.pk}/")).count("Balai desa") == 6
    elsewhere = OutreachEvent.objects.filter(region_code=outreached.NEXT).get()
    assert cast.client("operator_desa").get(f"/mitra/sosialisasi/acara/{elsewhere.pk}/").status_code == 404


def test_a_campaign_of_the_province_is_seen_within_ones_own_part(db, cast):
    whole = outreached.campaign(cast.user("pengelola"), "17", nama="Seprovinsi")
    assert selectors.areas(cast.user("operator_kab"), whole) == ["1705"]
    assert selectors.areas(cast.user("pengelola"), whole) == ["17"]
    client = cast.client("operator_kab")
    assert client.get(f"/mitra/sosialisasi/{whole.pk}/ubah/").status_code == 404
    there = {"region_code": outreached.NIUR, "place": "Balai", "on": "2026-12-01"}
    assert client.post(f"/mitra/sosialisasi/{whole.pk}/acara/", there).status_code == 302
    neighbour = client.post(f"/mitra/sosialisasi/{whole.pk}/acara/", {**there, "region_code": "1704012001"})
    assert "Tidak ada wilayah" in told(neighbour)


def test_a_campaign_with_events_keeps_its_place(made, cast):
    client, address = cast.client("pengelola"), f"/mitra/sosialisasi/{made.pk}/ubah/"
    assert "tidak dapat pindah" in told(client.post(address, {**NEW, "region_code": "17", "first": "2026-07-01"}))
    assert client.post(address, {**NEW, "first": "2026-07-01"}).status_code == 302
    assert Campaign.objects.get().target == 300


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"region_code": "170501"}, "Pilih satu desa"), ({"on": "2027-03-01"}, "Di luar masa"),
     ({"region_code": "1704012001"}, "Tidak ada wilayah")],
)  # fmt: skip
def test_an_event_is_in_one_village_and_within_the_campaign(made, cast, wrong, words):
    there = {"region_code": "Niur", "place": "Balai", "on": "2026-12-01", **wrong}
    answer = cast.client("operator_kab").post(f"/mitra/sosialisasi/{made.pk}/acara/", there)
    assert answer.status_code == 422
    assert words in told(answer)


def test_the_village_records_who_came_and_home_stops_asking(waiting, cast):
    client, address = cast.client("operator_desa"), f"/mitra/sosialisasi/acara/{waiting.pk}/"
    assert "Acara sosialisasi belum dicatat" in told(client.get("/"))
    assert "Masjid Niur" in told(client.get("/mitra/sosialisasi/"))
    assert client.post(f"{address}hadir/", {"women": 9, "men": 4, "uncovered": 7, "note": "Hujan"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.came, waiting.uncovered, waiting.recorded_by.username) == (13, 7, "operator_desa")
    assert Event.objects.first().sesudah == {"perempuan": 9, "laki_laki": 4, "belum_terlindungi": 7}
    assert "Acara sosialisasi belum dicatat" not in told(client.get("/"))


@pytest.mark.parametrize("counts", [{"women": 3, "men": 1, "uncovered": 5}, {"women": -1, "men": 2}, {"women": 4}])
def test_counts_that_cannot_be_are_told_and_not_kept(waiting, cast, counts):
    answer = cast.client("operator_desa").post(f"/mitra/sosialisasi/acara/{waiting.pk}/hadir/", counts)
    assert answer.status_code == 422
    waiting.refresh_from_db()
    assert waiting.came is None


def test_nothing_is_recorded_before_its_day_or_of_a_cancelled_one(made, cast):
    ahead = outreached.planned(made, on=timezone.localdate() + timedelta(days=3))
    client, address = cast.client("operator_kab"), f"/mitra/sosialisasi/acara/{ahead.pk}/"
    assert "belum berlangsung" in told(client.post(f"{address}hadir/", {"women": 1, "men": 1}))
    assert client.post(f"{address}batal/", {"reason": "Banjir di jalan"}).status_code == 302
    assert "dibatalkan" in told(client.get(address))
    for step in ("hadir/", "jawaban/", "batal/", "ubah/", "daftar/", "foto/"):
        assert client.post(f"{address}{step}", {"women": 1, "men": 1, "reason": "sekali lagi"}).status_code == 422


def test_answers_are_kept_as_counts_and_added_up(made, cast):
    held, client = made.events.get(region_code=outreached.NIUR), cast.client("operator_desa")
    address = f"/mitra/sosialisasi/acara/{held.pk}/"
    given = {"beda-asked_before": 20, "beda-right_before": 5, "beda-asked_after": 20, "beda-right_after": 18}
    assert client.post(f"{address}jawaban/", given).status_code == 302
    page = told(client.get(address))
    assert "25,0%" in page
    assert "+65,0 poin" in page
    for wrong, words in (({"beda-right_before": 21}, "bagian dari"), ({"beda-asked_after": 21}, "20 orang yang hadir")):
        answer = client.post(f"{address}jawaban/", {**given, **wrong})
        assert answer.status_code == 422
        assert words in told(answer)
    assert "20,0%" in told(cast.client("operator_kab").get(f"/mitra/sosialisasi/{made.pk}/"))  # of "tunggu", all events


def test_the_sheet_of_questions_has_the_numbers_of_the_day_and_a_key(made, cast):
    page = told(cast.client("operator_desa").get(f"/mitra/sosialisasi/acara/{made.events.last().pk}/soal/"))
    assert "b. 3 bulan" in page
    assert "{tunggu}" not in page


def test_the_list_that_people_signed_goes_the_way_of_all_lists(made, cast):
    held = made.events.get(region_code=outreached.NIUR)
    file = SimpleUploadedFile("hadir.csv", b"nama;nik\nANI;1705010101900001\n")
    answer = cast.client("operator_desa").post(f"/mitra/sosialisasi/acara/{held.pk}/daftar/", {"berkas": file})
    shipment = Shipment.objects.get()
    assert answer.headers["Location"].endswith(f"/{shipment.pk}/")
    assert (shipment.meant, list(held.shipments.all())) == (outreached.NIUR, [shipment])


def test_a_material_is_kept_in_the_version_that_was_used(made, cast):
    client, address = cast.client("operator_kab"), f"/mitra/sosialisasi/{made.pk}/bahan/"
    for _ in range(2):
        assert client.post(address, {"bahan": "selebaran:TANI", "copies": "50"}).status_code == 302
    client.post(address, {"bahan": "pesan:ajakan", "copies": "9"})
    assert client.post(address, {"bahan": "lain", "copies": "1"}).status_code == 422
    kept = Material.objects.exclude(version="aturan abc").values_list("kind", "version", "copies")
    sheet, message = sorted(kept, reverse=True)
    assert sheet[1].startswith("aturan ")
    assert (sheet[2], message[1:]) == (100, ("v1", 9))
    page = told(client.get(f"/mitra/sosialisasi/{made.pk}/"))
    assert "/portal/cetak/selebaran-tani.pdf" in page
    assert "pesan/ajakan/?versi=1" in page


def test_photographs_are_bounded_shown_on_record_and_withdrawn(made, cast):
    held, client = made.events.get(region_code=outreached.NIUR), cast.client("operator_desa")
    address = f"/mitra/sosialisasi/acara/{held.pk}/foto/"
    for wrong in (b"<script>", pictures.PDF):
        assert client.post(address, {"foto": pictures.upload(wrong, "a.jpg")}).status_code == 422
    for _ in range(6):
        assert client.post(address, {"foto": pictures.upload()}).status_code == 302
    assert "sudah punya 6 foto" in told(client.post(address, {"foto": pictures.upload()}))
    one = held.photos.first()
    seen = client.get(f"/mitra/sosialisasi/foto/{one.pk}/")
    assert b"".join(seen.streaming_content) == pictures.JPG
    assert Event.objects.first().tindakan == "outreach.photo_open"
    client.post(f"/mitra/sosialisasi/foto/{one.pk}/tarik/")
    assert client.get(f"/mitra/sosialisasi/foto/{one.pk}/").status_code == 404


def test_pages_ask_a_fixed_number_of_questions_and_say_when_there_is_nothing(made, cast, django_assert_max_num_queries):
    client = cast.client("operator_kab")
    for at in range(60):
        outreached.event(made, on=date(2026, 9, 1) + timedelta(days=at))
    with django_assert_max_num_queries(24):
        page = told(client.get(f"/mitra/sosialisasi/{made.pk}/"))
    assert "Halaman 1 dari 2" in page
    with django_assert_max_num_queries(18):
        client.get("/mitra/sosialisasi/")
    assert "Belum ada kampanye" in told(cast.client("operator_kab", "1704").get("/mitra/sosialisasi/"))
