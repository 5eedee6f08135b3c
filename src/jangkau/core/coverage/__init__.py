"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.catalogue import Indicator, Parameters, indicators, parameters
from jangkau.core.coverage.denominators import denominator_problems
from jangkau.core.coverage.indicator import coverage
from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.line import along, would_cover
from jangkau.core.coverage.measure import measure
from jangkau.core.coverage.published import conflicts, published, with_breaks
from jangkau.core.coverage.targets import SASARAN, against, targets

__all__ = [
    "SASARAN",
    "Indicator",
    "Inputs",
    "Parameters",
    "against",
    "along",
    "conflicts",
    "coverage",
    "denominator_problems",
    "indicators",
    "measure",
    "parameters",
    "published",
    "targets",
    "with_breaks",
    "would_cover",
]
