"""How far the province has come: people protected over workers, never a bare percentage."""

from jangkau.core.coverage.denominators import denominator_problems
from jangkau.core.coverage.indicator import Headline, coverage, headline

__all__ = ["Headline", "coverage", "denominator_problems", "headline"]
