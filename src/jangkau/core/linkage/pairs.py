"""Pairs of records, and questions in SQL about each of them, asked chunk by chunk on every core."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import duckdb
import numpy as np
import polars as pl

from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.side import Numbers, Side

CHUNK = 100_000
WORKERS = 2


@dataclass(frozen=True)
class Pairs:
    """Distinct pairs of a left and a right record, sorted; `sekata`: a rule found a telling word of both names."""

    left: Numbers
    right: Numbers
    sekata: np.ndarray[Any, np.dtype[np.bool_]]
    pairs_per_rule: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.left)


def connect() -> Connection:
    """A DuckDB that gives rows back in the order they went in, since one thread asks."""
    return duckdb.connect(":memory:", config={"threads": 1})


class Desk:
    """A connection for each worker, kept as long as the desk."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._workers = workers
        self._free: SimpleQueue[Connection] = SimpleQueue()
        for _ in range(workers):
            self._free.put(connect())

    def each(
        self,
        pairs: Pairs,
        left: Side,
        right: Side,
        columns: tuple[Sequence[str], Sequence[str]],
        work: Callable[[Connection, pl.DataFrame], pl.DataFrame],
    ) -> pl.DataFrame:
        """What `work` makes of the pairs with their columns, `x_l` and `x_r`; it sees a chunk at a time."""

        def chunk(start: int) -> pl.DataFrame:
            con = self._free.get()
            try:
                return work(con, _flat(pairs, left, right, columns, slice(start, start + CHUNK)))
            finally:
                self._free.put(con)

        starts = range(0, max(len(pairs), 1), CHUNK)
        if len(starts) == 1:
            return chunk(0)
        with ThreadPoolExecutor(self._workers) as pool:
            return pl.concat(pool.map(chunk, starts))


def _flat(
    pairs: Pairs, left: Side, right: Side, columns: tuple[Sequence[str], Sequence[str]], part: slice
) -> pl.DataFrame:
    flat = pl.DataFrame({"l": pairs.left[part], "r": pairs.right[part], "sekata": pairs.sekata[part]})
    sides = zip((left, right), (pairs.left, pairs.right), columns, "lr", strict=True)
    return flat.hstack([s for side, rids, names, end in sides for s in side.take(rids[part], names, f"_{end}")])


def asked(con: Connection, flat: pl.DataFrame, query: str) -> pl.DataFrame:
    """The answer to a query over table `pasangan`."""
    con.register("pasangan", flat.to_arrow(compat_level=pl.CompatLevel.newest()))
    return pl.DataFrame(pl.from_arrow(con.execute(query).to_arrow_table()))
