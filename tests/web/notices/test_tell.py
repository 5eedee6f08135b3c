"""Who is told, once, and what stops waiting."""

import matched
import pytest
from django.urls import reverse
from django.utils import translation

from jangkau.apps.intake.models import ListFile
from jangkau.apps.jobs.models import Job
from jangkau.apps.notices import selectors
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.notices.jobs import tell_of_problems
from jangkau.apps.notices.kinds import KINDS, said
from jangkau.apps.notices.models import Notice

DESA, SELUMA, KAUR = "1705012002", "1705", "1704"


def told(**more):
    return tell("plan_waits", **{"region_code": SELUMA, "link": "/", "key": "rencana-1", "judul": "Desember"} | more)


@pytest.fixture
def cast(regions, user):
    return {name: user(role, place) for name, role, place in (
        ("own", "penyetuju", SELUMA), ("neighbour", "penyetuju", KAUR), ("province", "penyetuju", "17"),
        ("other role", "operator_kab", SELUMA), ("below", "penyetuju", DESA))}  # fmt: skip


def test_whoever_may_act_in_the_region_is_told_once(cast):
    assert (told(), told()) == (2, 0)
    assert {notice.user for notice in Notice.objects.all()} == {cast["own"], cast["province"]}


def test_who_left_and_who_did_it_are_not_told(cast):
    cast["province"].is_active = False
    cast["province"].save()
    assert told(but=cast["own"]) == 0


def test_one_user_may_be_told_alone(cast):
    assert told(to=cast["neighbour"]) == 1
    assert selectors.unread(cast["neighbour"]) == 1
    assert selectors.unread(cast["own"]) == 0


def test_what_no_longer_waits_is_settled_for_all(cast):
    told()
    assert (settle("rencana-1"), settle("rencana-1")) == (2, 0)
    assert selectors.unread(cast["own"]) == 0


def test_a_long_number_never_enters_a_notice(cast):
    told(judul="rencana 1705014101900001")
    assert "1705014101900001" not in Notice.objects.first().words


def test_a_value_that_is_missing_is_noticed_at_once(cast):
    with pytest.raises(KeyError):
        tell("answer_refused", region_code=SELUMA, link="/", key="x", judul="b")
    assert not Notice.objects.exists()


def test_numbers_and_months_are_said_in_the_language_of_the_reader():
    values = {"n": 1204, "bulan": 2026 * 12 + 11}
    with translation.override("id"):
        assert said("lapse_ahead", values).startswith("1.204 orang berhenti terlindungi pada Desember 2026")
    with translation.override("en"):
        assert "December 2026" in said("lapse_ahead", values)


def test_every_kind_is_for_somebody():
    from jangkau.apps.accounts.roles import PERMISSIONS

    assert all(PERMISSIONS[kind.permission] for kind in KINDS.values())


def test_the_bar_counts_and_the_page_leads_on(cast, client):
    told()
    client.force_login(cast["own"], backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("notices")).content.decode()
    assert "<strong>1 kabar</strong>" in page
    assert "Rencana Desember menunggu keputusan Anda." in page
    answer = client.post(reverse("notice", args=[Notice.objects.get(user=cast["own"]).pk]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    page = client.get(reverse("notices") + "?baru=1").content.decode()
    assert "Semua sudah dibaca." in page
    assert "kabar</strong>" not in page


def test_all_are_read_at_once_and_only_ones_own(cast, client):
    told()
    client.force_login(cast["own"], backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("notices_read"))
    assert selectors.unread(cast["own"]) == 0
    assert selectors.unread(cast["province"]) == 1


def test_the_page_costs_the_same_for_any_number(cast, client, django_assert_max_num_queries):
    for at in range(30):
        told(key=f"r{at}")
    client.force_login(cast["own"], backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("notices"))
    with django_assert_max_num_queries(14):
        assert client.get(reverse("notices")).content.decode().count("menunggu keputusan") == 60


def test_whoever_sent_a_list_is_told_what_must_be_mended(regions, user):
    clerk = user("operator_kab")
    good, bad = matched.a_list(clerk), matched.a_list(clerk)
    ListFile.objects.filter(pk=bad.pk).update(faults=3, shipment=good.shipment)
    for _ in range(2):
        tell_of_problems(Job(kind="intake.read", args={"shipment": good.shipment.pk}))
    assert [notice.words for notice in Notice.objects.filter(user=clerk)] == [
        "Kiriman Anda: 3 masalah wajib diperbaiki, dalam 1 daftar."
    ]
