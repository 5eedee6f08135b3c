"""Statistics of weighted surveys: coverage, poverty and inequality with the errors that the design gives them."""

from jangkau.core.statistics.design import Lonely
from jangkau.core.statistics.measures import Estimate, Sample
from jangkau.core.statistics.read import ALL, Columns, Microdata, read_microdata, read_numbers
from jangkau.core.statistics.survey import MEASURES, NORMAL, POVERTY, RELATIVE, Asked, survey

__all__ = [
    "ALL", "MEASURES", "NORMAL", "POVERTY", "RELATIVE", "Asked", "Columns", "Estimate", "Lonely", "Microdata",
    "Sample", "read_microdata", "read_numbers", "survey",
]  # fmt: skip
