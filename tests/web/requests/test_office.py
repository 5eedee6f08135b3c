"""The desk: each request lies on one, until a day; what is answered has been done."""

import re
from datetime import timedelta

import asked
import matched
import pytest
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.intake.models import ListFile, ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Person
from jangkau.apps.notices.models import Notice
from jangkau.apps.planning.promises import gone
from jangkau.apps.requests.models import Did, Petition, State
from jangkau.apps.requests.office import actions, following, selectors
from jangkau.apps.requests.office.following import follow
from jangkau.apps.requests.words import FOLLOWED, PATH, REASONS
from jangkau.core.eligibility.verdict import REASONS as VERDICTS
from jangkau.core.enrolment.lifecycle import STATES
from jangkau.core.kernel.problems import Problem


@pytest.fixture
def clerk(user, regions):
    return user("operator_desa")


@pytest.fixture
def officer(user, regions):
    return user("operator_kab")


def did(petition: Petition) -> list[str]:
    return list(petition.steps.values_list("did", flat=True))


def test_it_lies_on_the_lowest_desk_at_which_somebody_sits_and_they_are_told(clerk, officer, user):
    far = user("operator_desa", "1704012001")
    made, _code = asked.petition()
    assert made.level == 10
    assert set(Notice.objects.values_list("user", flat=True)) == {clerk.pk}
    assert [selectors.waiting(one)[0] for one in (clerk, officer, far)] == [1, 0, 0]


def test_a_village_without_an_account_is_served_by_its_kabupaten(officer):
    made, _code = asked.petition()
    assert made.level == 4
    assert selectors.waiting(officer) == (1, 0)


def test_what_is_let_lie_goes_up_with_a_new_day_and_no_further_than_the_province(clerk, officer, user):
    province = user("operator_kab", "17")
    made = asked.let_lie(asked.petition()[0])
    today = timezone.localdate()
    for level, user_there in ((4, officer), (2, province)):
        assert actions.daily()["dinaikkan"] == 1
        assert actions.daily()["dinaikkan"] == 0
        made.refresh_from_db()
        assert (made.level, made.due) == (level, today + timedelta(days=3))
        assert Notice.objects.filter(kind="petition_late", user=user_there).count() == 1
        asked.let_lie(made)
    assert actions.daily()["dinaikkan"] == 0
    assert did(made) == [Did.RECEIVED, Did.LATE, Did.LATE]
    assert made.late


def test_who_is_put_on_the_list_comes_in_as_any_list_does(clerk):
    matched.registers()
    made, _code = asked.petition()
    made = actions.enlist(made, by=clerk)
    run_job.call(Job.objects.get(kind="intake.read").pk)
    row = ProposalRow.objects.get(person=True)
    assert (row.nik, row.nama, row.tanggal_lahir) == (asked.NIK, "Siti Contoh", asked.BORN)
    assert (row.pekerjaan, row.jenis_kelamin, row.kode_desa) == ("TANI", "P", asked.NIUR)
    assert row.file.shipment == made.shipment
    actions.enlist(made, by=clerk)
    assert ListFile.objects.count() == 1
    assert did(made) == [Did.RECEIVED, Did.LISTED, Did.FOUND]


def test_an_answer_says_only_what_has_been_done(clerk):
    made, _code = asked.petition()
    with pytest.raises(Problem, match="belum dilakukan"):
        actions.answer(made, "diusulkan", "", by=clerk)
    actions.enlist(made, by=clerk)
    made = actions.answer(made, "diusulkan", "Tunggu kabar", by=clerk)
    assert made.state == State.ANSWERED
    assert not Notice.objects.filter(read_at=None).exists()
    with pytest.raises(Problem, match="sudah selesai"):
        actions.answer(made, "syarat", "", by=clerk)


def _person() -> Person:
    about = {"region_code": asked.NIUR, "nik": asked.NIK, "nama": "Siti", "tanggal_lahir": asked.BORN}
    return Person.objects.create(id=1, id_pekerja="p0000000000000001", **about)


def _member(officer) -> Enrolment:
    return Enrolment.objects.create(person=_person(), region_code=asked.NIUR)


def test_whoever_stops_is_out_of_lists_and_known_to_enrolment_as_refusing(clerk, officer):
    matched.registers()
    actions.enlist(asked.petition()[0], by=clerk)
    run_job.call(Job.objects.get(kind="intake.read").pk)
    enrolment = _member(officer)
    stopping, _code = asked.petition("berhenti")
    with pytest.raises(Problem, match="meja di atas"):
        actions.stop(stopping, "datang dengan KTP", by=clerk)
    actions.stop(stopping, "datang dengan KTP", by=officer)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.reason) == ("selesai", "menolak")
    assert not ProposalRow.objects.filter(nik=asked.NIK).exists()
    assert ProposalRow.objects.filter(person=True).count() == 0
    assert actions.answer(stopping, "dihentikan", "", by=officer).state == State.ANSWERED


def test_whoever_asked_to_stop_is_planned_no_more_until_a_desk_lists_them_again(officer):
    Person.objects.create(id=1, id_pekerja="P1", region_code=asked.NIUR, nama="Siti Contoh", nik=asked.NIK)
    Person.objects.create(id=2, id_pekerja="P2", region_code=asked.NIUR, nama="Budi Contoh", nik="1705010505900002")
    stopping, _code = asked.petition("berhenti", born=asked.BORN)
    assert gone("1705") == frozenset()
    actions.stop(stopping, "datang dengan KTP", by=officer)
    assert (gone("1705"), gone("1704")) == ({"P1"}, frozenset())
    actions.forget(stopping)  # who asked is forgotten; that they refused is not
    joining, _code = asked.petition()
    assert gone("1705") == {"P1"}  # anybody may write a NIK: only a desk that lists them opens the way
    matched.registers()
    actions.enlist(joining, by=officer)
    assert gone("1705") == frozenset()


def test_a_fault_is_mended_in_the_list_from_the_desk(sign_in, officer):
    client, file = sign_in("operator_desa"), matched.a_list(officer)
    matched.registers()
    actions.enlist(asked.petition()[0], by=officer)
    run_job.call(Job.objects.get(kind="intake.read").pk)
    row = ProposalRow.objects.get(person=True)
    wrong, _code = asked.petition("salah")
    page = client.get(reverse("petition", args=[wrong.pk])).content.decode()
    cell = next(value for value, label in re.findall(r'<option value="(\d+:[A-Z]+)">([^<]*)', page) if "Siti" in label)
    assert asked.NIK not in page
    address = reverse("petition_mend", args=[wrong.pk])
    assert client.post(address, {"sel": "999:A", "isi": "Siti"}).status_code == 422
    client.post(address, {"sel": cell, "isi": "Siti Contoh Lestari"})
    row.refresh_from_db()
    assert row.nama == "Siti Contoh Lestari"
    assert did(wrong) == [Did.RECEIVED, Did.MENDED]
    assert actions.answer(wrong, "dibetulkan", "", by=officer).state == State.ANSWERED
    assert file.mends.count() == 0


def _told(made: Petition) -> tuple[str, str]:
    follow()
    step = made.steps.last()
    assert follow() == 0  # nothing new, nothing said
    return step.did, step.note


def test_each_later_step_of_a_name_is_told_once(officer, settings):
    matched.registers()
    made, _code = asked.petition()
    person = _person()
    assert follow() == 0  # no list holds it yet
    actions.enlist(made, by=officer)
    assert _told(made) == (Did.LOOKED, "")
    for layak, alasan, expected in (
        (False, "PERLU_TINJAUAN", Did.LOOKED), (False, "USIA_LEBIH", Did.UNFIT), (False, "SUDAH_AKTIF", Did.MEMBER),
        (True, "", Did.FIT),
    ):  # fmt: skip
        Person.objects.filter(pk=person.pk).update(layak=layak, alasan=alasan)
        found = _told(made)
        assert found[0] == expected
        assert ("lewat batas" in found[1]) == (alasan == "USIA_LEBIH")
    enrolment = Enrolment.objects.create(person=person, region_code=asked.NIUR)
    for state, expected in (("ditetapkan", Did.DECREED), ("diajukan", Did.SENT), ("aktif", Did.MEMBER)):
        Enrolment.objects.filter(pk=enrolment.pk).update(state=state)
        assert _told(made)[0] == expected
    Enrolment.objects.filter(pk=enrolment.pk).update(state="selesai", reason="pindah")
    assert _told(made) == (Did.OVER, "pindah ke luar wilayah program")


def test_every_state_of_a_membership_has_its_words():
    assert set(following._BY_STATE) == set(STATES)
    assert set(REASONS) == set(VERDICTS) - {"SUDAH_AKTIF", "PERLU_TINJAUAN"}
    assert {did for _words, dids in PATH for did in dids} >= FOLLOWED


def test_a_birth_date_that_differs_stops_nobody(officer):
    _member(officer)
    stopping, _code = asked.petition("berhenti", born=asked.BORN - timedelta(days=1))
    with pytest.raises(Problem, match="Tanggal lahir"):
        actions.stop(stopping, "datang dengan KTP", by=officer)
    assert Enrolment.objects.get().state == "diusulkan"


def test_it_can_be_handed_up_with_a_reason_until_the_top(officer, user):
    user("operator_kab", "17")
    made = actions.hand_up(asked.petition()[0], "Perlu putusan provinsi", by=officer)
    assert made.level == 2
    with pytest.raises(Problem, match="paling atas"):
        actions.hand_up(made, "Masih lagi", by=officer)


def test_who_asked_is_forgotten_once_the_time_of_keeping_is_over(officer, settings):
    made, _code = asked.petition()
    actions.answer(made, "syarat", "", by=officer)
    assert actions.daily()["dilupakan"] == 0
    settings.JANGKAU_REQUEST_KEEP_DAYS = 0
    assert actions.daily()["dilupakan"] == 1
    made.refresh_from_db()
    assert (made.nama, made.nik, made.tanggal_lahir) == ("", "", None)
    assert did(made) == [Did.RECEIVED, Did.ANSWERED]


def test_the_pages_of_the_desk(sign_in, user, django_assert_max_num_queries):
    client = sign_in("operator_desa")
    made, code = asked.petition()
    for n in range(3):
        asked.petition(nik=f"170501050590001{n}")
    with django_assert_max_num_queries(30):
        page = client.get(reverse("petitions")).content.decode()
    assert page.count("Siti Contoh") == 4
    assert client.get(reverse("petitions"), {"cari": code}).content.decode().count("Siti Contoh") == 1
    one = client.get(reverse("petition", args=[made.pk])).content.decode()
    assert "Persetujuan dicatat" in one
    assert asked.NIK not in one
    assert "Permintaan warga belum dijawab" in client.get("/").content.decode()


def test_a_clerk_lists_answers_and_notes_by_the_pages(sign_in):
    client = sign_in("operator_desa")
    made, _code = asked.petition()
    address = {name: reverse(f"petition_{name}", args=[made.pk]) for name in ("enlist", "answer", "note", "up", "stop")}
    assert client.post(address["answer"], {"jawaban": ""}).status_code == 422
    assert client.post(address["note"], {"alasan": ""}).status_code == 422
    assert client.post(address["stop"], {"bertemu": ""}).status_code == 422
    assert client.post(address["up"], {"alasan": ""}).status_code == 422
    assert "belum dilakukan" in client.post(address["answer"], {"jawaban": "diusulkan"}, follow=True).content.decode()
    client.post(address["note"], {"alasan": "Sedang dicek"})
    client.post(address["enlist"])
    client.post(address["answer"], {"jawaban": "diusulkan", "catatan": "Tunggu SK"})
    made.refresh_from_db()
    assert made.state == State.ANSWERED
    assert did(made) == [Did.RECEIVED, Did.NOTED, Did.LISTED, Did.ANSWERED]
