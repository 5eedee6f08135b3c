"""A synthetic province with known truth."""

from jangkau.core.synthetic.workspace import generate

__all__ = ["generate"]
