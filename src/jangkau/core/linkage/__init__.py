"""Linkage: which register rows and which other proposals are the person that a proposal names."""

from jangkau.core.linkage.linker import Linked, link
from jangkau.core.linkage.record import FILE as RECORD

__all__ = ["RECORD", "Linked", "link"]
