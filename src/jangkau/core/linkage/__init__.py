"""Linkage: which register rows and which other proposals are the person that a proposal names."""

from jangkau.core.linkage.linker import Engine, Linked, here, link
from jangkau.core.linkage.memory import remembering
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.model_file import FILE as MODEL
from jangkau.core.linkage.model_file import model_in, read_model
from jangkau.core.linkage.record import FILE as RECORD
from jangkau.core.linkage.shelf import kept

__all__ = [
    "MODEL",
    "RECORD",
    "Engine",
    "Linked",
    "Model",
    "here",
    "kept",
    "link",
    "model_in",
    "read_model",
    "remembering",
]
