"""Many rows in the caller's transaction: COPY on PostgreSQL, one prepared statement on SQLite.

Django's own bulk operations build an object and a long statement per batch, which is ten times slower. Rows hold plain
values in the order of the field names: text, numbers, booleans, None; dates and JSON as text.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Model
from django.db.models.sql.compiler import SQLCompiler

Row = Sequence[Any]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
_AT_ONCE = 200_000
# In sixteen parts, each of which may be a gigabyte.
_PACKED = "SELECT string_agg({row}, ''::bytea) FROM ({sql}) packed({names}) GROUP BY n0 & 15"


class Among(Lookup[int]):
    """Whether a whole number is one of many: one parameter however many there are. `filter(Among(F("pk"), keys))`."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """A hashed array on PostgreSQL, a list of JSON on SQLite."""
        left, given = compiler.compile(self.lhs)
        if connection.vendor == "postgresql":
            return f"{left} = ANY(%s)", [*given, list(self.rhs)]
        return f"{left} IN (SELECT value FROM json_each(%s))", [*given, json.dumps(list(self.rhs))]


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """New rows with these fields; the other fields get the database's own values, so name all that may not be null."""
    target = f"{_table(model)} ({', '.join(_columns(model, names))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {target} VALUES ({places})", list(rows))


def numbers(sql: str, width: int) -> Numbers:
    """The rows of a question whose `width` columns are all BIGINT and never null, in any order: without an object for
    each on PostgreSQL, where fetching them takes longer than all the rest."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PACKED.format(
                row=" || ".join(f"int8send(n{at})" for at in range(width)), sql=sql,
                names=", ".join(f"n{at}" for at in range(width))))  # fmt: skip
            parts = [np.frombuffer(told, ">i8").astype(np.int64) for (told,) in cursor.fetchall()]
        else:
            cursor.execute(sql)
            parts = [np.fromiter(chain.from_iterable(rows), np.int64, width * len(rows)) for rows in _fetched(cursor)]
    return np.concatenate([np.empty(0, np.int64), *parts]).reshape(-1, width)


def _fetched(cursor: Any) -> Iterator[list[Row]]:
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def update(model: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Change these fields of rows; the last value of each row is its primary key."""
    sets = ", ".join(f"{column} = %s" for column in _columns(model, names))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_table(model)} SET {sets} WHERE {_key(model)} = %s", list(rows))


def delete(model: type[Model], keys: Iterable[Any], *, by: str = "") -> None:
    """Remove rows by primary key, or by the field `by`."""
    column = _columns(model, [by])[0] if by else _key(model)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {_table(model)} WHERE {column} = %s", [(key,) for key in keys])


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[Model], names: Iterable[str]) -> list[str]:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return [connection.ops.quote_name(columns[name]) for name in names]


def _key(model: type[Model]) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))
