"""Background work of outreach."""

from typing import Any

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.actions import KIND as COUNTED
from jangkau.apps.outreach.gathered import KIND, ask, gather
from jangkau.apps.outreach.models import Campaign


@work(KIND)
def gathering(running: Running) -> dict[str, Any]:
    """Counts of villages, from the people behind the newest counting."""
    return {"ada": gather(running)}


@after(COUNTED)
def counted(job: Job) -> None:
    """Figures were counted: where there are campaigns, their counts are made as well."""
    newest = reading.newest()
    if newest is not None and Campaign.objects.exists():
        ask(newest)
