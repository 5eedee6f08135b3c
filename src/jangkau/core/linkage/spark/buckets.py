"""What runs inside an executor: one bucket of rows, by the code of the engine of one machine. Knows no Spark."""

from collections.abc import Callable, Iterable, Iterator

import polars as pl
import pyarrow as pa

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.blocks import Rule, keys_sql
from jangkau.core.linkage.comparisons import term_columns
from jangkau.core.linkage.decide import compose
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import Connection, comparable, connection, forms
from jangkau.core.linkage.search import Search
from jangkau.core.tables.schema import Frame

MEMORY = "1GB"
Batches = Iterable[pa.RecordBatch]


def batchwise(function: Callable[[pa.Table], pa.Table]) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """A function of a table, as Spark wants it for a stream of batches."""

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from plain(function(pa.Table.from_batches([batch]))).to_batches()

    return run


def plain(table: pa.Table) -> pa.Table:
    """With the Arrow types that Spark reads: no large and no view types."""
    return table.cast(pa.schema([field.with_type(_plain(field.type)) for field in table.schema]))


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    return kind


def named(raw: pa.Table) -> pa.Table:
    """Rows of a register (rid and the fields it has) as comparable rows with the forms of their names."""
    rows = pl.DataFrame(pl.from_arrow(raw))
    side = comparable(frame(rows.drop("rid"))).with_columns(rid=frame(rows)["rid"])
    with connection(1, MEMORY) as con:
        forms(con, side.select("nama").drop_nulls().unique())
        con.register("masuk", side.rename({"nama": "nama_asli"}).to_arrow())
        return con.execute(
            "SELECT masuk.* EXCLUDE (nama_asli), kamus_kata.* EXCLUDE (nama_asli) "
            "FROM masuk LEFT JOIN kamus_kata USING (nama_asli)"
        ).to_arrow_table()


def keyed(rules: tuple[Rule, ...]) -> Callable[[pa.Table], pa.Table]:
    """Rows to their keys: `aturan` (place of the rule), `kunci` (hash of its keys), `rid`."""
    # One bit less than the hash has, so that it is a signed integer.
    parts = [
        f"SELECT {at}::SMALLINT AS aturan, (kunci >> 1)::BIGINT AS kunci, rid FROM ({keys_sql(rule, 'bagian')})"
        for at, rule in enumerate(rules)
    ]

    def run(rows: pa.Table) -> pa.Table:
        with connection(1, MEMORY) as con:
            con.register("bagian", rows)
            return con.execute(" UNION ALL ".join(parts)).to_arrow_table()

    return run


def by_nik(model: Model) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """The guarded NIK pass over left rows and the pairs (l, and the right row) that share a NIK."""

    def run(left: pa.Table, pairs: pa.Table) -> pa.Table:
        with connection(1, MEMORY) as con:
            _store(con, left, pairs, model)
            return _arrow(Search(con, model).by_nik("kiri", "kanan_semua"))

    return run


def weighed(model: Model, register: str, size: int, *, rival: bool) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Probabilities of pairs (l, sekata, and the right row) that blocks found; all pairs of an l are in one bucket."""

    def run(left: pa.Table, pairs: pa.Table) -> pa.Table:
        with connection(1, MEMORY) as con:
            _store(con, left, pairs, model)
            con.execute("CREATE TABLE calon AS SELECT l, rid AS r, sekata FROM masuk")
            return _arrow(Search(con, model).weigh("kiri", "kanan_semua", register, size, rival=rival))

    return run


def _store(con: Connection, left: pa.Table, pairs: pa.Table, model: Model) -> None:
    """Tables `kiri`, `kanan_semua` and the frequencies that the right rows brought along."""
    con.register("masuk_kiri", left)
    con.register("masuk", pairs)
    con.execute("CREATE TABLE kiri AS FROM masuk_kiri")
    terms = term_columns(model.comparisons)
    brought = ", ".join(["l", "sekata", "bagian", *(f"tf_{term}" for term in terms)])
    con.execute(f"CREATE TABLE kanan_semua AS SELECT DISTINCT ON (rid) * EXCLUDE ({brought}) FROM masuk")
    for term in terms:
        con.execute(f"CREATE TABLE tf_{term} AS SELECT DISTINCT {term}, tf_{term} FROM masuk WHERE {term} IS NOT NULL")


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
