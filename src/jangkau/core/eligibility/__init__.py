"""Who may be enrolled, on a date, and why not: facts first, then a verdict with its reasons."""

from jangkau.core.eligibility.facts import gather
from jangkau.core.eligibility.links import links_to
from jangkau.core.eligibility.memberships import memberships
from jangkau.core.eligibility.verdict import REASONS, decide

__all__ = ["REASONS", "decide", "gather", "links_to", "memberships"]
