"""Ages in classes, fast: days as the number yyyymmdd, so that the year of age is one subtraction."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int32]
UNKNOWN = "tidak diketahui"
NO_DAY = 0


def day_number(day: date) -> int:
    """A day as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_numbers(days: pl.Series, missing: int = NO_DAY) -> Ints:
    """Days as yyyymmdd; `missing` where there is none."""
    number = days.dt.year() * 10_000 + days.dt.month().cast(pl.Int32) * 100 + days.dt.day()
    return number.fill_null(missing).to_numpy().astype(np.int32)


def ages(born: Ints, per: date) -> Ints:
    """Age in whole years on a day; meaningless for NO_DAY."""
    return (day_number(per) - born) // 10_000


def bands(born: Ints, per: date, bounds: Sequence[int]) -> Ints:
    """The class of age on a day, as a place in `band_names`."""
    return band_of_age(per, bounds)[np.maximum(ages(born, per), 0)]


def band_of_age(per: date, bounds: Sequence[int]) -> Ints:
    """The class of each year of age that there can be on a day; the last is that of NO_DAY."""
    of_age = np.searchsorted(bounds, np.arange(per.year + 1), side="right").astype(np.int32)
    of_age[per.year] = len(bounds) + 1
    return of_age


def band_names(bounds: Sequence[int]) -> list[str]:
    """The classes between bounds: `<15`, `15-24`, ..., `65+`, and "tidak diketahui"."""
    return [f"<{bounds[0]}", *(f"{low}-{high - 1}" for low, high in pairwise(bounds)), f"{bounds[-1]}+", UNKNOWN]
