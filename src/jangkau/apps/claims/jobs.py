"""Background work on claims."""

from typing import Any

from jangkau.apps.claims.opening import detect
from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current

KIND = "claims.detect"
_READ_FOR = (Kind.PENDUDUK, Kind.PESERTA)


@work(KIND)
def find(running: Running) -> dict[str, Any]:
    """Look for members who died."""
    return dict(detect(running))


@after("registers.read")
def look_again(job: Job) -> None:
    """A new register of residents or members may tell of deaths among the covered."""
    snapshots = {kind: snapshot.pk for kind in _READ_FOR if (snapshot := current(kind))}
    if job.args.get("snapshot") in snapshots.values():
        start(KIND, {"snapshots": {str(kind): pk for kind, pk in snapshots.items()}}, by=job.by)
