"""Asking without an account, without a script, and without telling anything to whoever has only the code."""

import logging
import re
from datetime import timedelta

import asked
import pytest
import worlds
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.audit.models import Event
from jangkau.apps.portal.models import Check
from jangkau.apps.requests import receipts
from jangkau.apps.requests.models import Consent, Did, Petition, PetitionStep, State
from jangkau.apps.requests.office import actions as office
from jangkau.apps.requests.words import CONSENT
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def cast(module_db):
    make_regions()


@pytest.fixture(autouse=True)
def _world(cast, db):
    """Every test has the regions."""


def code_in(answer) -> str:
    found = re.search(r'class="big code">([^<]+)<', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def look(client, code, **more):
    return client.post(reverse("ask_status"), {"kode": code, "lahir": "", **more})


def test_a_person_chooses_a_place_asks_and_gets_a_code_and_a_day(client):
    assert "170501" in client.get(reverse("ask_place", args=["masuk"])).content.decode()
    chosen = client.get(reverse("ask_place", args=["masuk"]), {"kecamatan": "170501"})
    assert chosen.headers["Location"] == reverse("ask", args=["masuk", "170501"])
    assert "Niur" in client.get(chosen.headers["Location"]).content.decode()
    answer = asked.send(client)
    made = Petition.objects.get()
    assert receipts.sum_of(code_in(answer)) == made.code_sum
    assert made.nik == asked.NIK
    assert made.due == timezone.localdate() + timedelta(days=14)
    assert (made.kind, made.state, made.region_code) == ("masuk", State.WAITING, asked.NIUR)


@pytest.mark.parametrize(("kind", "days"), [("masuk", 14), ("salah", 3), ("berhenti", 3)])
def test_each_kind_has_its_own_days_and_they_are_a_setting(client, settings, kind, days):
    asked.send(client, kind)
    assert Petition.objects.get().due == timezone.localdate() + timedelta(days=days)
    settings.JANGKAU_REQUEST_DAYS = settings.JANGKAU_REQUEST_DAYS | {kind: 5}
    assert "paling lama 5 hari" in client.get(reverse("ask_start")).content.decode()


def test_what_was_agreed_to_is_kept_word_for_word(client):
    asked.send(client)
    consent = Consent.objects.get()
    assert consent.words == str(CONSENT)
    assert consent.withdrawn_at is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("setuju", "", "Bidang ini"),
        ("nik", "123", "NIK ada 16 angka"),
        ("situs", "https://iklan.example", "harus kosong"),
        ("desa", "1704012001", "pilihan"),
        ("lahir", "2990-01-01", "tanggal lahir sekali lagi"),
        ("kk", "12", "KK ada 16 angka"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field_and_nothing_is_kept(client, field, value, words):
    answer = asked.send(client, **{field: value})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Petition.objects.exists()
    assert not Check.objects.exists()


def test_the_same_form_sent_twice_is_one_request_and_another_person_another(client):
    codes = [code_in(asked.send(client, **more)) for more in ({}, {}, {"nama": "Budi Contoh"})]
    assert codes[0] == codes[1] != codes[2]
    assert Petition.objects.count() == 2


def test_the_code_alone_shows_each_step_and_nothing_of_a_person(client):
    made, code = asked.petition()
    office.note(made, "Ketemu Siti di pasar", by=None)
    page = look(client, code).content.decode()
    assert "Permintaan diterima." in page
    assert "Petugas mencatat kemajuan." in page
    for secret in ("Siti", asked.NIK, "0001", "1990", "pasar", "Niur"):
        assert secret not in page


def test_with_the_birth_date_the_note_is_read_and_a_wrong_one_is_as_none(client):
    made, code = asked.petition()
    office.note(made, "Bawa KK hari Senin", by=None)
    assert "hari Senin" in look(client, code, lahir="1990-05-05").content.decode()
    wrong, none = (look(client, code, lahir=day).content.decode() for day in ("1991-05-05", ""))
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", wrong).replace(" aria-invalid", "") == strip.sub("", none).replace(" aria-invalid", "")
    assert "hari Senin" not in wrong


def test_a_code_that_was_never_given_is_not_found_and_a_slip_costs_no_try(client):
    assert "Tidak ada permintaan" in look(client, receipts.code_of("lain")).content.decode()
    tries = Check.objects.count()
    assert look(client, "AAAAA-AAAA2").status_code == 422
    assert Check.objects.count() == tries


def test_taking_it_back_empties_who_asked_and_marks_the_consent(client):
    made, code = asked.petition()
    back = {"kode": code, "lahir": "1991-05-05"}
    client.post(reverse("ask_withdraw"), back)
    made.refresh_from_db()
    assert made.open
    page = client.post(reverse("ask_withdraw"), back | {"lahir": "1990-05-05"}).content.decode()
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN
    assert (made.nama, made.nik, made.tanggal_lahir, made.text) == ("", "", None, "")
    assert made.consent.withdrawn_at
    assert "Data diri dihapus" in page


def test_consent_to_a_name_on_a_list_is_taken_back_by_a_request_to_stop_of_its_own(client, user):
    made, code = asked.petition()
    office.enlist(made, by=user("operator_desa"))
    page = look(client, code, lahir="1990-05-05").content.decode()
    assert "Saya setuju data ini dipakai" in page
    assert "petugas mengeluarkannya" in page
    receipt = client.post(reverse("ask_withdraw"), {"kode": code, "lahir": "1990-05-05"})
    made.refresh_from_db()
    assert (made.state, made.nik) == (State.WITHDRAWN, "")
    assert made.consent.withdrawn_at
    stopping = Petition.objects.get(kind="berhenti")
    assert receipts.sum_of(code_in(receipt)) == stopping.code_sum
    assert (stopping.nik, stopping.state) == (asked.NIK, State.WAITING)
    client.post(reverse("ask_withdraw"), {"kode": code, "lahir": "1990-05-05"})  # once
    assert Petition.objects.count() == 2


def test_consent_to_what_is_answered_is_taken_back_too(client, user):
    made, code = asked.petition("salah")
    office.answer(made, "sesuai", "", by=user("operator_desa"))
    page = client.post(reverse("ask_withdraw"), {"kode": code, "lahir": "1990-05-05"}).content.decode()
    made.refresh_from_db()
    assert (made.state, made.nik) == (State.ANSWERED, "")
    assert "Data diri dihapus" in page


def test_with_the_code_alone_later_steps_are_words_and_nothing_else(client, user):
    made, code = asked.petition()
    office.enlist(made, by=user("operator_desa"))
    PetitionStep.objects.create(petition=made, did=Did.MEMBER, note="Iuran dibayar sampai akhir Mei 2027.")
    alone, own = (look(client, code, lahir=day).content.decode() for day in ("", "1990-05-05"))
    for page in (alone, own):
        assert page.count('class="passed"') == 7
        assert "Terlindungi." in page
    assert "Mei 2027" in own
    assert "Mei 2027" not in alone
    assert "Saya setuju" not in alone


def test_a_code_that_was_given_is_looked_up_as_one_that_was_not(client):
    """The same questions to the database, so that nothing is told by the time that an answer takes."""
    code = asked.petition()[1]
    asked_of = []
    for one, day in ((code, ""), (code, "1990-05-05"), (code, "1991-01-01"), (receipts.code_of("lain"), "1990-05-05")):
        with CaptureQueriesContext(connection) as seen:
            look(client, one, lahir=day)
        asked_of.append([re.sub(r"'[^']*'|\d+", "", query["sql"]) for query in seen])
    assert [len(one) for one in asked_of] == [len(asked_of[0])] * 4


def test_requests_receipts_and_questions_of_cover_are_counted_apart(client, settings):
    settings.REQUESTS_A_DAY = settings.RECEIPTS_A_DAY = 2
    sent = [asked.send(client, nama=f"Siti {letter}").status_code for letter in "ABC"]
    seen = [look(client, receipts.code_of(n)).status_code for n in range(3)]
    assert sent == seen == [200, 200, 429]
    assert Petition.objects.count() == 2
    check = client.post(reverse("portal_check"), {"nik": asked.NIK, "lahir": "1990-05-05"})
    assert check.status_code == 200


@pytest.mark.parametrize(
    "told", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://lain.example"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_is_refused(client, told):
    answer = client.post(reverse("ask", args=["masuk", "170501"]), asked.JOIN, headers=told)
    assert answer.status_code == 403
    assert not Petition.objects.exists()


def test_no_cookie_and_no_address_with_anything_of_a_person(client, caplog):
    caplog.set_level(logging.DEBUG)
    answers = [asked.send(client), look(client, asked.petition()[1])]
    assert not client.cookies
    assert all("Location" not in answer.headers for answer in answers)
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)
    told = caplog.text + "".join(str(event.sesudah) for event in Event.objects.all())
    assert "Siti" not in told
    assert asked.NIK not in told


def test_an_address_that_is_none_is_not_found(client):
    for address in ("/portal/permintaan/lain/", "/portal/permintaan/masuk/999999/", "/portal/permintaan/lain/170501/"):
        assert client.get(address).status_code == 404


def test_the_first_step_says_where_it_lies_and_until_when(client):
    made, code = asked.petition()
    assert made.steps.get().did == Did.RECEIVED
    assert re.search(r"Di meja provinsi, paling lambat \d+ \w+ \d{4}", look(client, code).content.decode())
