"""Background work on surveys."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.surveys import fitting
from jangkau.apps.surveys.actions import ESTIMATE, work_out


@work(ESTIMATE)
def estimate_survey(running: Running) -> dict[str, Any]:
    """Estimate from a survey and keep the figures."""
    return work_out(running)


@work(fitting.FIT)
def fit_model(running: Running) -> dict[str, Any]:
    """Consumption fitted to a survey."""
    running.step(gettext_noop("Menaksir model pengeluaran"))
    return fitting.work_out(running)
