"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.denominators import denominator_problems
from jangkau.core.coverage.indicator import coverage

__all__ = ["coverage", "denominator_problems"]
