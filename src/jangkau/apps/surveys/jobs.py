"""Background work on surveys."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.surveys.actions import ESTIMATE, work_out


@work(ESTIMATE)
def estimate_survey(running: Running) -> dict[str, Any]:
    """Estimate from a survey and keep the figures."""
    return work_out(running)
