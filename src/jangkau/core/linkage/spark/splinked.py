"""Splink on Spark with our comparisons: the same settings, levels and weights as on one machine."""

from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import udf
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from splink.backends.spark import SparkAPI

from jangkau.core.linkage.spark.session import Work


def tables_on_spark(work: Work, **tables: DataFrame) -> list[Any]:
    """Comparable Spark tables as Splink takes them, in a session that knows our similarity functions."""
    teach(work.spark)
    work.spark.sparkContext.setCheckpointDir(str(work.folder / "splink"))
    api = SparkAPI(spark_session=work.spark, register_udfs_automatically=False)  # type: ignore[no-untyped-call]
    return [api.register(table, dataset_display_name=f"latih_{name}") for name, table in tables.items()]


def teach(spark: SparkSession) -> None:
    """The similarity functions of our conditions, equal to DuckDB's to the last digit.

    The library for Spark that Splink brings counts an odd number of transpositions in another way: a quarter of
    misspelt pairs of names differ by it, and one in a hundred then stands at another level.
    """
    spark.udf.register("jaro_winkler", udf(_similarity, "double", useArrow=True))
    spark.udf.register("damerau_levenshtein", udf(_distance, "int", useArrow=True))


def _similarity(one: str | None, other: str | None) -> float | None:
    return None if one is None or other is None else JaroWinkler.similarity(one, other)


def _distance(one: str | None, other: str | None) -> int | None:
    return None if one is None or other is None else DamerauLevenshtein.distance(one, other)
