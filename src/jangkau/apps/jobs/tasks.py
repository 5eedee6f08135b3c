"""The one task of the queue: run a job."""

import logging
import time
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from jangkau.apps.audit.actions import record
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.running import AFTER, AWAY, KINDS, Cancelled, Heartbeat, Running
from jangkau.core.kernel.problems import Problem

log = logging.getLogger("jangkau.jobs")
_WAITS = (1, 2, 4, 8, 16)  # seconds between tries while the database is away


@task()
def run_job(job_id: int) -> None:
    """Run a job that waits or whose worker has died; a job that is running or over is left alone."""
    job = _claim(job_id)
    if job is None:
        return
    with Heartbeat(job):
        ending = _outcome(job)
    _patiently(lambda: _end(job, ending))
    if ending["state"] == State.DONE:
        for follow in AFTER.get(job.kind, []):
            follow(job)


@transaction.atomic
def _claim(job_id: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or not (job.state == State.WAITING or job.silent):
        return None
    job.state, job.attempts = State.RUNNING, job.attempts + 1
    job.started_at = job.heartbeat = timezone.now()
    job.save()
    return job


@transaction.atomic
def _end(job: Job, ending: dict[str, Any]) -> None:
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now(), **ending)
    told = {"kind": job.kind, "state": ending["state"], "kode": ending.get("problem", {}).get("kode", "")}
    record("jobs.end", by=None, thing=job, after=told)


def _outcome(job: Job) -> dict[str, Any]:
    """Do the work; how it ended, as fields of the job."""
    try:
        return {"state": State.DONE, "result": _with_patience(job), "problem": {}}
    except Cancelled:
        return {"state": State.CANCELLED}
    except Problem as problem:
        told = {"kode": problem.kind.kode, "pesan": problem.pesan, "saran": problem.saran}
        return {"state": State.FAILED, "problem": told}
    except Exception as error:  # a worker goes on with the next job; the error is logged without its values
        log.error("job %s (%s) failed: %s", job.pk, job.kind, type(error).__name__, exc_info=_without_values(error))
        told = {"kode": type(error).__name__, "pesan": "Pekerjaan berhenti karena kesalahan sistem."}
        return {"state": State.FAILED, "problem": told | {"saran": "Coba lagi; bila terulang, hubungi admin."}}


def _with_patience(job: Job) -> dict[str, Any]:
    """The work, begun again where the database went away, be it for a moment; work is idempotent, so nothing is done
    twice."""
    for wait in _WAITS:
        try:
            return KINDS[job.kind](Running(job))
        except AWAY:
            connection.close()
            time.sleep(wait)
    return KINDS[job.kind](Running(job))


def _patiently(write: Any) -> None:
    for wait in _WAITS:
        try:
            write()
            return
        except AWAY:
            connection.close()
            time.sleep(wait)
    write()


def _without_values(error: Exception) -> tuple[type[BaseException], BaseException, Any]:
    """The error's trace with its message left out: a message may quote a person's data."""
    kind = type(error)
    return (kind, kind.__new__(kind), error.__traceback__)
