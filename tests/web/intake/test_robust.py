"""A killed worker, a full disk, a database that goes away: nothing lost, nothing twice."""

import errno
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions import read
from jangkau.apps.intake.actions.receive import Incoming, receive, resume
from jangkau.apps.intake.models import FileState, ListFile, ProposalRow, RowProblem, Shipment
from jangkau.apps.intake.selectors import usulan_frame
from jangkau.apps.jobs import tasks
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from tests.web.intake.lists import ANI, BUDI, CICI, send, xlsx

FILES = {f"{n}.xlsx": xlsx([n, *ANI[1:]], BUDI, CICI) for n in range(6)}


def whole(files: int) -> dict[str, int]:
    """What is in the database when this many files are read, each whole and once."""
    return {"read": files, "rows": 3 * files, "problems": 2 * files, "people": 3 * files}


def found() -> dict[str, int]:
    return {
        "read": ListFile.objects.filter(state=FileState.READ).count(), "rows": ProposalRow.objects.count(),
        "problems": RowProblem.objects.count(), "people": len(usulan_frame()),
    }  # fmt: skip


def at_the_third(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], None]) -> None:
    """Something happens when the third file stands in the database but is not committed yet."""
    calls, record = [], read.record

    def counted(*args: object, **kwargs: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            happen()
        return record(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(read, "record", counted)


def begin(by: User) -> Shipment:
    return receive([Incoming(name, [data]) for name, data in FILES.items()], by=by)


KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings"
import django; django.setup()
from jangkau.apps.accounts.actions import make_user
from jangkau.apps.intake.actions import read
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.regions.actions import load_province
from tests.web.intake.test_robust import FILES
load_province("17")
by = make_user("o", "sandi-uji-1", "operator_kab", "1705")
job = receive([Incoming(n, [d]) for n, d in FILES.items()], by=by).job
calls, record = [], read.record
def die(*args, **kwargs):
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return record(*args, **kwargs)
read.record = die
run_job.func(job.pk)
"""
AGAIN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings"
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from jangkau.apps.jobs.actions import pick_up_the_fallen
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from tests.web.intake.test_robust import found, whole
assert found() == whole(2), found()
Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
assert pick_up_the_fallen() == 1
job = Job.objects.get()
run_job.func(job.pk)
run_job.func(job.pk)
assert found() == whole(6), found()
job.refresh_from_db()
print(job.state, job.attempts)
"""


def test_a_killed_worker_leaves_whole_files_and_the_next_goes_on(own_site: dict[str, str]) -> None:
    first = subprocess.run([sys.executable, "-c", KILLED], env=own_site, capture_output=True, text=True, check=False)
    assert first.returncode == -signal.SIGKILL, first.stderr[-2000:]
    second = subprocess.run([sys.executable, "-c", AGAIN], env=own_site, capture_output=True, text=True, check=False)
    assert second.stdout.split() == ["selesai", "2"], second.stderr[-2000:]


def test_a_database_away_for_ten_seconds_is_waited_for(
    transactional_db: None, user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    away, reach = [0], connection.ensure_connection

    def flaky() -> None:
        if away[0]:
            away[0] -= 1
            raise OperationalError("server closed the connection unexpectedly")
        reach()

    def lose() -> None:
        away[0] = 3
        raise OperationalError("server closed the connection unexpectedly")

    job = begin(user("operator_kab")).job
    monkeypatch.setattr(connection, "ensure_connection", flaky)
    monkeypatch.setattr(tasks, "time", SimpleNamespace(sleep=waits.append))
    at_the_third(monkeypatch, lose)
    run_job.func(job.pk)
    assert sum(tasks._WAITS) > 10
    assert waits == list(tasks._WAITS[: len(waits)])
    job.refresh_from_db()
    assert (job.state, found()) == (State.DONE, whole(6))


@pytest.mark.parametrize(
    "error",
    [OperationalError("database or disk is full"), OperationalError("could not extend file: No space left on device")],
)
def test_a_full_disk_under_the_database_is_said_and_gone_on_from(
    error: Exception, user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill() -> None:
        raise error

    by = user("operator_kab")
    shipment = begin(by)
    with monkeypatch.context() as broken:
        at_the_third(broken, fill)
        run_job.func(shipment.job.pk)
    job = Job.objects.get(pk=shipment.job.pk)
    assert (job.state, job.problem["kode"], found()) == (State.FAILED, "PENYIMPANAN_PENUH", whole(2))
    resume(shipment, by=by)
    run_job.func(Job.objects.get(state=State.WAITING).pk)
    assert found() == whole(6)


def test_a_disk_that_cannot_be_read_is_no_fault_of_the_list(
    user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    by = user("operator_kab")
    with monkeypatch.context() as failing:
        failing.setattr(Path, "read_bytes", broken)
        shipment = send({"niur.xlsx": xlsx(ANI)}, by)
    assert (shipment.job.state, shipment.files.get().state) == (State.FAILED, FileState.WAITING)
    resume(shipment, by=by)
    run_job.func(Job.objects.get(state=State.WAITING).pk)
    assert shipment.files.get().people == 1


def test_two_workers_on_one_file_read_it_once(user: Callable[..., User], monkeypatch: pytest.MonkeyPatch) -> None:
    shipment = begin(user("operator_kab"))
    first = shipment.files.first()
    tried = read._try
    monkeypatch.setattr(read, "_try", lambda file: (monkeypatch.undo(), read.read_file(file.pk), tried(file))[2])
    read.read_file(first.pk)
    assert found() == whole(1)


class TwoWords(Exception):
    """An error that cannot be made from one word."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one, other)


@pytest.mark.parametrize("error", [KeyError("1705" + "0141"), TwoWords("1705" + "0141", "")])
def test_nothing_personal_is_logged_when_a_reading_breaks(
    error: Exception, user: Callable[..., User], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(read, "store", broken)
    job = send({"niur.xlsx": xlsx(ANI)}, user("operator_kab")).job
    assert job.problem["kode"] == type(error).__name__
    assert type(error).__name__ in caplog.text
    assert "17050141" not in caplog.text
