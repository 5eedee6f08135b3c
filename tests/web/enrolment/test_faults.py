"""A process that dies at any step, two who press at once: nothing lost, nothing twice, a trial balance of zero."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import enrolled
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from enrolled import DAY, nik

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.enrolment.batches import answer, make, pay, send
from jangkau.apps.enrolment.decrees import issue
from jangkau.apps.enrolment.models import (
    Answer,
    AnswerRow,
    Batch,
    BatchLine,
    Decree,
    Enrolment,
    Entry,
    PersonMonth,
    Step,
)
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem

Users = Callable[..., User]
ROWS = (f"{nik(1)};Diterima;24010000001;", f"{nik(2)};Ditolak;;E02")


def everything() -> tuple[object, ...]:
    """All that a step could leave behind."""
    counted = (Step, Entry, PersonMonth, BatchLine, AnswerRow, Event)
    states = [
        tuple(model.objects.order_by("pk").values_list("pk", "state"))
        for model in (Decree, Enrolment, Batch, Answer, PersonMonth)
    ]
    lines = tuple(BatchLine.objects.order_by("pk").values_list("answer", "code", "kpj"))
    return (*(model.objects.count() for model in counted), *states, lines)


def waiting_answer(user: Users) -> Answer:
    got, _new = answer.receive(enrolled.sent(user), enrolled.file(*ROWS), DAY, by=user("bpjs"))
    return got


def first_batch(user: Users) -> Batch:
    enrolled.in_force(user)
    return make.make(make.Asked(Fund.objects.get(kode="DANA_A"), "1705", enrolled.START, 12), by=user("pengelola"))


def second_batch(user: Users) -> Batch:
    return make.follow_up(Batch.objects.get(), by=user("pengelola"))


# What stands before a step, and the step itself.
STEPS: dict[str, tuple[Callable[[Users], object], Callable[[object, Users], object]]] = {
    "issue": (enrolled.proposed, lambda thing, user: issue.issue(thing, by=user("penyetuju"))),
    "submit": (enrolled.made, lambda thing, user: send.submit(thing, by=user("pengelola"))),
    "cancel": (enrolled.sent, lambda thing, user: send.cancel(thing, "keliru", by=user("pengelola"))),
    "answer": (waiting_answer, lambda thing, _user: answer.read(Answer.objects.get(pk=thing.pk))),
    "bill": (enrolled.answered, lambda thing, user: pay.bill(thing, "KI-1", 100_800, "", by=user("pengelola"))),
    "approve": (enrolled.entered, lambda thing, user: pay.approve(thing, by=user("penyetuju"))),
    "follow up": (enrolled.answered, lambda _thing, user: second_batch(user)),
}


class Died(BaseException):
    """As if the process were gone: nobody catches it."""


@pytest.mark.parametrize("name", list(STEPS))
def test_a_step_that_dies_before_its_end_leaves_nothing_and_is_done_again(
    user: Users, regions: None, settings, tmp_path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    settings.DATA = str(tmp_path)
    stand, step = STEPS[name]
    thing, before = stand(user), None
    before = everything()

    def die(*_args: object, **_kwargs: object) -> None:
        raise Died

    with monkeypatch.context() as patched:
        for module in (issue, send, answer, pay, make):
            patched.setattr(module, "record", die)
        with pytest.raises(Died):
            step(thing, user)
    assert everything() == before
    step(thing, user)
    after = everything()
    assert after != before
    if name != "follow up":
        step(thing, user)
        assert everything() == after
    assert verify(Fund.objects.all()) == []


START = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings"
import django; django.setup()
import dying; dying.main()
"""
LIFE = ("tetapkan", "susun", "ajukan", "terima", "baca", "tagih", "bukti", "bayar", "susulan")


def test_a_process_killed_anywhere_in_any_step_of_a_batch_leaves_nothing(own_site: dict[str, str]) -> None:
    life = subprocess.run([sys.executable, "-c", START], env=own_site, capture_output=True, text=True, check=False)
    deaths = {name: int(count) for name, count in (line.split() for line in life.stdout.splitlines())}
    assert tuple(deaths) == LIFE, life.stderr[-3000:]
    assert min(deaths.values()) >= 3


def at_once(action: Callable[[User], object], users: list[User]) -> list[str]:
    """Everyone presses at the same time; what each is told."""

    def press(user: User) -> str:
        try:
            action(user)
            return "ok"
        except Problem as problem:
            return problem.kind.kode
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # its writers wait for one another anyway; threads would see another memory
        return [press_here(action, user) for user in users]
    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(press, users))


def press_here(action: Callable[[User], object], user: User) -> str:
    try:
        action(user)
    except Problem as problem:
        return problem.kind.kode
    return "ok"


def test_two_who_press_at_once_have_one_effect(
    transactional_db: None, user: Users, regions: None, settings, tmp_path
) -> None:
    settings.DATA = str(tmp_path)
    decree = enrolled.proposed(user)
    both, heads = [user("pengelola"), user("operator_kab")], [user("penyetuju"), user("penyetuju", "17")]
    assert at_once(lambda by: issue.issue(decree, by=by), heads) == ["ok", "ok"]
    asked = make.Asked(Fund.objects.get(kode="DANA_A"), "1705", enrolled.START, 12)
    assert sorted(at_once(lambda by: make.make(asked, by=by), both)) == ["PENGAJUAN_KOSONG", "ok"]
    batch = Batch.objects.get()
    at_once(lambda by: send.submit(batch, by=by), both)
    at_once(lambda by: answer.read(answer.receive(batch, enrolled.file(*ROWS), DAY, by=by)[0]), both)
    at_once(lambda by: pay.bill(batch, "KI-1", 100_800, "", by=by), both)
    proof = lambda: SimpleUploadedFile("b.pdf", enrolled.PDF)  # noqa: E731
    pay.enter(batch, proof(), "S-1", DAY, by=both[0])
    assert at_once(lambda by: pay.approve(batch, by=by), heads) == ["ok", "ok"]
    trail = Step.objects.filter(enrolment__person__nama="ANI CONTOH").values_list("after", flat=True)
    assert list(trail) == [
        "diusulkan", "terverifikasi", "ditetapkan", "diajukan", "diterima", "ditagih", "dibayar",
    ]  # fmt: skip
    assert (PersonMonth.objects.filter(state="dibayar").count(), AnswerRow.objects.count()) == (6, 2)
    assert verify(Fund.objects.all()) == []
