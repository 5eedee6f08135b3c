"""What runs inside an executor: one bucket of rows, by the code of the engine of one machine. Knows no Spark."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import polars as pl
import pyarrow as pa

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.decide import compose
from jangkau.core.linkage.integers import numbered
from jangkau.core.linkage.keys import Keys, Rule, keys
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.nik_pass import believed
from jangkau.core.linkage.pairs import Flat, connect
from jangkau.core.linkage.prepare import bare
from jangkau.core.linkage.score import Scorer
from jangkau.core.linkage.search import exact, judged, limits
from jangkau.core.linkage.side import NAME, whole
from jangkau.core.tables.schema import Frame

Batches = Iterable[pa.RecordBatch]


def batchwise(function: Callable[[pa.Table], pa.Table]) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """A function of a table, as Spark wants it for a stream of batches."""

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from plain(function(pa.Table.from_batches([batch]))).to_batches()

    return run


def plain(table: pa.Table) -> pa.Table:
    """With the Arrow types that Spark reads: no large, view or unsigned types."""
    return table.cast(pa.schema([field.with_type(_plain(field.type)) for field in table.schema]))


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    return pa.int64() if pa.types.is_unsigned_integer(kind) else kind


def named(raw: pa.Table) -> pa.Table:
    """Rows of a register (rid and the fields it has) as comparable rows with the forms of their names."""
    rows = pl.DataFrame(pl.from_arrow(raw))
    side = bare(frame(rows.drop("rid")))
    columns = [name for name in (*side.rows.columns, *side.names.columns) if name not in (NAME, "nama_asli")]
    return side.table(columns).with_columns(rid=rows["rid"]).to_arrow()


def keyed(rules: tuple[Rule, ...]) -> Callable[[pa.Table], pa.Table]:
    """Rows to their keys: `aturan` (place of the rule), `kunci` (hash of its keys), `rid`."""

    def run(rows: pa.Table) -> pa.Table:
        table = pl.DataFrame(pl.from_arrow(rows))
        known = keys(whole(table), np.arange(len(table), dtype=np.int32), rules)
        return pl.concat([_keys_of(known, number, rule, table["rid"]) for number, rule in enumerate(rules)]).to_arrow()

    return run


def _keys_of(known: Keys, number: int, rule: Rule, rids: pl.Series) -> pl.DataFrame:
    hashed, rows = known.of(rule)
    # One bit less than the hash has, so that it is a signed integer.
    signed = pl.Series("kunci", (hashed >> np.uint64(1)).astype(np.int64))
    return pl.DataFrame([signed, rids.gather(pl.Series(rows))]).select(
        pl.lit(number, pl.Int16).alias("aturan"), "kunci", "rid"
    )


def by_nik(left: pa.Table, pairs: pa.Table) -> pa.Table:
    """The guarded NIK pass over left rows and the pairs (l, and the right row) that share a NIK."""
    with connect() as con:
        return _arrow(exact(frame(believed(con, _flat(left, pairs)))))


def weighed(model: Model, register: str, size: int, *, rival: bool) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Probabilities of pairs (l, and the right row) that blocks found; all pairs of an l are in one bucket."""

    def run(left: pa.Table, pairs: pa.Table) -> pa.Table:
        with connect() as con:
            scored = Scorer(model).weigh(con, _flat(left, pairs), limits(model, register, size))
        return _arrow(judged(frame(scored), model, register, size, rival=rival))

    return run


def _flat(left: pa.Table, pairs: pa.Table) -> Flat:
    """Pairs with the columns of both sides, and the integers that stand for them."""
    mine = pl.DataFrame(pl.from_arrow(left)).rename(lambda name: "l" if name == "rid" else f"{name}_l")
    kept = {"l": "l", "rid": "r"}
    theirs = pl.DataFrame(pl.from_arrow(pairs)).rename(lambda name: kept.get(name, f"{name}_r"))
    return Flat(numbered(theirs, "_r").join(numbered(mine, "_l"), on="l").sort("l", "r"))


def framewise(function: Callable[..., Frame]) -> tuple[Callable[..., pa.Table], Callable[..., pa.Table]]:
    """A function of frames of pairs as functions of one and of two Arrow tables; Spark counts their arguments."""

    def one(table: pa.Table) -> pa.Table:
        return _arrow(function(_pairs(table)))

    def two(first: pa.Table, second: pa.Table) -> pa.Table:
        return _arrow(function(_pairs(first), _pairs(second)))

    return one, two


def composed(first: Frame, middle: Frame) -> Frame:
    """`compose`, where `middle` holds for each l of `first` the pairs (baris, r) of the other register."""
    return compose(first, middle.select("r", "peluang", "cara", l="baris").unique())


def _pairs(table: pa.Table) -> Frame:
    """In the order of the engine of one machine: sums of one l are added in it."""
    rows = pl.DataFrame(pl.from_arrow(table)).drop("bagian")
    return frame(rows.sort([name for name in ("l", "r", "baris") if name in rows.columns]))


def _arrow(pairs: Frame) -> pa.Table:
    return plain(polars(pairs).to_arrow())
