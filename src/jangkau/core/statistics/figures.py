"""Estimates of a survey as figures: ANGKA with `asal` survei, each with its standard error and interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.statistics.measures import Estimate
from jangkau.core.statistics.survey import NORMAL
from jangkau.core.tables.figures import ANGKA

REGION = "wilayah"
EVERYONE = ""
CAREFUL, UNUSABLE = 25, 50  # relative standard error in percent, as BPS marks its tables
# Measure -> indicator, name of what is counted, unit, factor.
COVERAGE = {
    "Rerata": ("survei_cakupan", "Bagian orang yang menjawab ya", "persen", 100.0),
    "Total": ("survei_orang", "Jumlah orang yang menjawab ya", "orang", 1.0),
}
POVERTY = {
    "FGT0": ("survei_fgt0", "Penduduk di bawah garis kemiskinan", "persen", 100.0),
    "FGT1": ("survei_fgt1", "Kedalaman kemiskinan", "persen", 100.0),
    "FGT2": ("survei_fgt2", "Keparahan kemiskinan", "persen", 100.0),
    "Gini": ("survei_gini", "Koefisien Gini", "poin", 1.0),
    "Q25": ("survei_q25", "Kuantil 25 persen", "rupiah", 1.0),
    "Q50": ("survei_q50", "Median", "rupiah", 1.0),
    "Q75": ("survei_q75", "Kuantil 75 persen", "rupiah", 1.0),
}
NAMES = {code: name for code, name, _, _ in (*COVERAGE.values(), *POVERTY.values())}


@dataclass(frozen=True)
class Surveyed:
    """What a survey is about: its province, what its domains are (REGION or a cut of ANGKA), date and source."""

    province: str
    cut: str
    per: date
    source: str


def figures(found: Mapping[str, Mapping[str, Estimate]], rows: Mapping[str, int], about: Surveyed) -> pl.DataFrame:
    """ANGKA of estimates by domain (EVERYONE is the whole survey) and measure; `rows` of the sample in each domain.

    What a domain cannot tell is a row without a value. Raises SURVEI_WILAYAH for a domain that is no region's code.
    """
    told = {**COVERAGE, **POVERTY}
    lines = [
        _row(label, told[name], estimate, rows[label], about)
        for label, measures in found.items()
        for name, estimate in measures.items()
    ]
    return polars(ANGKA.conform(pl.DataFrame(lines, infer_schema_length=None)))


def _row(
    label: str, told: tuple[str, str, str, float], estimate: Estimate, rows: int, about: Surveyed
) -> dict[str, object]:
    code, name, unit, factor = told
    value, error = factor * estimate.value, factor * estimate.error
    by_region = about.cut == REGION and label != EVERYONE
    if by_region and not (label.isdigit() and label.startswith(about.province)):
        raise Problem("SURVEI_WILAYAH", provinsi=about.province)
    return {
        "indikator": code, "wilayah": label if by_region else about.province,
        "potongan": "" if by_region or label == EVERYONE else about.cut, "kelas": "" if by_region else label,
        "per": about.per, "nilai": _known(value), "satuan": unit, "galat_baku": _known(error),
        "bawah": _known(value - NORMAL * error), "atas": _known(value + NORMAL * error), "nama_pembilang": name,
        "sumber_pembilang": about.source, "versi": "1", "asal": "survei", "keyakinan": confidence(value, error),
        "catatan": f"{rows} baris sampel",
    }  # fmt: skip


def _known(number: float) -> float | None:
    return number if isfinite(number) else None


def confidence(value: float, error: float) -> str:
    """H, M or L by the relative standard error; nothing known is L."""
    if not (isfinite(value) and isfinite(error)) or (not value and error):
        return "L"
    relative = 100 * error / abs(value) if value else 0.0
    return "H" if relative <= CAREFUL else "M" if relative <= UNUSABLE else "L"
