"""Background work of reconciliation."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.reconciliation import actions, radar
from jangkau.apps.reconciliation.models import Reconciliation
from jangkau.apps.reconciliation.run import run
from jangkau.apps.registry.models import Kind, Snapshot


@work(actions.KIND)
def reconcile(running: Running) -> dict[str, Any]:
    """Reconcile with one snapshot. Killed half way it has changed nothing, and is simply run again."""
    return run(Reconciliation.objects.select_related("snapshot").get(pk=running.args["reconciliation"]), running)


@work(radar.KIND)
def look_ahead(running: Running) -> dict[str, Any]:
    """Whose membership ends within twelve months."""
    running.step(gettext_noop("Menghitung radar lapse"))
    return {"orang": radar.refresh()}


@after("registers.read")
def register_came(job: Job) -> None:
    """A new snapshot of the members is reconciled as soon as it is ready."""
    snapshot = Snapshot.objects.filter(pk=job.args.get("snapshot"), kind=Kind.PESERTA).first()
    if snapshot and actions.usable(snapshot):
        actions.start(snapshot, by=job.by)


@after(actions.KIND)
def reconciled(job: Job) -> None:
    """What was found changes nobody's months; the radar is looked at again for those who joined the books."""
    radar.ask()
