"""A condition in DuckDB's SQL as Spark's, where the words of the two differ."""

import sqlglot
from sqlglot import exp

# Columns that hold lists of words.
_LISTS = frozenset({"kata_l", "kata_r", "semua_l", "semua_r"})
_HAMMING = "size(filter(zip_with(split({0}, ''), split({1}, ''), (x, y) -> x <> y), z -> z))"
_CALLS = {
    "HAMMING": _HAMMING,
    "LIST_HAS_ALL": "(size(array_except({1}, {0})) = 0)",
    "ARRAYOVERLAPS": "arrays_overlap({0}, {1})",
    "JAROWINKLERSIMILARITY": "jaro_winkler({0}, {1})",
}


def spark_sql(condition: str) -> str:
    """A condition in DuckDB's SQL as Spark's, with the similarity functions that `spark/splinked.py` teaches it."""
    return sqlglot.parse_one(condition, read="duckdb").transform(_spoken).sql("spark")


def _spoken(node: exp.Expr) -> exp.Expr:
    """A call in Spark's words, where sqlglot has none for it."""
    if isinstance(node, exp.Length) and node.this.name in _LISTS:
        return exp.func("size", node.this, dialect="spark")
    name = node.name.upper() if isinstance(node, exp.Anonymous) else type(node).__name__.upper()
    if name not in _CALLS:
        return node
    arguments = node.expressions if isinstance(node, exp.Anonymous) else [node.this, node.expression]
    return sqlglot.parse_one(_CALLS[name].format(*(part.sql("spark") for part in arguments)), read="spark")
