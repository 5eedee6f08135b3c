"""A membership ended by mistake is opened again: asked by one, decided by another, back where it was."""

from collections.abc import Callable

import enrolled
import pytest
from django.test import Client
from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment import reopening
from jangkau.apps.enrolment.batches import pay
from jangkau.apps.enrolment.models import Account, Batch, Enrolment, Reopening, Step
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.notices.models import Notice
from jangkau.apps.registry.models import Fund, Programme
from jangkau.core.kernel.problems import Problem

Users = Callable[..., User]
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def data(settings, tmp_path, regions):
    settings.DATA = str(tmp_path)


def asked(one: Enrolment, user: Users) -> Reopening:
    return reopening.ask(one, "keliru orang", by=user("operator_kab"))


def opened(one: Enrolment, user: Users, **how: bool) -> Enrolment:
    reopening.reopen(asked(one, user), by=user("penyetuju"), **how)
    return Enrolment.objects.get(pk=one.pk)


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(Problem) as found:
        action()
    return found.value.kind.kode


def test_it_goes_back_to_where_it_was_with_its_months_and_the_ledger_balances(user: Users) -> None:
    one = enrolled.ended(user)
    free = dict(Account.objects.values_list("pk", "balance"))
    assert opened(one, user).state == "ditetapkan"
    assert one.paid_months.filter(state="komitmen").count() == 12
    assert dict(Account.objects.values_list("pk", "balance")) != free
    assert verify(Fund.objects.all()) == []
    last = Step.objects.filter(enrolment=one).last()
    assert (last.before, last.after, last.why, last.by.username) == (
        "selesai", "ditetapkan", "keliru orang", user("penyetuju").username,
    )  # fmt: skip


def test_without_its_months_it_waits_to_be_proposed_again(user: Users) -> None:
    one = opened(enrolled.ended(user), user, promise=False)
    assert (one.state, one.paid_months.filter(state="komitmen").count()) == ("diusulkan", 0)


def test_whoever_asked_does_not_decide_and_nobody_decides_twice(user: Users) -> None:
    made = enrolled.reopening(user)
    assert asked(made.enrolment, user) == made
    assert refusal(lambda: reopening.reopen(made, by=made.asked_by)) == "SETUJU_SENDIRI"
    reopening.refuse(made, "memang pindah", by=user("penyetuju"))
    assert Enrolment.objects.get(pk=made.enrolment_id).state == "selesai"
    assert refusal(lambda: reopening.reopen(made, by=user("penyetuju"))) == "BUKA_SUDAH_DIPUTUSKAN"


def test_only_what_ended_is_opened_and_nobody_has_two(user: Users) -> None:
    one = enrolled.ended(user)
    made = asked(one, user)
    Enrolment.objects.create(person=one.person, region_code=one.region_code)
    assert reopening.ended(one.person) is None
    assert refusal(lambda: reopening.reopen(made, by=user("penyetuju"))) == "BUKA_ADA_YANG_BARU"
    assert Reopening.objects.get().state == "menunggu"
    running = Enrolment.objects.exclude(state="selesai").first()
    assert refusal(lambda: asked(running, user)) == "BUKA_BUKAN_SELESAI"


def test_money_that_has_gone_elsewhere_leaves_it_ended(user: Users) -> None:
    made = enrolled.reopening(user)
    Fund.objects.update(anggaran=16_800 * 12)
    assert refusal(lambda: reopening.reopen(made, by=user("penyetuju"))) in {"DANA_KURANG", "DANA_TERIKAT"}
    assert Enrolment.objects.get(pk=made.enrolment_id).state == "selesai"


@pytest.mark.parametrize(("answers", "state"), [(True, "ditolak"), (False, "diajukan")])
def test_an_answer_that_came_meanwhile_is_followed(user: Users, answers: bool, state: str) -> None:
    batch = enrolled.sent(user)
    one = Enrolment.objects.get(person__nama="BUDI CONTOH")
    enrolled.steps.move([one], "selesai", by=user("operator_kab"), why="keliru", reason="pindah")
    one.refresh_from_db()
    if answers:
        enrolled.brought(batch, user, f"{enrolled.nik(2)};Ditolak;;E02")
    assert opened(one, user).state == state


@pytest.mark.parametrize(("what", "state"), [("pay", "dibayar"), ("drop", "diusulkan"), ("", "ditagih")])
def test_a_bill_that_was_paid_or_dropped_meanwhile_is_followed(user: Users, what: str, state: str) -> None:
    batch = enrolled.entered(user) if what == "pay" else enrolled.billed(user)
    one = Enrolment.objects.get(person__nama="ANI CONTOH")
    enrolled.end(one, user)
    if what == "pay":
        pay.approve(batch, by=user("penyetuju"))
    if what == "drop":
        pay.unbill(batch, "keliru", by=user("pengelola"))
    assert opened(one, user, promise=what != "drop").state == state
    assert verify(Fund.objects.all()) == []


def test_the_pages_lead_from_the_person_to_the_decision(user: Users, sign_in: SignIn) -> None:
    Programme.objects.create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
    one = enrolled.ended(user)
    clerk, head = sign_in("operator_kab"), sign_in("penyetuju")
    person, form = reverse("person", args=[one.person.id_pekerja]), reverse("reopen", args=[one.pk])
    assert form in clerk.get(person).content.decode()
    assert "ditetapkan" in clerk.get(form).content.decode()
    assert clerk.post(form, {"sebab": ""}).status_code == 422
    clerk.post(form, {"sebab": "keliru orang"})
    made, told = Reopening.objects.get(), reverse("reopenings")
    assert Notice.objects.filter(kind="reopening_waits", link=told).exists()
    assert "menunggu dibuka lagi" in head.get("/").content.decode()
    decide = reverse("reopening_decide", args=[made.pk])
    assert decide not in clerk.get(told).content.decode()
    assert decide in head.get(told).content.decode()
    assert head.post(decide, {"putusan": "tolak", "sebab": ""}).status_code == 422
    done = head.post(decide, {"putusan": "buka", "janjikan": "on"}, follow=True).content.decode()
    assert "Keanggotaan dibuka lagi." in done
    after = clerk.get(person).content.decode()
    assert form not in after
    steps = [after.index(f"Kepesertaan: {state}</strong>") for state in ("ditetapkan", "selesai", "terverifikasi")]
    assert steps == sorted(steps)  # the newest first, also of one day
    assert "sudah diputuskan" in head.post(decide, {"putusan": "buka"}).content.decode()
    assert list(Event.objects.filter(benda="reopening").order_by("nomor").values_list("tindakan", flat=True)) == [
        "enrolment.ask_reopening", "enrolment.reopen",
    ]  # fmt: skip


def test_requests_of_another_region_are_not_seen(user: Users, sign_in: SignIn) -> None:
    made = enrolled.reopening(user)
    outsider = sign_in("penyetuju", "1701")
    assert "BUDI" not in outsider.get(reverse("reopenings")).content.decode()
    assert outsider.post(reverse("reopening_decide", args=[made.pk]), {"putusan": "buka"}).status_code == 404
    assert Batch.objects.count() == 0
