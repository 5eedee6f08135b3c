"""Background work of the field."""

from typing import Any

from jangkau.apps.field.flow import KIND
from jangkau.apps.field.proving import prove, waiting
from jangkau.apps.field.settling import settle
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.linkage.actions import KIND as LINKED

PROVE = "field.prove"


@work(KIND)
def run(running: Running) -> dict[str, Any]:
    """Put what has come where it belongs. Killed half way it has done whole lists, and goes on with the others."""
    return settle(running)


@work(PROVE)
def proofs(running: Running) -> dict[str, Any]:
    """Put photographs of work to the persons whom they show."""
    return prove(running)


@after(KIND)
@after(LINKED)
def persons_known(job: Job) -> None:
    """Whom a row names is known after linkage; whom a visit met, as soon as it is settled."""
    if waiting().exists():
        jobs.start(PROVE, {}, by=job.by)
