"""The pages of scorecards: filling with and without JavaScript, judging, comparing, instruments, files."""

from io import BytesIO

import pictures
import pytest
import scored
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from jangkau.apps.scorecards import actions, judging
from jangkau.apps.scorecards.models import Answer, Card, Evidence, FollowUp, Instrument, Judgement, State
from jangkau.core.kernel.semester import Semester


def read(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, *args, **told):
    return client.post(reverse(name, args=args), told)


@pytest.fixture
def clerk(sign_in):
    return sign_in("operator_kab")


@pytest.fixture
def card(user, clerk):
    from jangkau.apps.accounts.models import User

    return scored.card(User.objects.get(username="operator_kab"))


def test_a_card_is_opened_from_the_list(clerk, regions):
    now = str(Semester.of(timezone.localdate()))
    told = {"instrumen": scored.instrument().pk, "wilayah": "1705", "semester": now}
    assert post(clerk, "scorecard_open", **told).status_code == 302
    again = post(clerk, "scorecard_open", **told)
    assert (again.status_code, "sudah ada" in again.content.decode()) == (422, True)
    assert post(clerk, "scorecard_open", **{**told, "wilayah": "1704"}).status_code == 422
    assert "Kabupaten Seluma" in read(clerk, "scorecards")


def test_answers_are_saved_with_and_without_javascript(clerk, card):
    plain = post(clerk, "scorecard_answer", card.pk, "A1", nilai="tidak")
    assert plain.headers["Location"].endswith("#soal-A1")
    assert "Tidak ditanyakan karena jawaban A1" in read(clerk, "scorecard", card.pk)
    address = reverse("scorecard_answer", args=[card.pk, "A1"])
    piece = clerk.post(address, {"nilai": "ya", "catatan": "No. 12"}, headers={"HX-Request": "true"}).content.decode()
    for words in ('id="simpan-A1"', 'id="jumlah"', 'id="soal-A2"', "87,5", "Buktinya belum ada"):
        assert words in piece, words
    assert "<html" not in piece
    wrong = clerk.post(address, {"nilai": "mungkin"}, headers={"HX-Request": "true"})
    assert "pilih salah satu jawaban" in wrong.content.decode()
    assert post(clerk, "scorecard_answer", card.pk, "B1", pembilang="x", penyebut="1").status_code == 422
    assert post(clerk, "scorecard_answer", card.pk, "Z9", nilai="ya").status_code == 404
    assert Answer.objects.get(code="A1").note == "No. 12"


def test_evidence_is_kept_shown_and_taken_off(clerk, card, sign_in):
    address = reverse("scorecard_evidence", args=[card.pk, "A1"])
    assert clerk.post(address, {"berkas": pictures.upload(b"MZ")}).status_code == 422
    assert clerk.post(address, {"berkas": pictures.upload()}).status_code == 302
    row = Evidence.objects.get()
    assert b"".join(sign_in("evaluator").get(reverse("scorecard_file", args=[row.pk]))) == pictures.JPG
    assert sign_in("operator_kab", "1704").get(reverse("scorecard_file", args=[row.pk])).status_code == 404
    assert post(clerk, "scorecard_evidence_drop", row.pk).status_code == 302
    assert not Evidence.objects.exists()


def test_an_evaluator_judges_what_was_sent_and_closes_it(clerk, card, sign_in):
    judge = sign_in("evaluator")
    assert post(judge, "scorecard_close", card.pk, teks="x").status_code == 409
    assert post(clerk, "scorecard_send", card.pk).status_code == 302
    page = read(judge, "scorecard", card.pk)
    assert "Tutup dan bekukan" in page
    assert "Kirim kartu" not in page
    assert post(judge, "scorecard_propose", card.pk, "B1", persen="20").status_code == 422
    post(judge, "scorecard_propose", card.pk, "B1", persen="20", alasan="penyebut lama")
    post(judge, "scorecard_comment", card.pk, "A1", teks="Nomor berapa?")
    post(judge, "scorecard_advise", card.pk, soal="A1", teks="Lengkapi bukti")
    assert Judgement.objects.get().percent == 20
    assert "Nomor berapa?" in read(clerk, "scorecard", card.pk)
    post(clerk, "scorecard_reply", card.pk, "A1", teks="Nomor 12")
    post(judge, "scorecard_close", card.pk, teks="Cukup")
    page = read(clerk, "scorecard", card.pk)
    assert "Sidik cocok dengan isinya" in page
    assert Card.objects.get().hash in read(clerk, "scorecard_print", card.pk)
    assert post(clerk, "scorecard_reopen", card.pk, teks="data baru").status_code == 302
    assert Card.objects.filter(state=State.CLOSED).count() == 1


def test_only_those_who_fill_fill_and_only_evaluators_judge(card, sign_in):
    for role in ("penyetuju", "auditor", "evaluator"):
        assert post(sign_in(role), "scorecard_answer", card.pk, "A1", nilai="ya").status_code == 403
    assert post(sign_in("pengelola"), "scorecard_close", card.pk, teks="x").status_code == 403


def test_follow_ups_are_taken_on_and_ended(clerk, card, sign_in, user):
    post(clerk, "scorecard_send", card.pk)
    post(sign_in("evaluator"), "scorecard_advise", card.pk, soal="", teks="Lengkapi bukti")
    row = FollowUp.objects.get()
    assert post(clerk, "follow_up_agree", row.pk, pelaksana="Dinas", batas="2020-01-01").status_code == 422
    assert post(clerk, "follow_up_agree", row.pk, pelaksana="Dinas", batas="2100-01-01").status_code == 302
    assert "Dinas" in read(clerk, "scorecard_follow_ups", keadaan="disepakati")
    assert post(clerk, "follow_up_finish", row.pk).status_code == 422
    assert post(clerk, "follow_up_finish", row.pk, hasil="Sudah").status_code == 302
    assert post(clerk, "follow_up_finish", row.pk, hasil="Lagi").status_code == 409


def test_a_card_is_taken_away_as_workbook_and_csv(clerk, card):
    Answer.objects.filter(code="A1").update(note="=1+1")
    sheet = load_workbook(BytesIO(b"".join(clerk.get(reverse("scorecard_excel", args=[card.pk]))))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (len(rows), rows[1][10], rows[1][11], rows[-1][14:16]) == (6, "Ya", "=1+1", (87.5, 100))
    text = b"".join(clerk.get(reverse("scorecard_csv", args=[card.pk]))).decode()
    assert "'=1+1" in text
    assert "60,0% (60 dari 100 orang)" in text


def test_regions_and_semesters_are_compared(card, sign_in, user):
    neighbour = user("operator_kab", "1704")
    scored.card(neighbour, region="1704", version="2", ask="Ada perda?")
    scored.card(neighbour, region="1704", semester=scored.NOW.before)
    manager = sign_in("pengelola")
    page = read(manager, "scorecard_compare", semester="2026-1", wilayah="1704")
    for words in ("heat-5", "Kabupaten Kaur", "Kabupaten Seluma", "Tidak dibandingkan", "Yang bergerak"):
        assert words in page, words
    assert page.count("chart-later") == 2
    for name, first in (("wilayah", "Kabupaten Kaur,"), ("semester", "Semester II 2025,")):
        address = reverse("scorecard_chart", args=[name, "csv"])
        told = manager.get(address, {"semester": "2026-1", "wilayah": "1704"}).content.decode()
        assert first in told, told
        assert told.count("\n") == 3
    assert "Kabupaten Kaur" not in read(sign_in("operator_kab", "1701"), "scorecard_compare")
    assert "Belum ada kartu" in read(sign_in("operator_kab", "1703"), "scorecard_compare")


def test_pages_cost_the_same_for_any_number(card, sign_in, user):
    manager = sign_in("pengelola")
    for half in (scored.NOW.before, scored.NOW.before.before):
        scored.card(user("operator_kab", f"170{half.ke}"), region="1704", semester=half)
    judge = user("evaluator")
    actions_card = actions.send(Card.objects.get(pk=card.pk), by=card.opened_by)
    for n in range(3):
        judging.advise(actions_card, "A1", f"Saran {n}", by=judge)
    most = {"scorecards": 18, "scorecard": 20, "scorecard_compare": 14, "scorecard_follow_ups": 14, "instruments": 12}
    assert {name: count for name in most if (count := _queries(manager, name, card.pk)) > most[name]} == {}


def _queries(client, name, pk) -> int:
    args = (pk,) if name == "scorecard" else ()
    read(client, name, *args)
    with CaptureQueriesContext(connection) as told:
        read(client, name, *args)
    return len(told)


def test_instruments_are_uploaded_whole_and_compared_with_the_last(sign_in):
    manager = sign_in("pengelola")
    scored.instrument()
    text = scored.TEXT.format(version="2", ask="Ada perda?")
    upload = lambda content: post(manager, "instrument_upload", berkas=SimpleUploadedFile("a.yaml", content.encode()))  # noqa: E731
    wrong = upload(text.replace("bobot: 50", "bobto: 50", 1))
    assert (wrong.status_code, "bagian A / bobto: tidak dikenal" in wrong.content.decode()) == (422, True)
    assert upload(text).status_code == 302
    assert "Ada perbup? → Ada perda?" in read(manager, "instrument", Instrument.objects.get(version="2").pk)
    assert upload(text).status_code == 422
    assert post(manager, "instrument_examples").status_code == 302
    page = read(manager, "instruments")
    assert "Pelaksanaan Inpres 2/2021" in page
    assert "bukan instrumen resmi" in page
    assert "Pasang contoh" not in page


def test_home_and_menu_tell_what_waits(clerk, card, sign_in):
    assert "Kartu nilai belum dikirim" in read(clerk, "home")
    post(clerk, "scorecard_send", card.pk)
    assert "Kartu nilai menunggu penilaian Anda" in read(sign_in("evaluator"), "home")
