"""Asking for the one figure that other pages show: coverage of a place, with what it is measured against."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.apps.monitoring import gathering, held, reading
from jangkau.apps.monitoring.board import OF_MEMBERS
from jangkau.apps.regions.selectors import region_name
from jangkau.core.coverage import indicators


@dataclass(frozen=True)
class Covered:
    """Coverage of one region, its next target, and whether newer registers have come since (`stale`)."""

    row: dict[str, Any]
    target: held.Aim | None
    stale: bool

    @property
    def place(self) -> str:
        """The name of the region."""
        return region_name(self.row["wilayah"])


def covered(region_code: str) -> Covered | None:
    """The newest coverage of the region, or of the kabupaten or province it lies in; None before the first counting."""
    newest = reading.newest()
    if newest is None:
        return None
    for code in dict.fromkeys((region_code[:4], region_code[:2])):
        rows = reading.of_region(newest, code, OF_MEMBERS).sort("per").tail(1).rows(named=True)
        if rows:
            target = held.next_aim(held.aims(code, indicators()[OF_MEMBERS]), rows[0]["per"])
            told = gathering.parts()
            return Covered(rows[0], target, told is None or newest.parts["register"] != told["register"])
    return None


def figures(region_code: str) -> pl.DataFrame | None:
    """All figures of one region as the newest counting has them (ANGKA); None before the first."""
    newest = reading.newest()
    return reading.of_region(newest, region_code) if newest else None
