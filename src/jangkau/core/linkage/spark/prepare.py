"""Both sides of a linkage as Spark tables: comparable rows, the forms of their names, the words that tell."""

import polars as pl
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from jangkau.core.engine import polars
from jangkau.core.linkage.comparisons import term_columns
from jangkau.core.linkage.household import ALIKE, CARD, HOME
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.normalise import COMMON_AT_LEAST, COMMON_SHARE, SMOOTHING, USUAL_SHARES, shares_of
from jangkau.core.linkage.spark import buckets
from jangkau.core.linkage.spark.search import SparkSearch
from jangkau.core.linkage.spark.session import Work, ddl
from jangkau.core.tables.schema import Frame

_FIELDS = (
    "nik", "nik_dugaan", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "kode_wilayah", "no_hp",
)  # fmt: skip


def prepare(work: Work, rows: Frame, registers: dict[str, Frame], model: Model) -> SparkSearch:
    """All frames comparable and stored; words, frequencies and places counted in the population."""
    named = {table: _named(work, data) for table, data in {**registers, "usulan": rows}.items()}
    population = named["penduduk"]
    people = population.count()
    common = _common_words(population, people)
    rarest = 1 / (SMOOTHING + people)
    counted = [_frequency(population, column, rarest) for column in term_columns(model.comparisons)]
    tables = {table: work.kept(_complete(data, common, counted)) for table, data in named.items()}
    shares = shares_of({level: _group_sizes(population, level) for level in USUAL_SHARES})
    return SparkSearch(work, tables, model.for_register(shares, rarest))


def _named(work: Work, data: Frame) -> DataFrame:
    path = work.new_path()
    raw = polars(data.select([name for name in _FIELDS if name in data.columns])).with_row_index("rid")
    raw = raw.with_columns(pl.col("rid").cast(pl.Int32))
    raw.write_parquet(path, row_group_size=200_000)
    columns = ddl(buckets.plain(buckets.named(raw.clear().to_arrow())).schema)
    return work.kept(work.spark.read.parquet(path).mapInArrow(buckets.batchwise(buckets.named), columns))


def _common_words(population: DataFrame, people: int) -> list[str]:
    """Words that tell little; see `prepare.Census`."""
    least = max(COMMON_AT_LEAST, COMMON_SHARE * people)
    words = population.select(f.explode("semua").alias("kata")).where("kata RLIKE '^[A-Z]+$'")
    return sorted(row["kata"] for row in words.groupBy("kata").count().where(f"count >= {least!r}").collect())


def _frequency(population: DataFrame, column: str, rarest: float) -> DataFrame:
    counted = population.where(f"{column} IS NOT NULL").groupBy(column).count()
    return counted.select(column, (f.col("count") * f.lit(rarest)).alias(f"tf_{column}"))


def _complete(data: DataFrame, common: list[str], counted: list[DataFrame]) -> DataFrame:
    """Rows with their telling words (`kata`) and how common their name sound and birth date are."""
    words = "cast(array(" + ", ".join(f"'{word}'" for word in common) + ") AS array<string>)"
    kata = (
        f"CASE WHEN NOT arrays_overlap(semua, {words}) OR size(array_except(semua, {words})) = 0 THEN semua "
        f"ELSE filter(semua, k -> NOT array_contains({words}, k)) END"
    )
    told = data.withColumn("kata", f.expr(kata))
    for frequency in counted:
        told = told.join(frequency, frequency.columns[0], "left")
    return spread_homes(told)


def spread_homes(data: DataFrame) -> DataFrame:
    """As `household.with_homes` has it."""
    for name in ALIKE:
        known = data.where(f"{CARD} IS NOT NULL AND {name} IS NOT NULL").groupBy(CARD, name).count()
        shared = known.where("count > 1").select(CARD, name, f.col(CARD).alias(f"{HOME}_{name}"))
        data = data.join(shared, [CARD, name], "left")
    both = [f"{HOME}_{name}" for name in ALIKE]
    return data.withColumn(HOME, f.coalesce(*both)).drop(*both)


def _group_sizes(population: DataFrame, level: str) -> tuple[float, float]:
    groups = population.where(f"{level} IS NOT NULL").groupBy(level).count()
    people, pairs = groups.agg(f.sum("count"), f.expr("sum(count * count)")).first() or (0, 0)
    return float(people or 0), float(pairs or 0)
