"""Counting coverage."""

from datetime import timedelta

from django.utils import timezone

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.monitoring.models import Coverage
from jangkau.apps.monitoring.selectors import inputs
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import coverage
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t

KIND = "monitoring.coverage"
RETRY_AFTER, MOST_TRIES = timedelta(hours=1), 3


def ask_to_count() -> None:
    """Queue the counting from the registers in use, once for each set of them: who looks at a page does not repeat it.

    Where it failed it is tried again after RETRY_AFTER, MOST_TRIES times in all.
    """
    key = inputs()
    if key and _may_try(list(Job.objects.filter(kind=KIND, args={"inputs": key})[:MOST_TRIES])):
        start(KIND, {"inputs": key}, by=None)


def _may_try(tried: list[Job]) -> bool:
    """`tried`: the jobs for these registers, the last first."""
    if not tried:
        return True
    ended = tried[0].ended_at if tried[0].state == State.FAILED else None
    return len(tried) < MOST_TRIES and ended is not None and ended < timezone.now() - RETRY_AFTER


def count_coverage() -> int:
    """Count the people covered from the registers in use; the same registers and settings are counted once.

    Returns the number of rows; 0 while a register or the settings are missing. Raises LawUndefinedOn.
    """
    key = inputs()
    if key is None:
        return 0
    known = Coverage.objects.filter(inputs=key).first()
    if known is None:
        known, _ = Coverage.objects.get_or_create(inputs=key, defaults={"rows": _rows()})
    return len(known.rows)


def _rows() -> list[dict[str, object]]:
    settings = registry.settings()
    regions = Regions.load(settings.provinsi)
    found = coverage.coverage(
        registry.register(Kind.PESERTA),
        registry.register(Kind.ANGKATAN_KERJA),
        pekerja=t.PEKERJA.empty(),
        usulan=t.USULAN.empty(),
        tautan=t.TAUTAN.empty(),
        rencana=t.RENCANA.empty(),
        regions=[(region.code, region.name) for region in regions.kabupaten],
        settings=settings,
        book=Book.load(),
        nama_provinsi=regions.name(settings.provinsi),
    )
    return [{**row, "per": row["per"].isoformat()} for row in found.rows(named=True) if row["keadaan"] == "sebelum"]
