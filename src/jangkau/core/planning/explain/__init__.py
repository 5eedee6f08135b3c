"""A finished plan explained: to any person why, to anyone the lottery. Nothing here names anybody."""

from jangkau.core.planning.explain.lottery import lotteries
from jangkau.core.planning.explain.record import Record
from jangkau.core.planning.explain.why import why

__all__ = ["Record", "lotteries", "why"]
