"""Counting coverage."""

from jangkau.apps.monitoring.models import Coverage
from jangkau.apps.monitoring.selectors import inputs
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.core import coverage
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t


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
