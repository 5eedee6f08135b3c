"""The searches of linkage over Spark tables: what crosses rows is a join or a count, the rest happens in buckets."""

from collections.abc import Callable
from math import ceil
from typing import Any, cast

import narwhals as nw
import polars as pl
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.blocks import RULES
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.search import Search
from jangkau.core.linkage.spark import buckets
from jangkau.core.linkage.spark.session import Work, ddl
from jangkau.core.tables.schema import Frame

# Pairs that one task weighs at a time: some 60 MB with the right rows they carry.
PAIRS_PER_BUCKET = 200_000
# Left rows whose settled pairs, some two a row, one task decides at a time.
ROWS_PER_BUCKET = 100_000
_TYPES: dict[str, Any] = {
    "tinyint": pl.Int8,
    "int": pl.Int32,
    "bigint": pl.Int64,
    "double": pl.Float64,
    "string": pl.String,
    "boolean": pl.Boolean,
}
_PAIRS = "l int, r int, peluang double, cara string"
_KEYS = "aturan smallint, kunci bigint, rid int"


class SparkSearch(Search):
    """Searches over Spark tables; its frames of pairs are lazy and stay in Spark until somebody asks for rows.

    What linkage asks of a frame of pairs (filter, select, unique) a lazy one can do as well.
    """

    def __init__(self, work: Work, tables: dict[str, DataFrame], model: Model, rules: tuple[Rule, ...] = RULES) -> None:
        self.work = work
        self.tables = tables
        self.model = model
        self.rules = rules
        self.blocks = []
        self._sizes: dict[str, int] = {}
        self._keys: dict[str, DataFrame] = {}

    def size(self, table: str) -> int:
        """Rows of a table."""
        if table not in self._sizes:
            self._sizes[table] = self.tables[table].count()
        return self._sizes[table]

    def by_nik(self, left: str, right: str) -> Frame:
        """Pairs that the guarded NIK pass settles: a join on the number, then the guard in buckets."""
        asked = self.tables[left].where("nik IS NOT NULL").select(f.col("rid").alias("l"), "nik")
        met = asked.join(self.tables[right], "nik")
        return self._weigh(buckets.by_nik, left, met, ceil(self.size(left) / ROWS_PER_BUCKET))

    def by_model(self, left: str, right: str, register: str, *, rival: bool = True, called: str = "") -> Frame:
        """Pairs that blocks find and the model scores; how many is noted, `left` as `called`."""
        found = self.work.kept(self.candidates(left, right))
        pairs = found.join(self.tables[right], found["r"] == self.tables[right]["rid"]).drop("r")
        weigh = buckets.weighed(self.model, register, self.size(right), rival=rival)
        count = found.count()
        self.blocks.append({"kiri": called or left, "kanan": register, "baris": self.size(left), "pasangan": count})
        return self._weigh(weigh, left, pairs, ceil(count / PAIRS_PER_BUCKET))

    def candidates(self, left: str, right: str) -> DataFrame:
        """The distinct pairs (l, r) of every rule, each rule capped by how many right rows share a key."""
        key = ["aturan", "kunci"]
        mine = self._keyed(left)
        met = self._keyed(right).join(mine.select(key).distinct(), key, "left_semi")
        narrow = met.groupBy(key).count().where(f"count <= {self._by_rule('cap')}").select(key)
        pairs = mine.withColumnRenamed("rid", "l").join(narrow, key).join(met.withColumnRenamed("rid", "r"), key)
        return pairs.select("l", "r").distinct()

    def each(self, function: Callable[..., Frame], *pairs: Frame) -> Frame:
        """`function` of frames of pairs, by buckets of `l`."""
        given = [self._spark(some) for some in pairs]
        # What comes out of no rows has the columns of what comes out of many.
        empty = [frame(pl.DataFrame(schema={name: _TYPES[kind] for name, kind in some.dtypes})) for some in given]
        schema = ddl(buckets.plain(polars(function(*empty)).to_arrow()).schema)
        one, two = buckets.framewise(function)
        parts = ceil(self.size("usulan") / ROWS_PER_BUCKET)
        grouped = [self._grouped(some, "l", parts) for some in given]
        if len(grouped) == 1:
            return self._kept(grouped[0].applyInArrow(one, schema))
        return self._kept(grouped[0].cogroup(grouped[1]).applyInArrow(two, schema))

    def through(self, first: Frame, second: Frame) -> Frame:
        """Pairs through a person in the middle: a join on that person, then `compose` by buckets of `l`."""
        middle = self._spark(second).withColumnRenamed("l", "baris")
        known = self._spark(first)
        return self.each(buckets.composed, first, _lazy(known.select("l", "r").join(middle, "r")))

    def _filter(self, table: str, new: str, rows: Frame, kind: str) -> None:
        self.tables[new] = self.tables[table].join(self._spark(rows), "rid", f"left_{kind.lower()}")
        self._sizes.pop(new, None)
        self._keys.pop(new, None)

    def _keyed(self, table: str) -> DataFrame:
        """The keys of a table; they are asked again and again, so they are kept."""
        if table not in self._keys:
            keys = self.tables[table].mapInArrow(buckets.batchwise(buckets.keyed(self.rules)), _KEYS)
            self._keys[table] = self.work.kept(keys)
        return self._keys[table]

    def _by_rule(self, what: str) -> str:
        """SQL of an attribute of the rule in column `aturan`."""
        return "CASE aturan " + " ".join(f"WHEN {i} THEN {getattr(r, what)}" for i, r in enumerate(self.rules)) + " END"

    def _weigh(self, function: Callable[..., Any], left: str, pairs: DataFrame, parts: int) -> Frame:
        mine, met = self._grouped(self.tables[left], "rid", parts), self._grouped(pairs, "l", parts)
        return self._kept(mine.cogroup(met).applyInArrow(function, _PAIRS))

    def _grouped(self, data: DataFrame, key: str, parts: int) -> Any:
        """Rows by bucket: all rows of one key are in one bucket, and a bucket is small enough for one task."""
        parts = max(parts, int(self.work.spark.conf.get("spark.sql.shuffle.partitions") or 1))
        # Renamed to themselves, columns are new to Spark, which cannot tell two sides of one origin apart.
        fresh = data.select([f.col(name).alias(name) for name in data.columns])
        return fresh.withColumn("bagian", f.expr(f"pmod(xxhash64({key}), {parts})")).groupBy("bagian")

    def _kept(self, data: DataFrame) -> Frame:
        return _lazy(self.work.kept(data))

    def _spark(self, rows: Frame) -> DataFrame:
        native = nw.to_native(rows)
        if isinstance(native, DataFrame):
            return native
        return self.work.frame(polars(rows).to_arrow())


def _lazy(data: DataFrame) -> Frame:
    return cast(Frame, nw.from_native(data))
