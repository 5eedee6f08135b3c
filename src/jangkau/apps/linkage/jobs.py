"""Background work of linkage."""

from typing import Any

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.linkage.actions import KIND, start
from jangkau.apps.linkage.actions import run as link
from jangkau.apps.registry import selectors as registry


@work(KIND)
def run(running: Running) -> dict[str, Any]:
    """Link every effective row. Killed half way it leaves the previous result whole, and is simply run again."""
    return link(running)


@after("intake.read")
def lists_came(job: Job) -> None:
    """New rows are linked as soon as they are read, if there is something to link them with."""
    if "penduduk" in registry.files():
        start(by=job.by)
