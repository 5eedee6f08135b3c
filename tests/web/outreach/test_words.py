"""Messages: filled with the numbers of a day, versions that never change, refused where a place does not exist."""

from datetime import date

import outreached
import pytest
import worlds

from jangkau.apps.audit.models import Event
from jangkau.apps.outreach.models import Words
from jangkau.core.outreach.messages import amounts
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world
PLACE = "/mitra/sosialisasi/pesan/"
NEW = {"code": "nelayan", "channel": "sms", "title": "Untuk nelayan", "text": "Iuran {iuran} sebulan."}


@pytest.fixture(scope="module", autouse=True)
def world(module_db, cast):
    make_regions()


def told(answer):
    return " ".join(answer.content.decode().split())


def test_a_message_has_the_numbers_of_the_day_and_the_work_asked_for(db, cast):
    asked = {"tanggal": "2027-02-01", "pekerjaan": "ANGKUTAN", "penghasilan": "1000000"}
    page = told(cast.client("operator_desa").get(f"{PLACE}ajakan/", asked))
    values = amounts(date(2027, 2, 1), sector="ANGKUTAN", income=1_000_000)
    assert f"Iuran {values['iuran']} sebulan" in page
    assert "Angka per 1 Februari 2027." in page
    assert cast.client("operator_desa").get(f"{PLACE}ajakan/", {**asked, "tanggal": "2099-01-01"}).status_code == 422


def test_an_sms_says_how_many_it_takes(db, cast):
    assert ", 2 SMS" in told(cast.client("operator_kab").get(f"{PLACE}singkat/"))


def test_an_invitation_takes_place_and_day_from_an_event_that_the_user_sees(db, cast):
    event = outreached.event(outreached.campaign(cast.user("operator_kab")))
    page = told(cast.client("operator_desa").get(f"{PLACE}undangan/?acara={event.pk}"))
    assert "Rabu, 12 Agustus 2026, di Balai desa" in page
    assert "Balai desa" not in told(cast.client("operator_kab", "1704").get(f"{PLACE}undangan/?acara={event.pk}"))


def test_a_change_is_another_version_and_the_one_before_stays(db, cast):
    client = cast.client("pengelola")
    assert client.post(f"{PLACE}baru/", NEW).headers["Location"] == f"{PLACE}nelayan/"
    client.post(f"{PLACE}nelayan/ubah/", {**NEW, "text": "Bayar {iuran} saja."})
    client.post(f"{PLACE}singkat/ubah/", {**NEW, "text": "Pendek: {iuran}."})
    assert [(w.code, w.version) for w in Words.objects.order_by("pk")] == [
        ("nelayan", 1),
        ("nelayan", 2),
        ("singkat", 2),
    ]
    assert "Bayar Rp" in told(client.get(f"{PLACE}nelayan/"))
    assert "Iuran Rp" in told(client.get(f"{PLACE}nelayan/?versi=1"))
    assert "celaka kerja" in told(client.get(f"{PLACE}singkat/?versi=1"))
    assert Event.objects.filter(tindakan="outreach.words").count() == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"text": "Dapat {hadiah}."}, "{hadiah} tidak dikenal"), ({"text": "Iuran {iuran."}, "tidak berpasangan"),
     ({"text": "Iuran Rp16.800 saja."}, "jumlah uang yang diketik"), ({"code": "ajakan"}, "sudah dipakai")],
)  # fmt: skip
def test_what_cannot_be_filled_is_refused_in_words(db, cast, wrong, words):
    answer = cast.client("pengelola").post(f"{PLACE}baru/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert words in told(answer)
    assert not Words.objects.exists()


def test_only_the_province_writes_and_unknown_messages_are_not_there(db, cast):
    for role in ("operator_kab", "operator_desa", "auditor"):
        assert cast.client(role).post(f"{PLACE}baru/", NEW).status_code == 403
    for address in ("tidak-ada/", "ajakan/?versi=9", "tidak-ada/ubah/"):
        assert cast.client("pengelola").get(PLACE + address).status_code == 404


def test_every_message_is_listed_with_its_version(db, cast):
    page = told(cast.client("operator_desa").get(PLACE))
    for title in ("Pesan singkat", "Undangan pertemuan warga", "Isi selebaran desa"):
        assert title in page
    assert "Pesan baru" not in page
