"""Running linkage."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running
from jangkau.apps.linkage import effects
from jangkau.apps.linkage.keep import count_words, keep
from jangkau.apps.linkage.models import Decision, LinkRun
from jangkau.apps.linkage.run import Found, find

KIND = "linkage.run"


def start(*, by: User | None, wait: timedelta | None = None) -> Job:
    """Queue a run over all rows, not before `wait` is over; one that waits already is given back."""
    return jobs.start(KIND, {}, by=by, wait=wait)


def run(running: Running) -> dict[str, Any]:
    """Link every effective row and keep the result, whole or not at all; returns the counts.

    Decisions made while it ran are applied to the result before anyone sees it.
    """
    found = find(running)
    running.step(gettext_noop("Menyimpan hasil"))
    with transaction.atomic():
        made = _keep(found, running.job)
    return dict(made.counts)


def _keep(found: Found, job: Job | None) -> LinkRun:
    counts = keep(found)
    if counts["kata"]:
        count_words()
    links = found.links.filter(keputusan="tinjau").height
    made = LinkRun.objects.create(
        job=job,
        snapshots=found.snapshots,
        model_version=found.record["versi_model"],
        thresholds=found.record["ambang"],
        counts=counts | {"tinjau": links, "pasangan": found.record["pasangan"], "peringatan": found.warnings},
    )
    Decision.objects.filter(pk__in=found.decisions, run=None).update(run=made)
    effects.apply_again()
    by = job.by if job else None
    record("linkage.run", by=by, thing=made, after={"snapshots": found.snapshots, **counts})
    return made
