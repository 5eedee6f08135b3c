"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.catalogue import Indicator, Parameters, indicators, parameters
from jangkau.core.coverage.denominators import denominator_problems
from jangkau.core.coverage.indicator import coverage
from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.line import along, would_cover
from jangkau.core.coverage.measure import measure

__all__ = [
    "Indicator",
    "Inputs",
    "Parameters",
    "along",
    "coverage",
    "denominator_problems",
    "indicators",
    "measure",
    "parameters",
    "would_cover",
]
