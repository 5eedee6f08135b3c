from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.jobs.actions import cancel, pick_up_the_fallen, start
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.running import KINDS, Running
from jangkau.apps.jobs.tasks import run_job
from jangkau.core.kernel.problems import Problem

run = run_job.func


@pytest.fixture
def kind() -> Iterator[Callable[[Callable], str]]:
    def declare(function: Callable) -> str:
        KINDS["uji"] = function
        return "uji"

    yield declare
    KINDS.pop("uji", None)


def test_work_reports_where_it_is_and_ends_with_its_result(db: None, kind: Callable) -> None:
    seen = []

    def work(running: Running) -> dict:
        running.step("Membaca", total=4)
        seen.append(Job.objects.get().percent)
        running.advance(4)
        return {"baris": 4}

    job = start(kind(work), {}, by=None)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.step, seen) == (State.DONE, {"baris": 4}, "Membaca", [0])


def test_the_same_waiting_work_is_not_queued_twice(db: None, kind: Callable) -> None:
    name = kind(lambda running: {})
    assert start(name, {"a": 1}, by=None) == start(name, {"a": 1}, by=None) != start(name, {"a": 2}, by=None)


def test_work_asked_to_stop_stops_at_its_next_step(user: Callable[..., User], kind: Callable) -> None:
    def work(running: Running) -> dict:
        cancel(running.job, by=user("operator_kab"))
        running.step("Sesudah dibatalkan")
        raise AssertionError("went on")

    job = start(kind(work), {}, by=None)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_problem_is_told_in_words_and_another_error_without_its_values(db: None, kind: Callable) -> None:
    def missing(running: Running) -> dict:
        raise Problem("BERKAS_TIDAK_ADA", berkas="dana.csv")

    def broken(running: Running) -> dict:
        raise ValueError("1705010101900001")

    told = []
    for function in (missing, broken):
        job = start(kind(function), {"n": function.__name__}, by=None)
        run(job.pk)
        job.refresh_from_db()
        assert job.state == State.FAILED
        told.append(str(job.problem))
    assert "dana.csv" in told[0]
    assert "1705010101900001" not in told[1]


def test_how_work_ended_is_on_record(db: None, kind: Callable) -> None:
    def missing(running: Running) -> dict:
        raise Problem("BERKAS_TIDAK_ADA", berkas="dana.csv")

    for function in (lambda running: {}, missing):
        run(start(kind(function), {}, by=None).pk)
    ended = Event.objects.filter(tindakan="jobs.end").order_by("nomor")
    assert [(event.sesudah["state"], event.sesudah["kode"]) for event in ended] == [
        ("selesai", ""), ("gagal", "BERKAS_TIDAK_ADA"),
    ]  # fmt: skip


def test_work_of_a_dead_worker_is_picked_up_once(db: None, kind: Callable) -> None:
    runs = []
    job = start(kind(lambda running: runs.append(1) or {}), {}, by=None)
    Job.objects.update(state=State.RUNNING, heartbeat=timezone.now() - timedelta(minutes=5), attempts=1)
    assert pick_up_the_fallen() == 1
    run(job.pk)
    run(job.pk)
    job.refresh_from_db()
    assert (len(runs), job.state, job.attempts) == (1, State.DONE, 2)


def test_running_work_is_left_alone(db: None, kind: Callable) -> None:
    job = start(kind(lambda running: {}), {}, by=None)
    Job.objects.update(state=State.RUNNING, heartbeat=timezone.now())
    run(job.pk)
    assert Job.objects.get().state == State.RUNNING
