"""The review page: which pair, to whom, what it shows and hides."""

import matched
import pytest
import worlds
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.intake.models import ListFile
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage import effects, keep, queue
from jangkau.apps.linkage.agreement import agreement, kappa
from jangkau.apps.linkage.letters import marked
from jangkau.apps.linkage.models import Decision, Link, Turn
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def run(module_db):
    make_regions()
    with pytest.MonkeyPatch.context() as patch:
        once(patch)
        matched.registers()
        file = matched.niur(None)
        matched.row(file, 7, "0002", nama="Yuliana Putri")
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


def said(client, link, word):
    return client.post(reverse("review_decide", args=[link.pk]), {"keputusan": word})


def text(client, name="review", *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_a_pair_is_shown_with_evidence_and_what_follows(province, sign_in):
    page = text(sign_in("operator_kab"))
    assert "Apakah ini orang yang sama?" in page
    assert "peluang orang yang sama" in page
    assert "Wahyu Hidayat" in page
    assert "Yuliana Putri" in page
    count = Link.objects.exclude(turn="").count()
    assert f"<strong>0</strong> dari <strong>{count}</strong> selesai hari ini" in page


def test_evidence_is_told_in_english_on_an_english_page(province, sign_in, english_words):
    client = sign_in("operator_kab")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(client)
    assert "Is this the same person?" in page
    assert "Before comparing" in page
    assert "any one row of the register" in page
    assert "Sebelum dibandingkan" not in page


def test_no_number_in_full_is_on_the_page(province, sign_in):
    client = sign_in("operator_kab")
    page = text(client)
    for link in Link.objects.filter(keputusan="tinjau"):
        page += text(client, "review_pair", link.pk)
    assert not [serial for serial in matched.PEOPLE if matched.nik(serial) in page]
    assert "170501010101" not in page


def test_if_same_he_is_active_already(province, sign_in):
    link = Link.objects.get(register="penduduk", member__id_usulan__endswith="#5")
    assert "ia sudah aktif dan tidak perlu dibayar lagi" in text(sign_in("operator_kab"), "review_pair", link.pk)


def test_yes_no_skip_and_undo(province, sign_in):
    client = sign_in("operator_kab")
    first, second = queue.waiting(client_user(client))[:2]
    assert said(client, first, "cocok").status_code == 302
    first.refresh_from_db()
    assert (first.keputusan, first.cara) == ("cocok", "petugas")
    said(client, second, "lewati")
    assert "Apakah ini orang yang sama?" in text(client)
    client.post(reverse("review_undo_last"))
    first.refresh_from_db()
    assert (first.keputusan, first.turn) == ("tinjau", Turn.FIRST)
    assert Decision.objects.get().undone_by == client_user(client)


def client_user(client):
    from jangkau.apps.accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_a_skipped_pair_comes_last(province, sign_in):
    client = sign_in("operator_kab")
    one, *others = queue.waiting(client_user(client))
    said(client, one, "lewati")
    for other in others:
        assert str(reverse("review_decide", args=[other.pk])) in text(client)
        said(client, other, "tidak")
    assert str(reverse("review_decide", args=[one.pk])) in text(client)


def test_two_clerks_do_not_get_the_same_pair(province, sign_in):
    a, b = sign_in("operator_kab"), sign_in("operator_kab", "17")
    pairs = list(queue.waiting(client_user(a)))
    seen = [
        [link.pk for link in pairs if reverse("review_decide", args=[link.pk]) in text(client)] for client in (a, b)
    ]
    assert [len(some) for some in seen] == [1, 1]
    assert seen[0] != seen[1]
    third = sign_in("operator_kab", "170501")
    assert "sedang dilihat petugas lain" in text(third)


def test_a_pair_left_lying_is_given_to_another(province, sign_in):
    text(sign_in("operator_kab"))
    Link.objects.exclude(held_by=None).update(held_until=timezone.now())
    assert "Apakah ini orang yang sama?" in text(sign_in("operator_kab", "17"))


def test_a_decision_on_a_pair_that_another_decided_meanwhile_is_refused(province, sign_in):
    a, b = sign_in("operator_kab"), sign_in("operator_kab", "17")
    link = queue.waiting(client_user(a))[0]
    said(a, link, "cocok")
    answer = said(b, link, "tidak")
    assert answer.status_code == 409
    assert "baru saja diputus" in answer.content.decode()


def test_the_second_clerk_does_not_learn_what_the_first_said(province, sign_in, monkeypatch):
    monkeypatch.setattr(effects, "is_twice", lambda *pair: True)
    a, b = sign_in("operator_kab"), sign_in("operator_kab", "17")
    link = queue.waiting(client_user(a))[0]
    shown = link.bukti
    said(a, link, "cocok")
    for page in (text(b), text(b, "review_pair", link.pk)):
        assert "operator_kab<" not in page
        assert ">cocok<" not in page.replace("<strong>cocok</strong>", "").replace("<span>cocok</span>", "")
    link.refresh_from_db()
    assert link.bukti == shown
    assert "Riwayat keputusan" in text(a, "review_pair", link.pk)


def test_neighbours_see_no_pair_and_can_decide_none(province, sign_in):
    link = Link.objects.filter(keputusan="tinjau").first()
    neighbour = sign_in("operator_kab", "1704")
    assert "Tidak ada pasangan yang menunggu" in text(neighbour)
    assert said(neighbour, link, "cocok").status_code == 404
    assert neighbour.get(reverse("review_pair", args=[link.pk])).status_code == 404


def test_an_auditor_looks_on(province, sign_in):
    auditor = sign_in("auditor")
    assert "Orang lain <kbd>" not in text(auditor)
    assert said(auditor, Link.objects.filter(keputusan="tinjau").first(), "cocok").status_code == 403
    assert not Link.objects.exclude(held_by=None).exists()


def test_the_last_pair_asks_for_a_run(province, sign_in):
    client = sign_in("operator_kab")
    for link in list(queue.waiting(client_user(client))):
        said(client, link, "tidak")
    assert Job.objects.filter(kind="linkage.run", state="antre").count() == 1
    assert "Tidak ada pasangan yang menunggu" in text(client)


def test_a_run_is_started_by_hand_and_shows_where_it_is(province, sign_in, english_words):
    client = sign_in("operator_kab")
    assert client.post(reverse("linkage_run")).status_code == 302
    Job.objects.filter(state="antre").update(state="jalan", step="Mencocokkan dengan penduduk")
    assert "Mencocokkan dengan penduduk" in text(client, "linkage_run")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Matching with the population register" in text(client, "linkage_run")


def test_the_page_asks_the_database_the_same_however_many_wait(province, sign_in, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    text(client)
    with django_assert_max_num_queries(24):
        text(client)


def test_agreement_has_its_counts(province, user):
    one, other = user("operator_kab"), user("operator_kab", "17")
    for at, (a, b) in enumerate([("cocok", "cocok"), ("tidak", "tidak"), ("cocok", "tidak"), ("cocok", "cocok")]):
        for by, word, turn in ((one, a, Turn.FIRST), (other, b, Turn.SECOND)):
            Decision.objects.create(
                id_usulan=f"u{at}", register="penduduk", id_register="r", keputusan=word, region_code=matched.NIUR,
                turn=turn, by=by, at=timezone.now(),
            )  # fmt: skip
    from django.db.models import Q

    found = agreement(Q())
    assert (found.same, found.pairs, found.percent) == (3, 4, 75.0)
    assert found.kappa == pytest.approx(0.5)


def test_kappa_is_none_where_chance_explains_all():
    assert kappa([("cocok", "cocok")] * 4) is None
    assert kappa([]) is None
    assert kappa([("cocok", "cocok"), ("tidak", "tidak")]) == 1


def test_letters_that_differ_are_marked():
    left, right = marked("Mohamad", "MUHAMMAD")
    assert "".join(p.text for p in left) == "Mohamad"
    assert [p.text for p in left if p.differs] == ["o", ""]
    assert [p.text for p in right if p.differs] == ["U", "M"]
    assert [p.text for p in marked("1705••6•", "1705••8•")[0] if p.differs] == ["6"]
    assert marked("", "x") == ([], [marked("", "x")[1][0]])


def test_home_tells_how_many_wait_and_how_long_they_take(province, sign_in):
    page = text(sign_in("operator_kab"), "home")
    assert "Pasangan perlu ditinjau" in page
    assert "Sekitar 2 menit" in page
    assert "Pasangan perlu ditinjau" not in text(sign_in("operator_desa"), "home")
