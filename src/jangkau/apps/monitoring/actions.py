"""Counting coverage."""

from jangkau.apps.jobs.actions import start
from jangkau.apps.jobs.models import Job
from jangkau.apps.monitoring.models import Coverage
from jangkau.apps.monitoring.selectors import inputs
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import coverage
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t

KIND = "monitoring.coverage"


def ask_to_count() -> None:
    """Queue the counting from the registers in use, once for each set of them: who looks at a page does not repeat it,
    not even where it failed."""
    key = inputs()
    if key and not Job.objects.filter(kind=KIND, args={"inputs": key}).exists():
        start(KIND, {"inputs": key}, by=None)


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
