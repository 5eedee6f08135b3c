"""The word lists of `words.yaml`."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.yaml_text import load_yaml


@cache
def _book() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml((files("jangkau.core.intake") / "words.yaml").read_text("utf-8"))
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(_book()[name])


@cache
def months() -> dict[str, int]:
    """Month by its name, short or long, old spelling or English."""
    return {name: month for month, names in _book()["bulan"].items() for name in names}


@cache
def starts(name: str) -> re.Pattern[str]:
    """What a line of this kind starts with."""
    return re.compile(f"(?:{'|'.join(_book()[name])})", re.IGNORECASE)
