"""The page of a person, and putting right who is one person."""

import re
from datetime import date

import matched
import pytest
import worlds
from django.urls import reverse

from jangkau.apps.intake.models import ListFile
from jangkau.apps.linkage import effects, keep
from jangkau.apps.linkage.models import Decision, Link, Member
from jangkau.apps.people import correct
from jangkau.core.kernel.problems import Problem
from tests.web.conftest import make_regions

REASON = {"alasan": "Sudah ditemui di rumahnya, orang lain"}


_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def run(module_db):
    make_regions()
    with pytest.MonkeyPatch.context() as patch:
        once(patch)
        matched.registers()
        file = matched.niur(None)
        matched.run()
    return file.pk


def once(patch):
    """No pair is looked at twice."""
    patch.setattr(effects, "is_twice", lambda *pair: False)
    patch.setattr(keep, "TWICE", frozenset())


@pytest.fixture
def province(run, db, monkeypatch):
    once(monkeypatch)
    return ListFile.objects.get(pk=run)


def person_of(baris):
    return Member.objects.select_related("person").get(id_usulan__endswith=f"#{baris}").person


def text(client, person):
    return client.get(reverse("person", args=[person.id_pekerja])).content.decode()


def test_the_page_tells_who_what_and_why(province, sign_in):
    page = text(sign_in("operator_kab"), person_of(2))
    for words in ("AHMAD SURYADI", "1705••••••••0001", "CSR", "Non-aktif", "niur.xlsx", "Yang diterima keluarga",
                  "Kependudukan", "cocok", "Desil kesejahteraan", "+100"):  # fmt: skip
        assert words in page, words
    assert matched.nik("0001") not in page


def test_reasons_are_words(province, sign_in):
    page = text(sign_in("operator_kab"), person_of(6))
    assert "NIK tidak ada dalam data penduduk" in page
    assert "NIK_TIDAK_DITEMUKAN" not in page
    assert "Tidak ditemukan di register mana pun" in page


def test_a_number_is_shown_for_a_reason(province, sign_in):
    client, key = sign_in("operator_kab"), person_of(2).id_pekerja
    assert matched.nik("0001") not in client.post(reverse("person_reveal", args=[key]), {}).content.decode()
    assert matched.nik("0001") in client.post(reverse("person_reveal", args=[key]), REASON).content.decode()


def test_a_village_clerk_sees_no_number_and_no_correction(province, sign_in):
    client = sign_in("operator_desa")
    page = text(client, person_of(2))
    assert "Buka NIK" not in page
    assert "Betulkan" not in page
    assert client.post(reverse("person_reveal", args=[person_of(2).id_pekerja]), REASON).status_code == 403


def test_a_neighbour_does_not_learn_that_the_person_exists(province, sign_in):
    answer = sign_in("operator_kab", "1704").get(reverse("person", args=[person_of(2).id_pekerja]))
    assert answer.status_code == 404


def test_a_row_is_taken_out_and_put_back(province, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    member = Member.objects.get(id_usulan__endswith="#4")
    address = reverse("person_split", args=[person_of(2).id_pekerja, member.pk])
    assert client.post(address, {"alasan": "pendek"}).status_code == 422
    assert client.post(address, REASON).status_code == 302
    assert person_of(4) != person_of(2)
    assert REASON["alasan"] in text(client, person_of(4))
    client.post(reverse("review_undo", args=[Decision.objects.get().pk]))
    assert matched.state() == before


def test_two_persons_are_joined_and_come_apart(province, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    whole, other = person_of(3), person_of(6)
    address = reverse("person_merge", args=[whole.id_pekerja])
    assert client.post(address, {"nomor": "x", **REASON}).status_code == 422
    assert client.post(address, {"nomor": other.id_pekerja, **REASON}).status_code == 302
    assert person_of(6) == person_of(3)
    moved = client.get(reverse("person", args=[other.id_pekerja]))
    assert moved.status_code == 302
    matched.run()
    assert person_of(6) == person_of(3)
    client.post(reverse("review_undo", args=[Decision.objects.get().pk]))
    matched.run()
    assert person_of(6) != person_of(3)
    assert {k: v for k, v in matched.state().items() if k != "links"} == {
        k: v for k, v in before.items() if k != "links"
    }


@pytest.fixture
def strangers(province, db):
    """Two persons of two rows and of one, of whom no register knows."""
    for baris, nama in ((7, "Tukiman"), (8, "Tukijan Hadi")):
        matched.row(province, baris, nama=nama, tanggal_lahir=date(1966 + (baris == 8) * 12, 1, 9), jenis_kelamin="L")
    matched.run()
    assert person_of(6) == person_of(7) != person_of(8)


def test_two_strangers_are_joined_by_hand_and_come_apart(strangers, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    client.post(reverse("person_merge", args=[person_of(6).id_pekerja]), {"nomor": person_of(8).id_pekerja, **REASON})
    assert person_of(8) == person_of(7) == person_of(6)
    assert (Decision.objects.count(), Link.objects.filter(register="usulan").count()) == (2, 2)
    client.post(correction(client, person_of(6)))
    assert matched.state() == before


def test_joined_strangers_stay_one_in_later_runs_and_come_apart_after_them(strangers, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    client.post(reverse("person_merge", args=[person_of(8).id_pekerja]), {"nomor": person_of(6).id_pekerja, **REASON})
    at_once = {key: value for key, value in matched.state().items() if key in {"members", "words"}}
    matched.run()
    after = matched.state()
    assert {key: after[key] for key in at_once} == at_once
    client.post(correction(client, person_of(6)))
    matched.run()
    assert matched.state() == before


def test_a_row_leaves_strangers_and_comes_back(strangers, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    member = Member.objects.get(id_usulan__endswith="#7")
    client.post(reverse("person_split", args=[person_of(6).id_pekerja, member.pk]), REASON)
    assert person_of(7) != person_of(6)
    matched.run()
    assert person_of(7) != person_of(6)
    client.post(correction(client, person_of(7)))
    matched.run()
    assert matched.state() == before


def test_whoever_was_told_apart_can_be_joined_again(strangers, sign_in):
    client = sign_in("operator_kab")
    member = Member.objects.get(id_usulan__endswith="#7")
    client.post(reverse("person_split", args=[person_of(6).id_pekerja, member.pk]), REASON)
    client.post(reverse("person_merge", args=[person_of(6).id_pekerja]), {"nomor": person_of(7).id_pekerja, **REASON})
    assert person_of(7) == person_of(6)
    assert len(Decision.objects.filter(undone_at=None)) == 1
    matched.run()
    assert person_of(7) == person_of(6)


def correction(client, person):
    """Where the last correction that the page shows is taken back."""
    return re.findall(r'action="(/pekerja/[^"]+/batal/\d+/)"', text(client, person))[0]


def test_nothing_is_joined_with_itself_or_taken_out_of_one_row(province, user):
    clerk = user("operator_kab")
    with pytest.raises(Problem, match="hanya disebut satu baris"):
        correct.split(Member.objects.get(id_usulan__endswith="#6"), by=clerk, reason=REASON["alasan"])
    with pytest.raises(Problem, match="orang ini sendiri"):
        correct.merge(person_of(2), person_of(2), by=clerk, reason=REASON["alasan"])


def test_a_stranger_joins_who_is_known_from_the_page_of_either(province, sign_in):
    client, before = sign_in("operator_kab"), matched.state()
    stranger, known = person_of(6), person_of(3)
    assert reverse("person_merge", args=[stranger.id_pekerja]) in text(client, stranger)
    client.post(reverse("person_merge", args=[stranger.id_pekerja]), {"nomor": known.id_pekerja, **REASON})
    assert person_of(6) == person_of(3)
    client.post(reverse("review_undo", args=[Decision.objects.get().pk]))
    assert matched.state() == before


def test_the_page_costs_the_same_for_any_history(province, sign_in, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    text(client, person_of(2))
    with django_assert_max_num_queries(28):
        text(client, person_of(2))
