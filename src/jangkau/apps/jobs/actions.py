"""Starting, stopping and picking up background work."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs.models import SILENT_AFTER, Job, State
from jangkau.apps.jobs.tasks import run_job

MOST_ATTEMPTS = 5


@transaction.atomic
def start(
    kind: str, args: dict[str, Any], *, by: User | None, region_code: str = "", wait: timedelta | None = None
) -> Job:
    """Queue work, to begin once `wait` is over; the same kind with the same arguments that still waits is given back.

    What waits for its time and is asked for again without `wait` begins at once.
    """
    waiting = Job.objects.select_for_update().filter(kind=kind, state=State.WAITING, region_code=region_code)
    same = next((job for job in waiting if job.args == args), None)
    if same:
        if not wait:
            transaction.on_commit(lambda: run_job.enqueue(same.pk))
        return same
    job = Job.objects.create(kind=kind, args=args, by=by, region_code=region_code)
    begin = run_job.using(run_after=timezone.now() + wait) if wait else run_job
    transaction.on_commit(lambda: begin.enqueue(job.pk))
    record("jobs.start", by=by, thing=job, after={"kind": kind, "args": args})
    return job


@transaction.atomic
def cancel(job: Job, *, by: User) -> Job:
    """Ask work to stop at its next step; what is finished of it stays. Work that still waits never starts."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state == State.WAITING:
        job.state, job.ended_at = State.CANCELLED, timezone.now()
    job.cancel_asked = True
    job.save()
    record("jobs.cancel", by=by, thing=job)
    return job


def pick_up_the_fallen() -> int:
    """Queue again what a dead worker left behind, and what waits without a task; returns how many.

    A job that has killed its worker `MOST_ATTEMPTS` times is failed instead.
    """
    limit = timezone.now() - SILENT_AFTER
    fallen = Job.objects.filter(state=State.RUNNING, heartbeat__lt=limit)
    fallen.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED,
        ended_at=timezone.now(),
        problem={"pesan": "Pekerjaan berhenti berulang kali tanpa sebab yang dapat dibaca.", "saran": "Hubungi admin."},
    )
    left = list(fallen) + list(Job.objects.filter(state=State.WAITING, created_at__lt=limit))
    for job in left:
        run_job.enqueue(job.pk)
    return len(left)
