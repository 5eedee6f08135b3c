"""Linkage: which register rows and which other proposals are the person that a proposal names."""

from jangkau.core.linkage.linker import Linked, link

__all__ = ["Linked", "link"]
