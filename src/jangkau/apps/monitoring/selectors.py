"""Asking for coverage."""

from dataclasses import dataclass
from typing import Any

from jangkau.apps.monitoring.models import Coverage
from jangkau.apps.registry.models import Kind, Programme, Target
from jangkau.apps.registry.selectors import current


@dataclass(frozen=True)
class Covered:
    """Coverage of one region and segment, with what it is measured against; `stale`: newer registers have come."""

    row: dict[str, Any]
    target: Target | None
    stale: bool


def inputs() -> str | None:
    """What coverage would be counted from now; None while a register or the settings are missing."""
    parts = [current(Kind.PESERTA), current(Kind.ANGKATAN_KERJA), Programme.objects.first()]
    return "-".join(str(part.pk) for part in parts if part) if all(parts) else None


def covered(region_code: str, segment: str = "SEMUA") -> Covered | None:
    """The newest coverage of the region, or of the kabupaten or province it lies in; None before the first counting."""
    newest = Coverage.objects.first()
    if newest is None:
        return None
    rows = {row["wilayah"]: row for row in newest.rows if row["segmen"] == segment}
    code = next((code for code in (region_code[:4], region_code[:2]) if code in rows), None)
    return Covered(rows[code], _target(code, rows[code]), newest.inputs != inputs()) if code else None


def _target(code: str, row: dict[str, Any]) -> Target | None:
    """The next target for coverage of that region: of the year of the figure or later."""
    year = int(row["per"][:4])
    found = Target.objects.filter(wilayah=code, indikator__istartswith="cakupan", persen__isnull=False, tahun__gte=year)
    return found.order_by("tahun").first()
