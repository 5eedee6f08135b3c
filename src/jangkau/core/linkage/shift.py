"""Whether two shares, or two lists of groups, differ by more than chance, and how far, in words."""

from dataclasses import dataclass
from math import log
from typing import Any

import polars as pl
from scipy.special import chdtri

from jangkau.core.linkage.proportions import Share, difference

# The usual reading of the population stability index.
SHIFTED, FAR = 0.1, 0.25
SURE = 0.99
# Gaps and rates: a difference below this many hundredths is no reason to look.
SLIGHT = 0.01
GROUPS = 20
REST = "lain"
STEADY, MOVED, MOVED_FAR = "stabil", "bergeser", "bergeser jauh"


@dataclass(frozen=True)
class Shift:
    """One thing compared. `lama`, `baru`: shares, or for values nothing; `psi` for values; `kata` in words."""

    tabel: str
    kolom: str
    ukuran: str
    kata: str
    lama: dict[str, Any] | None = None
    baru: dict[str, Any] | None = None
    psi: float | None = None


def rates(table: str, column: str, measure: str, old: Share, new: Share) -> Shift:
    """Two shares; shifted where they differ by more than chance and more than slightly."""
    low, high = difference(new, old, SURE)
    apart = old.value is not None and new.value is not None and (low > 0 or high < 0)
    gap = abs((new.value or 0) - (old.value or 0)) if apart else 0.0
    return Shift(table, column, measure, word_of(gap, SLIGHT, 10 * SLIGHT), old.as_dict(), new.as_dict())


def values(table: str, column: str, measure: str, old: pl.Series, new: pl.Series) -> Shift:
    """Two lists of groups, one a row. Shifted where the index is large and larger than chance makes it."""
    index, chance = stability(old, new)
    word = STEADY if index <= chance else word_of(index, SHIFTED, FAR)
    return Shift(table, column, measure, word, psi=index)


def stability(old: pl.Series, new: pl.Series) -> tuple[float, float]:
    """Population stability index of two lists of groups, and the value that 99 of 100 equal populations stay below.

    The index is sum((p - q) ln(p / q)) over the groups; for samples of one population it is near a chi-square times
    (1/n + 1/m) (Yurdakul and Naranjo 2020). Rare groups count together.
    """
    before, after = old.drop_nulls().cast(pl.String), new.drop_nulls().cast(pl.String)
    if not len(before) or not len(after):
        return 0.0, 0.0
    common = set(before.value_counts(sort=True).head(GROUPS - 1).to_series().to_list())
    counts = [_counted(side, common) for side in (before, after)]
    groups = sorted({*counts[0], *counts[1]})
    shares = [[(count.get(group, 0) + 0.5) / (len(side) + len(groups) / 2) for group in groups]
              for count, side in zip(counts, (before, after), strict=True)]  # fmt: skip
    index = sum((p - q) * log(p / q) for p, q in zip(*shares, strict=True))
    return index, float(chdtri(max(len(groups) - 1, 1), 1 - SURE)) * (1 / len(before) + 1 / len(after))


def _counted(side: pl.Series, common: set[str]) -> dict[str, int]:
    grouped = pl.DataFrame({"x": side}).select(
        pl.when(pl.col("x").is_in(list(common))).then("x").otherwise(pl.lit(REST))
    )
    return dict(grouped.to_series().value_counts().iter_rows())


def word_of(size: float, moved: float, far: float) -> str:
    """`size` in words."""
    return MOVED_FAR if size >= far else MOVED if size >= moved else STEADY
