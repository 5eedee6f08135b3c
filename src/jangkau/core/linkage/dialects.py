"""One text of every condition, read by two engines."""

from collections.abc import Callable
from typing import Literal


def _spark(condition: str) -> str:
    from jangkau.core.linkage.spark_words import spark_sql  # sqlglot takes long to load, and few ask for Spark

    return spark_sql(condition)


Dialect = Literal["duckdb", "spark"]
SQL: dict[Dialect, Callable[[str], str]] = {"duckdb": str, "spark": _spark}
