"""Background work on figures."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.monitoring.actions import KIND, count


@work(KIND)
def counting(running: Running) -> dict[str, Any]:
    """Every figure, from what is there now."""
    found = count(running)
    return {"baris": found.rows if found else 0}
