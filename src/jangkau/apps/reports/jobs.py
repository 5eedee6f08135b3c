"""Background work of reports."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.reports import actions


@work(actions.MAKE)
def make_reports(running: Running) -> dict[str, Any]:
    """Make the reports asked for."""
    return actions.work_out(running)
