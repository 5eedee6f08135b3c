"""Background work on registers."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.registry.actions import read_snapshot
from jangkau.apps.registry.models import Snapshot


@work("registers.read")
def read(running: Running) -> dict[str, Any]:
    """Check a snapshot that has arrived, and make it ready for linkage."""
    snapshot = Snapshot.objects.get(pk=running.args["snapshot"])
    return read_snapshot(snapshot, running)
