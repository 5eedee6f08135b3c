"""Background work on coverage."""

from typing import Any

from jangkau.apps.jobs.running import Running, work
from jangkau.apps.monitoring.actions import count_coverage


@work("monitoring.coverage")
def count(running: Running) -> dict[str, Any]:
    """Coverage from the registers in use."""
    running.step("Menghitung cakupan")
    return {"baris": count_coverage()}
