"""Background work on plans."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.planning.actions import MAKE, work_out


@work(MAKE)
def make_plan(running: Running) -> dict[str, Any]:
    """Work a plan out and keep it."""
    return work_out(running)
