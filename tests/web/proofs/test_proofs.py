"""Proof of work: known by content, kept once, warned about where missing or too young."""

from datetime import date, timedelta

import pictures
import pytest
from django.urls import reverse
from django.utils import timezone
from web.enrolment.conftest import make_decree, make_fund, make_people

from jangkau.apps.audit.models import Event
from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs import actions, selectors
from jangkau.apps.proofs.files import MOST_BYTES, accept
from jangkau.apps.proofs.models import Proof
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem

NIUR = "1705012002"


@pytest.fixture
def person(regions):
    return make(21)


def make(pk, **more):
    return Person.objects.create(
        pk=pk, id_pekerja=f"p{2 * pk:016x}", region_code=NIUR, nama="Ani Contoh", nik="1705014101900001", **more
    )


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (pictures.JPG, "jpg"), (pictures.PNG, "png"), (pictures.PDF, "pdf"),
        (pictures.JPG[:4] + b"\x00\x04ab" + pictures.JPG[2:], "jpg"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content_and_kept_whole(content, media, db):
    found = accept(pictures.upload(content, "apa.exe"))
    assert (found.media, found.size) == (media, len(content))
    assert kept(found.sha256).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00", b"", b"%PDF-1.4 tanpa akhir", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x01", pictures.JPG[:20],
        b"\x89PNG\r\n\x1a\n", pictures.PNG[:-12], b"<html>%PDF-1.4 %%EOF", b"\xff\xd8\xff\xff\xff\xff",
        b"GIF89a" + b"\x00" * 40, b"<svg xmlns='x'/>",
    ],
)  # fmt: skip
def test_anything_else_and_every_half_file_is_refused(content, db):
    with pytest.raises(Problem, match="bukan foto"):
        accept(pictures.upload(content, "foto.jpg"))


def test_what_is_too_big_is_refused_before_it_is_read(db):
    big = pictures.upload()
    big.size = MOST_BYTES + 1
    with pytest.raises(Problem, match="10 MB"):
        accept(big)


def test_the_same_file_is_kept_once_and_a_withdrawn_one_may_come_again(person, user):
    clerk = user("operator_desa")
    first = actions.add(person, "foto", date(2026, 3, 1), pictures.upload(), by=clerk)
    assert actions.add(person, "desa", date(2026, 4, 1), pictures.upload(), by=clerk) == first
    actions.withdraw(first, "bukan orang ini", by=clerk)
    again = actions.add(person, "foto", date(2026, 3, 1), pictures.upload(), by=clerk)
    assert again != first
    assert list(Event.objects.values_list("tindakan", flat=True)) == ["proofs.add", "proofs.withdraw", "proofs.add"]


@pytest.mark.parametrize(
    ("days", "registered", "warned"),
    [
        ([], None, True), ([], "2026-03", True), (["2026-03-31"], "2026-03", False), (["2026-04-01"], "2026-03", True),
        (["2026-04-01", "2026-02-01"], "2026-03", False), (["2026-04-01"], None, False),
    ],
)  # fmt: skip
def test_missing_or_younger_than_the_registration_is_warned(days, registered, warned, person, user):
    clerk = user("operator_desa")
    for at, day in enumerate(days):
        actions.add(person, "foto", date.fromisoformat(day), pictures.upload(pictures.JPG + bytes([at])), by=clerk)
    found = selectors.warning(person, month_index(registered) if registered else None)
    assert (found is not None) == warned
    if found and days:
        assert "sesudah pendaftaran Maret 2026" in found.words


def test_proofs_follow_a_person_that_was_merged_and_withdrawn_ones_do_not_count(person, user):
    clerk, other = user("operator_desa"), make(22, state="digabung")
    proof = actions.add(other, "kartu", date(2026, 1, 1), pictures.upload(), by=clerk)
    assert selectors.warning(person, None)
    Person.objects.filter(pk=other.pk).update(merged_into=person)
    assert selectors.warning(person, None) is None
    assert list(selectors.proofs(person)) == [proof]
    actions.withdraw(proof, "bukan orang ini", by=clerk)
    assert selectors.warning(person, None)


def test_many_are_asked_about_at_once(person, django_assert_num_queries):
    others = [make(pk).pk for pk in range(30, 40)]
    with django_assert_num_queries(1):
        assert len(selectors.warnings(dict.fromkeys([person.pk, *others]))) == 11


def send(client, person, **more):
    told = {"jenis": "foto", "tanggal": "2026-03-01", "berkas": pictures.upload()} | more
    return client.post(reverse("proofs", args=[person.id_pekerja]), told)


def test_a_clerk_sends_a_photograph_and_sees_it(person, sign_in):
    client = sign_in("operator_desa")
    assert send(client, person).status_code == 302
    page = client.get(reverse("proofs", args=[person.id_pekerja])).content.decode()
    assert "Foto sedang bekerja, bertanggal" in page
    answer = client.get(reverse("proof_file", args=[Proof.objects.get().pk]))
    assert (answer.headers["Content-Type"], b"".join(answer)) == ("image/jpeg", pictures.JPG)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Event.objects.filter(tindakan="proofs.open").exists()


def test_a_pdf_is_downloaded_never_shown(person, sign_in):
    client = sign_in("operator_desa")
    send(client, person, berkas=pictures.upload(pictures.PDF, "surat.pdf"))
    answer = client.get(reverse("proof_file", args=[Proof.objects.get().pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    b"".join(answer)


def test_what_is_wrong_is_told_beside_the_field(person, sign_in):
    client = sign_in("operator_desa")
    answer = send(client, person, berkas=pictures.upload(b"MZ", "foto.jpg"))
    assert answer.status_code == 422
    assert "bukan foto JPG, PNG, atau PDF" in answer.content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "belum terjadi" in send(client, person, tanggal=tomorrow).content.decode()
    assert not Proof.objects.exists()


def test_who_may_only_look_adds_nothing(person, sign_in):
    assert send(sign_in("pengelola"), person).status_code == 200
    assert not Proof.objects.exists()


def test_a_proof_is_withdrawn_with_a_reason(person, sign_in):
    client = sign_in("operator_desa")
    send(client, person)
    address = reverse("proof_withdraw", args=[Proof.objects.get().pk])
    assert client.post(address, {"alasan": "salah"}).status_code == 422
    assert client.post(address, {"alasan": "foto orang lain"}).status_code == 302
    assert Proof.objects.get().withdrawn_at
    page = client.get(reverse("proofs", args=[person.id_pekerja])).content.decode()
    assert "Ditarik: foto orang lain" in page


def test_a_decree_says_how_many_lack_a_proof_and_who(regions, user, sign_in):
    decree = make_decree(make_fund(), make_people(4))
    first, second, third, _none = Person.objects.order_by("pk")
    clerk = user("operator_desa")
    for at, (person, day) in enumerate([(first, "2027-01-31"), (second, "2027-02-01"), (third, "2026-05-01")]):
        actions.add(person, "foto", date.fromisoformat(day), pictures.upload(pictures.JPG + bytes([at])), by=clerk)
    found = selectors.unproved(decree.lines.all(), "enrolment__person", "first")
    asked = {line.enrolment.person_id: line.first for line in decree.lines.select_related("enrolment")}
    assert {line.enrolment.person_id for line in found} == set(selectors.warnings(asked)) == {second.pk, _none.pk}
    page = sign_in("operator_kab").get(reverse("decree", args=[decree.pk])).content.decode()
    assert "2 dari 4 orang belum mempunyai bukti kerja" in page
    assert page.count("bukti kerja kurang") == 2
    assert reverse("proofs", args=[second.id_pekerja]) in page
