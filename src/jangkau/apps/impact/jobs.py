"""Background work on estimates."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.impact.actions import estimate
from jangkau.apps.impact.selectors import KIND
from jangkau.apps.jobs.running import Running, work
from jangkau.apps.planning.models import Plan


@work(KIND)
def estimate_plan(running: Running) -> dict[str, Any]:
    """Work out what a plan is expected to do."""
    running.step(gettext_noop("Menghitung dampak yang diharapkan"))
    return {"dampak": estimate(Plan.objects.get(pk=running.args["plan"]), running).pk}
