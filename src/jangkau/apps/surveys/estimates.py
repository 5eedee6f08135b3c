"""Estimates of one survey, and how they are drawn."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from jangkau.apps.surveys.models import Measured, Survey
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.statistics import Asked, Columns, Lonely, Microdata, read_microdata
from jangkau.core.statistics import survey as measure
from jangkau.core.statistics.figures import EVERYONE, NAMES, Surveyed, figures

MOST_DOMAINS, FEWEST_ROWS = 200, 10
_QUANTILES = (0.25, 0.5, 0.75)
_DECIMALS = {"persen": 2, "poin": 4, "orang": 0, "rupiah": 0}


def estimate(survey: Survey, progress: Progress) -> dict[str, Any]:
    """Write the figures of a survey, and return what the database keeps of it. Again, the same.

    Raises the problems of `read_microdata`, SURVEI_BUKAN_01, SURVEI_BUKAN_ANGKA, SURVEI_DOMAIN and SURVEI_WILAYAH.
    """
    asked = survey.columns
    progress.step(gettext_noop("Membaca data survei"))
    names = (asked.get(name) or None for name in ("bobot", "strata", "psu", "fpc", "domain"))
    data = _read(survey, Columns(asked["nilai"], *names))
    if survey.measured == Measured.COVERAGE:
        _demand_yes_or_no(data, asked["nilai"])
    progress.step(gettext_noop("Menghitung perkiraan"))
    domains = {EVERYONE: np.arange(len(data.sample.value)), **(_domains(data) if asked.get("domain") else {})}
    found = measure(data.sample, domains, _asked(survey))
    about = Surveyed(survey.region_code, asked.get("arti") or "", survey.per, survey.source)
    table = figures(found, {label: len(rows) for label, rows in domains.items()}, about)
    draft = survey.figures.with_suffix(".sementara")
    table.write_parquet(draft)
    draft.replace(survey.figures)
    return {"baris": len(data.sample.value), "tanpa_nilai": data.no_value, "tanpa_domain": data.no_domain,
            "kecil": len(data.domains) - len(domains) + 1}  # fmt: skip


def _read(survey: Survey, columns: Columns) -> Microdata:
    """The file as a sample; a problem never quotes a cell of it."""
    try:
        return read_microdata(survey.microdata, columns, Lonely(survey.columns["psu_tunggal"]))
    except Problem as problem:
        if problem.kind.kode == "SURVEI_ANGKA":
            raise Problem("SURVEI_BUKAN_ANGKA") from None
        raise


def _domains(data: Microdata) -> dict[str, NDArray[np.int64]]:
    """Groups of people; those of a few rows would show single ones and are left out."""
    if len(data.domains) > MOST_DOMAINS:
        raise Problem("SURVEI_DOMAIN", jumlah=len(data.domains), batas=MOST_DOMAINS)
    return {label: rows for label, rows in data.domains.items() if len(rows) >= FEWEST_ROWS}


def _asked(survey: Survey) -> Asked:
    if survey.measured == Measured.COVERAGE:
        return Asked(("Rerata", "Total"))
    return Asked(("FGT0", "FGT1", "FGT2", "Gini"), line=survey.line, quantiles=_QUANTILES)


def _demand_yes_or_no(data: Microdata, column: str) -> None:
    value = data.sample.value
    if not np.isin(value[~np.isnan(value)], (0.0, 1.0)).all():
        raise Problem("SURVEI_BUKAN_01", kolom=column)


@dataclass(frozen=True)
class Line:
    """An estimate as it is shown: value, error and interval as written; `left`, `right` of the interval and `at` of the
    value on a scale of 0 to 1000.
    """

    row: dict[str, Any]
    shown: tuple[str, ...]
    left: str
    right: str
    at: str


@dataclass(frozen=True)
class Chart:
    """All domains of one indicator on one scale from 0 to `most`."""

    code: str
    name: str
    unit: str
    most: float
    lines: list[Line]


def charts(survey: Survey) -> list[Chart]:
    """The estimates of a survey, one chart an indicator."""
    table = pl.read_parquet(survey.figures)
    groups = table.group_by("indikator", maintain_order=True)
    return [_chart(str(code), rows) for (code,), rows in groups]


def _chart(code: str, rows: pl.DataFrame) -> Chart:
    top = rows.select(pl.max_horizontal("nilai", "atas").max()).item()
    most = float(top or 1.0)
    if rows["satuan"][0] == "persen":
        most = min(100.0, most)
    lines = [_line(row, most) for row in rows.rows(named=True)]
    return Chart(code, NAMES[code], rows["satuan"][0], most, lines)


def _line(row: dict[str, Any], most: float) -> Line:
    def at(value: float | None, aside: int = 0) -> str:
        return f"{1000 * min(1.0, max(0.0, (value or 0.0) / most)) + aside:.0f}"

    told = ("nilai", "galat_baku", "bawah", "atas")
    shown = tuple("–" if row[one] is None else number(row[one], _DECIMALS[row["satuan"]]) for one in told)
    left, right = (at(row["nilai"] if row[end] is None else row[end]) for end in ("bawah", "atas"))
    return Line(row, shown, left, right, at(row["nilai"], -6))
