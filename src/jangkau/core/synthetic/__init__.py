"""A synthetic province with known truth, and how near a run comes to it."""

from jangkau.core.synthetic.score import score
from jangkau.core.synthetic.workspace import generate

__all__ = ["generate", "score"]
