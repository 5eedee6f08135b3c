"""Pairs of records, and questions in SQL about each of them, asked chunk by chunk on every core."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Protocol

import duckdb
import numpy as np
import polars as pl

from jangkau.core.linkage.normalise import Connection
from jangkau.core.linkage.side import Numbers, Side

CHUNK, SMALLEST, FEW = 250_000, 10_000, 500
WORKERS = 2
Places = np.ndarray[Any, np.dtype[np.int64]]
_KINDS: dict[Any, str] = {
    pl.String: "VARCHAR", pl.Date: "DATE", pl.Boolean: "BOOLEAN", pl.Float64: "DOUBLE",
    pl.Int8: "TINYINT", pl.Int16: "SMALLINT", pl.Int32: "INTEGER", pl.Int64: "BIGINT", pl.UInt32: "UINTEGER",
}  # fmt: skip


@dataclass(frozen=True)
class Pairs:
    """Distinct pairs of a left and a right record, sorted."""

    left: Numbers
    right: Numbers
    pairs_per_rule: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.left)


def connect() -> Connection:
    """A DuckDB that gives rows back in the order they went in, since one thread asks."""
    return duckdb.connect(":memory:", config={"threads": 1})


class Rows(Protocol):
    """Some pairs of records with the columns of both sides."""

    @property
    def pairs(self) -> pl.DataFrame:
        """l, r: the records."""

    def take(self, columns: Sequence[str], at: Places | None = None) -> pl.DataFrame:
        """Columns `x_l` and `x_r` of all pairs, or of those at the places `at`."""


@dataclass(frozen=True)
class Met:
    """Pairs of records of two sides; a column is gathered when it is asked for."""

    rids: dict[str, Numbers]
    sides: dict[str, Side]

    @property
    def pairs(self) -> pl.DataFrame:
        """See `Rows`."""
        return pl.DataFrame(self.rids)

    def take(self, columns: Sequence[str], at: Places | None = None) -> pl.DataFrame:
        """See `Rows`."""
        parts = []
        for end, rids in self.rids.items():
            names = [column[:-2] for column in columns if column.endswith(f"_{end}")]
            parts.append(self.sides[end].take(rids if at is None else rids[at], names, f"_{end}"))
        return pl.concat(parts, how="horizontal")


@dataclass(frozen=True)
class Flat:
    """Pairs that stand in one row with the columns of both sides."""

    table: pl.DataFrame

    @property
    def pairs(self) -> pl.DataFrame:
        """See `Rows`."""
        return self.table.select("l", "r")

    def take(self, columns: Sequence[str], at: Places | None = None) -> pl.DataFrame:
        """See `Rows`."""
        taken = self.table.select(columns)
        return taken if at is None else taken.select(pl.all().gather(pl.Series(at)))


class Desk:
    """A connection for each worker, kept as long as the desk."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._workers = workers
        self._free: SimpleQueue[Connection] = SimpleQueue()
        for _ in range(workers):
            self._free.put(connect())

    def each(
        self, pairs: Pairs, left: Side, right: Side, work: Callable[[Connection, Rows], pl.DataFrame]
    ) -> pl.DataFrame:
        """What `work` makes of the pairs; it sees a chunk at a time."""

        def chunk(part: slice) -> pl.DataFrame:
            con = self._free.get()
            try:
                return work(con, Met({"l": pairs.left[part], "r": pairs.right[part]}, {"l": left, "r": right}))
            finally:
                self._free.put(con)

        size = min(CHUNK, max(SMALLEST, -(-len(pairs) // self._workers)))
        parts = [slice(start, start + size) for start in range(0, max(len(pairs), 1), size)]
        if len(parts) == 1:
            return chunk(parts[0])
        with ThreadPoolExecutor(self._workers) as pool:
            return pl.concat(pool.map(chunk, parts))


def asked(con: Connection, flat: pl.DataFrame, query: str) -> pl.DataFrame:
    """The answer to a query over table `pasangan`."""
    if len(flat) <= FEW:
        query = f"WITH pasangan AS ({_written(flat)}) {query}"
    else:
        con.register("pasangan", flat.to_arrow(compat_level=pl.CompatLevel.newest()))
    return pl.DataFrame(pl.from_arrow(con.execute(query).to_arrow_table()))


def _written(flat: pl.DataFrame) -> str:
    """The table as SQL. To register one loads pandas, which takes longer than a few pairs do."""
    shape = json.dumps([{name: _kind(dtype) for name, dtype in flat.schema.items()}])
    rows = flat.write_json().replace("'", "''")
    return f"SELECT unnest(from_json('{rows}', '{shape}'), recursive := true)"


def _kind(dtype: Any) -> Any:
    """The type as DuckDB's JSON functions want it."""
    return [_kind(dtype.inner)] if isinstance(dtype, pl.List) else _KINDS[dtype]
