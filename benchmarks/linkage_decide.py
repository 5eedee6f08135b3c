"""Mutual best over 800,000 claims, beside a plain loop that does the same: `python benchmarks/linkage_decide.py`."""

import time
from math import log2

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.linkage.decide import MARGIN, contested

CLAIMS = 800_000


def claims() -> tuple[pl.DataFrame, pl.DataFrame]:
    """One claim in thirty on a row that another person claims too."""
    rng = np.random.default_rng(1)
    row = rng.permutation(2_100_000)[:CLAIMS]
    row[::30] = row[1::30][: len(row[::30])]
    left = np.arange(CLAIMS, dtype=np.int32)
    chance = rng.uniform(0.85, 1, CLAIMS)
    return pl.DataFrame({"l": left, "r": row.astype(np.int32), "peluang": chance}), pl.DataFrame(
        {"l": left, "orang": left}
    )


def plain(pairs: pl.DataFrame) -> list[tuple[int, int]]:
    """Every proposal its own person, so that only rows are shared."""
    by_row: dict[int, list[tuple[float, int]]] = {}
    for left, right, chance in pairs.iter_rows():
        by_row.setdefault(right, []).append((log2(chance / (1 - chance)), left))
    lost = []
    for right, rivals in by_row.items():
        ranked = sorted(rivals, reverse=True)
        leads = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN
        lost += [(left, right) for _, left in (ranked[1:] if leads else ranked)]
    return sorted(lost)


def main() -> None:
    pairs, persons = claims()
    since = time.perf_counter()
    fast = contested(frame(pairs), frame(persons), single=True).rows()
    took = time.perf_counter() - since
    since = time.perf_counter()
    slow = plain(pairs)
    loop = time.perf_counter() - since
    assert fast == slow
    print(f"{len(pairs)} claims, {len(fast)} contested: {took:.2f} s; plain loop {loop:.2f} s, {loop / took:.1f} times")


if __name__ == "__main__":
    main()
