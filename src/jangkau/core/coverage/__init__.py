"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.catalogue import Indicator, Parameters, indicators, parameters, ties
from jangkau.core.coverage.change import change
from jangkau.core.coverage.denominators import denominator_problems, workers_of
from jangkau.core.coverage.forecast import Forecast, forecast
from jangkau.core.coverage.funnel import funnel, steps
from jangkau.core.coverage.indicator import coverage
from jangkau.core.coverage.inputs import Inputs
from jangkau.core.coverage.line import along, would_cover
from jangkau.core.coverage.measure import measure
from jangkau.core.coverage.panel import Panel, Snapshot, read_panel
from jangkau.core.coverage.published import NATION, conflicts, published, with_breaks
from jangkau.core.coverage.targets import against, targets
from jangkau.core.coverage.whereabouts import whereabouts

__all__ = [
    "NATION",
    "Forecast",
    "Indicator",
    "Inputs",
    "Panel",
    "Parameters",
    "Snapshot",
    "against",
    "along",
    "change",
    "conflicts",
    "coverage",
    "denominator_problems",
    "forecast",
    "funnel",
    "indicators",
    "measure",
    "parameters",
    "published",
    "read_panel",
    "steps",
    "targets",
    "ties",
    "whereabouts",
    "with_breaks",
    "workers_of",
    "would_cover",
]
