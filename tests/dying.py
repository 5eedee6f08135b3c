"""A process of its own that lives the life of a batch, and is killed (-9) in every step of it, at many statements.

Each step is tried by a child that dies before its first statement, its second, and so on; after each death the
database must hold what it held before. The child that comes through has done the step; doing it again changes nothing.
Prints one line a step: its name and how often a child was killed in it.
"""

import os
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import enrolled
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.batches import answer, make, pay, send
from jangkau.apps.enrolment.decrees import issue
from jangkau.apps.enrolment.models import Answer, Batch, Decree
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.regions.actions import load_province
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from tests.web.enrolment.test_faults import ROWS, everything

Step = Callable[[], object]


class Killer:
    """Kills its own process before the statement of that number."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, *given: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)


def child(step: Step, at: int = 0) -> bool:
    """Whether a child that does the step is killed before its statement `at`; else it did all of it.

    Only children do anything: threads that a library starts in this process would be missing in its children.
    """
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            with connection.execute_wrapper(Killer(at)):
                step()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def live(name: str, step: Step, twice: bool = True) -> None:
    """Kill children in the step until one comes through; another does it again, where that is to change nothing."""
    before, at, deaths = everything(), 1, 0
    while child(step, at):
        assert everything() == before, (name, at)
        at, deaths = 2 * at + 1, deaths + 1
    after = everything()
    assert after != before, name
    if twice:
        child(lambda: again(step))
    assert everything() == after, name
    print(name, deaths, flush=True)


def again(step: Step) -> None:
    """What was done is done: told so, or nothing at all; and the books balance."""
    with suppress(Problem):
        step()
    assert verify(Fund.objects.all()) == []


def main() -> None:
    """Decree, batch, answer, bill, payment, follow-up."""
    load_province("17")
    Book.load()  # once, not in each child
    user = lambda role, region=None: known(role)  # noqa: E731
    clerk, head, insurer = user("pengelola"), user("penyetuju"), user("bpjs")
    child(lambda: enrolled.proposed(user))
    live("tetapkan", lambda: issue.issue(Decree.objects.get(), by=head))
    asked = lambda: make.Asked(Fund.objects.get(kode="DANA_A"), "1705", enrolled.START, 12)  # noqa: E731
    live("susun", lambda: make.make(asked(), by=clerk))
    live("ajukan", lambda: send.submit(first(), by=clerk))
    live("terima", lambda: answer.receive(first(), enrolled.file(*ROWS), enrolled.DAY, by=insurer), twice=False)
    live("baca", lambda: answer.read(Answer.objects.get()))
    live("tagih", lambda: pay.bill(first(), "KI-1", 100_800, "", by=clerk))
    live(
        "bukti",
        lambda: pay.enter(first(), SimpleUploadedFile("b.pdf", enrolled.PDF), "S-1", enrolled.DAY, by=clerk),
        twice=False,
    )
    live("bayar", lambda: pay.approve(first(), by=head))
    live("susulan", lambda: make.follow_up(first(), by=clerk))


def first() -> Batch:
    return Batch.objects.order_by("pk")[0]


def known(role: str) -> User:
    return User.objects.filter(username=role).first() or make_user(role, "sandi-uji-0001", role, "1705")
