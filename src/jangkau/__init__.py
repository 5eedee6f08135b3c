"""Jangkau: from village lists to people really covered by employment social security."""

__version__ = "0.1.0"
