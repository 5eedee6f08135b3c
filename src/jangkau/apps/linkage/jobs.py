"""Background work of linkage."""

from datetime import timedelta
from typing import Any

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.changes import on_change
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.linkage.actions import KIND, start
from jangkau.apps.linkage.actions import run as link
from jangkau.apps.registry import selectors as registry


@work(KIND)
def run(running: Running) -> dict[str, Any]:
    """Link every effective row. Killed half way it leaves the previous result whole, and is simply run again."""
    return link(running)


QUIET = timedelta(minutes=2)


@after("intake.read")
def lists_came(job: Job) -> None:
    """New rows are linked as soon as they are read, if there is something to link them with."""
    if "penduduk" in registry.files():
        start(by=job.by)


@on_change
def rows_changed(by: User | None) -> None:
    """Rows that were mended, withdrawn or put back are linked a little later, with those that follow meanwhile."""
    if "penduduk" in registry.files():
        start(by=by, wait=QUIET)
