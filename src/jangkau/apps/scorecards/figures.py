"""Answers that the monitoring figures already give."""

from dataclasses import dataclass
from datetime import date

from jangkau.apps.monitoring.models import Coverage
from jangkau.core.kernel.formats import long_date
from jangkau.core.scorecard import Answer, Question

_SEGMENTS = {"cakupan": "SEMUA", "cakupan_formal": "PU", "cakupan_informal": "BPU"}


@dataclass(frozen=True)
class Figure:
    """A figure that may fill an answer, and what stands behind it."""

    answer: Answer
    source: str


def figures(region: str) -> dict[str, Figure]:
    """Figures of a region itself by code of the indicator, from the newest counting; unknown ones are left out."""
    newest = Coverage.objects.first()
    rows = {row["segmen"]: row for row in newest.rows if row["wilayah"] == region} if newest else {}
    return {code: _figure(rows[segment]) for code, segment in _SEGMENTS.items() if _known(rows.get(segment))}


def of(question: Question, known: dict[str, Figure]) -> Figure | None:
    """The figure that may fill a question."""
    return known.get(question.indikator) if question.jenis == "persen" else None


def _known(row: dict[str, object] | None) -> bool:
    return bool(row and row["pembilang"] is not None and row["penyebut"])


def _figure(row: dict[str, object]) -> Figure:
    per = long_date(date.fromisoformat(str(row["per"])))
    source = f"{row['sumber_pembilang']}; penyebut {row['nama_penyebut']}, {row['sumber_penyebut']}; keadaan {per}"
    return Figure(Answer(part=float(str(row["pembilang"])), whole=float(str(row["penyebut"]))), source[:300])
