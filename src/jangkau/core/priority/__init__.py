"""Priority points: how many, and for what."""

from jangkau.core.priority.points import score

__all__ = ["score"]
