"""A province ready to work: regions, settings, registers, funds, targets; then its lists, read and matched."""

from pathlib import Path

from django.core.management import call_command

from jangkau.apps.accounts.models import User
from jangkau.apps.monitoring.actions import count_coverage
from jangkau.apps.regions.actions import load_province
from jangkau.apps.registry.workspace import bring
from jangkau.core.kernel.progress import Progress


def ready(province: str) -> int:
    """A migrated database with the regions of a province; returns how many there are. Raises PROVINSI_TIDAK_ADA."""
    call_command("migrate", verbosity=0)
    return load_province(province)


def bring_everything(folder: Path, progress: Progress, *, by: User | None = None) -> dict[str, int]:
    """A workspace folder brought in whole; again, it changes nothing. Raises the problems of `open_workspace`."""
    counts = bring(folder, progress, by=by)
    progress.step("Menghitung cakupan")
    count_coverage()
    return counts
