"""The cheapest mix of ways to reach a coverage target by a year, with every assumption named."""

from jangkau.core.planning.path.assumptions import Assumption, published, read_assumptions
from jangkau.core.planning.path.path import Base, path_to_target

__all__ = ["Assumption", "Base", "path_to_target", "published", "read_assumptions"]
