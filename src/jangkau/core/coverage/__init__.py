"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.denominators import denominator_problems
from jangkau.core.coverage.indicator import coverage
from jangkau.core.coverage.line import along, would_cover

__all__ = ["along", "coverage", "denominator_problems", "would_cover"]
