"""Loading regions."""

from django.db import transaction

from jangkau.apps.audit.actions import record
from jangkau.apps.regions.models import Region
from jangkau.core.identity.regions import CODE_LENGTHS, Regions
from jangkau.core.identity.regions import Region as Known


@transaction.atomic
def load_province(code: str) -> int:
    """Bring the regions of a province into the database; names that changed are renewed. Returns how many there are.

    Raises PROVINSI_TIDAK_ADA.
    """
    known = Regions.load(code)
    province = Known(code, known.name(code), "provinsi")
    everything = [province, *known.kabupaten, *known.kecamatan(), *known.villages()]
    rows = [Region(code=r.code, name=r.name, level=r.level, parent_id=_parent(r)) for r in everything]
    Region.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "level", "parent"], batch_size=500
    )
    record("regions.load", by=None, region_code=code, after={"jumlah": len(rows)})
    return len(rows)


def _parent(region: Known) -> str | None:
    shorter = [length for length in CODE_LENGTHS.values() if length < len(region.code)]
    return region.code[: max(shorter)] if shorter else None
