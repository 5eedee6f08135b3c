"""Linkage: which register rows and which other proposals are the person that a proposal names."""

from jangkau.core.linkage.linker import Engine, Linked, here, link
from jangkau.core.linkage.record import FILE as RECORD

__all__ = ["RECORD", "Engine", "Linked", "here", "link"]
