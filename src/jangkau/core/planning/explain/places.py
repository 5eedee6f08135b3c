"""Who took the money of a fund: people counted by points, never named."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from jangkau.core.planning.instance import Ints

_MOST_BANDS = 6
_WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Places:
    """People whom a fund pays: how many, the least points among them, counts by band, and beside one's own points."""

    orang: int
    poin_terendah: int | None
    pita: list[dict[str, int]]
    lebih_tinggi: int
    sama: int
    lebih_rendah: int


def places(points: pl.Series, own: int) -> Places:
    """The people paid by one fund, from their points."""
    values = points.to_numpy().astype(np.int64)
    higher, same = int((values > own).sum()), int((values == own).sum())
    least = int(values.min()) if len(values) else None
    return Places(len(values), least, bands(values), higher, same, len(values) - higher - same)


def bands(values: Ints) -> list[dict[str, int]]:
    """Counts by bands of equal width, highest first; at most six, the narrowest that fit."""
    if not len(values):
        return []
    low, high = int(values.min()), int(values.max())
    fits = (width for width in _WIDTHS if high // width - low // width < _MOST_BANDS)
    width = next(fits, (high - low) // _MOST_BANDS + 1)
    start, count = np.unique(values // width, return_counts=True)
    return [
        {"dari": int(s) * width, "sampai": int(s) * width + width - 1, "orang": int(n)}
        for s, n in zip(start[::-1], count[::-1], strict=True)
    ]
