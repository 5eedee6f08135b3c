"""One thing that happened around a person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Moment:
    """One thing that happened."""

    day: date
    title: str
    text: str
    harm: bool = False
