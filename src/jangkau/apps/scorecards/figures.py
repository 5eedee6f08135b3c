"""Answers that the monitoring figures already give."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.apps.monitoring import selectors as monitoring
from jangkau.core.kernel.formats import long_date
from jangkau.core.scorecard import Answer, Question


@dataclass(frozen=True)
class Figure:
    """A figure that may fill an answer, and what stands behind it."""

    answer: Answer
    source: str


def figures(region: str) -> dict[str, Figure]:
    """The newest figure of a region itself by code of the indicator; those without a denominator are left out."""
    found = monitoring.figures(region)
    if found is None:
        return {}
    whole = found.filter(
        pl.col("potongan").fill_null("") == "", pl.col("pembilang").is_not_null(), pl.col("penyebut") > 0
    )
    return {row["indikator"]: _figure(row) for row in whole.sort("per").iter_rows(named=True)}


def of(question: Question, known: dict[str, Figure]) -> Figure | None:
    """The figure that may fill a question."""
    return known.get(question.indikator) if question.jenis == "persen" else None


def _figure(row: dict[str, Any]) -> Figure:
    below = f"; penyebut {row['nama_penyebut']}, {row['sumber_penyebut']}" if row["nama_penyebut"] else ""
    source = f"{row['sumber_pembilang']}{below}; keadaan {long_date(row['per'])}"
    return Figure(Answer(part=float(row["pembilang"]), whole=float(row["penyebut"])), source[:300])
