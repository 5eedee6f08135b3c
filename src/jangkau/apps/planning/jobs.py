"""Background work on plans."""

from contextlib import suppress
from typing import Any

from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.running import Running, after, work
from jangkau.apps.linkage.actions import KIND as LINKAGE
from jangkau.apps.planning import basis
from jangkau.apps.planning.actions import MAKE, work_out
from jangkau.apps.registry import selectors as registry
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Silent


@work(MAKE)
def make_plan(running: Running) -> dict[str, Any]:
    """Work a plan out and keep it."""
    return work_out(running)


@after(LINKAGE)
def people_came(job: Job) -> None:
    """What plans are made from is prepared at once, so that nobody waits for it on the page."""
    with suppress(Problem):  # without settings there is nothing to plan yet; the page says so
        basis.exact(registry.settings(), Silent())
