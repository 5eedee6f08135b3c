"""Background work on coverage."""

from typing import Any

from django.utils.translation import gettext_noop

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.monitoring.actions import KIND, count_coverage


@work(KIND)
def count(running: Running) -> dict[str, Any]:
    """Coverage from the registers in use."""
    running.step(gettext_noop("Menghitung cakupan"))
    return {"baris": count_coverage()}
