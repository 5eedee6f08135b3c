"""Background work of linkage."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.linkage.actions import KIND
from jangkau.apps.linkage.actions import run as link


@work(KIND)
def run(running: Running) -> dict[str, Any]:
    """Link every effective row. Killed half way it leaves the previous result whole, and is simply run again."""
    return link(running)
