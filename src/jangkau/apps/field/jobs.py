"""Background work of the field."""

from typing import Any

from jangkau.apps.field.flow import KIND
from jangkau.apps.field.settling import settle
from jangkau.apps.jobs.running import Running, work


@work(KIND)
def run(running: Running) -> dict[str, Any]:
    """Put what has come where it belongs. Killed half way it has done whole lists, and goes on with the others."""
    return settle(running)
