"""Who gains: by group, and how evenly contributions and expected benefits lie over people from poor to rich."""

from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.impact.parameters import Floats

_AGES = (18, 30, 40, 50, 60)


def groups(people: pl.DataFrame, figures: dict[str, Floats]) -> dict[str, list[dict[str, Any]]]:
    """Sums of figures by wilayah, desil, jenis_kelamin and umur; `tidak diketahui` where the table does not say."""
    table = people.with_columns(pl.Series(name, column) for name, column in figures.items())
    unknown = pl.lit("tidak diketahui")
    keys = {
        "wilayah": pl.col("wilayah").fill_null(unknown),
        "desil": pl.when(pl.col("desil") > 0).then(pl.col("desil").cast(pl.String)).otherwise(unknown),
        "jenis_kelamin": pl.col("jenis_kelamin").fill_null(unknown),
        "umur": _band().fill_null(unknown),
    }
    return {name: _sums(table, key.alias(name), list(figures)) for name, key in keys.items()}


def by_fund(funds: pl.DataFrame, figures: dict[str, Floats]) -> list[dict[str, Any]]:
    """Sums of figures by `dana`; a person handed over counts for each fund by the months that it pays."""
    at, share = funds["baris"].to_numpy(), funds["bagian"].to_numpy()
    parts = [pl.Series(name, column[at] * share) for name, column in figures.items()]
    return _sums(funds.with_columns(parts), pl.col("dana"), list(figures))


def _band() -> pl.Expr:
    ends = (-1, *_AGES, 1000)
    names = [f"di bawah {_AGES[0]}", *(f"{least}-{above - 1}" for least, above in pairwise(_AGES)), f"{_AGES[-1]}+"]
    age = pl.col("usia")
    inside = [
        pl.when((age >= a) & (age < b)).then(pl.lit(name)) for name, (a, b) in zip(names, pairwise(ends), strict=True)
    ]
    return pl.coalesce(inside)


def _sums(table: pl.DataFrame, key: pl.Expr, figures: list[str]) -> list[dict[str, Any]]:
    number = pl.col(key.meta.output_name()).cast(pl.Int64, strict=False)
    return (
        table.group_by(key)
        .agg(pl.len().alias("orang"), pl.sum("iuran"), pl.col(figures).sum())
        .sort(number, key.meta.output_name(), nulls_last=True)
        .to_dicts()
    )


def concentration(amount: Floats, rank: Floats) -> float | None:
    """-1 (all to the lowest rank) to 1 (all to the highest): the concentration index; by the amount itself, Gini.

    People of one rank count as one group. None where there is nothing to share.
    """
    if not len(amount) or amount.sum() <= 0:
        return None
    people, share = curve(amount, rank)
    area = np.diff(people) * (share[1:] + share[:-1])
    return float(1 - area.sum())


def curve(amount: Floats, rank: Floats) -> tuple[Floats, Floats]:
    """Shares of people and of the amount up to each rank, from (0, 0) to (1, 1)."""
    place = np.unique(rank, return_inverse=True)[1]
    people, held = np.bincount(place), np.bincount(place, amount)
    return np.append(0, np.cumsum(people) / len(rank)), np.append(0, np.cumsum(held) / amount.sum())


def evenness(people: pl.DataFrame, benefit: Floats) -> dict[str, Any]:
    """Gini and concentration (by welfare decile, the poorest first) of contributions and expected benefits."""
    known = (people["desil"] > 0).to_numpy()
    decile, paid = people["desil"].to_numpy().astype(np.float64), people["iuran"].to_numpy().astype(np.float64)
    found: dict[str, Any] = {"orang_berdesil": int(known.sum()), "orang": people.height}
    for name, amount in (("iuran", paid), ("manfaat", benefit)):
        index = concentration(amount[known], decile[known])
        shares = [] if index is None else _points(*curve(amount[known], decile[known]))
        found[name] = {"gini": concentration(amount, amount), "konsentrasi": index, "kurva": shares}
    return found


def _points(people: Floats, share: Floats) -> list[list[float]]:
    return [[round(float(a), 6), round(float(b), 6)] for a, b in zip(people, share, strict=True)]
