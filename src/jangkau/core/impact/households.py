"""Households of a survey as the consumption model needs them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from jangkau.core.impact.parameters import Floats
from jangkau.core.statistics import Columns, read_microdata, read_numbers
from jangkau.core.statistics.design import Design, Ints, Lonely

_DECILES = 10


@dataclass(frozen=True)
class Asked:
    """Columns of a file: consumption (of a person a month, or of the household), decile, people, and the design's."""

    consumption: str
    decile: str
    size: str
    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    region: str | None = None
    household: bool = False


@dataclass(frozen=True)
class Households:
    """Rows that can be used: log consumption of a person, decile, ln size, region (its place in `places`); `rows` of
    the design they are, and how many rows were left out.
    """

    y: Floats
    decile: Floats
    log_size: Floats
    region: Ints
    places: list[str]
    rows: Ints
    design: Design
    left_out: int


def read_households(path: Path, asked: Asked, lonely: Lonely = Lonely.CENTRE) -> Households:
    """A survey's households. Raises what `read_microdata` raises."""
    columns = Columns(asked.consumption, asked.weight, asked.strata, asked.psu, by=asked.region)
    data = read_microdata(path, columns, lonely)
    decile, size = read_numbers(path, [asked.decile, asked.size])
    value = data.sample.value / np.where(size >= 1, size, np.nan) if asked.household else data.sample.value
    place = np.full(len(value), -1)
    for at, rows in enumerate(data.domains.values()):
        place[rows] = at
    whole = (decile == np.round(decile)) & (decile >= 1) & (decile <= _DECILES)
    good = (value > 0) & (size >= 1) & whole & (place >= 0) & (data.sample.design.weight > 0)
    kept = np.flatnonzero(good)
    places = [label[:4] for label in data.domains] if asked.region else []
    region = place[kept] if asked.region else np.zeros(len(kept), np.int64)
    return Households(
        np.log(value[kept]), decile[kept], np.log(size[kept]), region, places, kept, data.sample.design,
        len(value) - len(kept),
    )  # fmt: skip
