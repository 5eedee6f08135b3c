"""The duties that a card tells of, as the frame from which the indicator of duties met is counted."""

from datetime import date

import narwhals as nw
import polars as pl

from jangkau.core.scorecard.instrument import Question
from jangkau.core.scorecard.score import OPEN, Result
from jangkau.core.tables.schema import Frame

DUTIES = {"per": pl.Date(), "wilayah": pl.String(), "kewajiban": pl.String(), "terpenuhi": pl.Boolean()}


def duties(results: list[tuple[str, date, Result]]) -> Frame:
    """A row a duty of (region, day, card): `per`, `wilayah`, `kewajiban`, `terpenuhi` (null: not answered).

    A duty that does not apply has no row; one that is not asked because of the answer before is not met.
    """
    rows = [
        (day, region, mark.question.kewajiban, None if mark.state in OPEN else _met(mark.share, mark.question))
        for region, day, result in results
        for mark in result.marks
        if mark.question.kewajiban and mark.state != "tidak_berlaku" and (mark.possible or not mark.question.scored)
    ]
    frame = pl.DataFrame(rows, schema=DUTIES, orient="row").sort("wilayah", "per", "kewajiban")
    return nw.from_native(frame, eager_only=True)


def _met(share: float, question: Question) -> bool:
    return share >= question.dipenuhi - 1e-9
