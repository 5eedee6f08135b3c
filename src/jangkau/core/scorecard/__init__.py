"""Scorecards: an instrument as versioned data, the score of one filled card, and cards side by side."""

from jangkau.core.scorecard.answer import Answer, parse, shown
from jangkau.core.scorecard.compare import Row, difference, differences, heat
from jangkau.core.scorecard.duties import DUTIES, duties
from jangkau.core.scorecard.instrument import Instrument, Question, Section
from jangkau.core.scorecard.read import faults, read, shipped
from jangkau.core.scorecard.score import Result, score

__all__ = [
    "DUTIES", "Answer", "Instrument", "Question", "Result", "Row", "Section", "difference", "differences",
    "duties", "faults", "heat", "parse", "read", "score", "shipped", "shown",
]  # fmt: skip
