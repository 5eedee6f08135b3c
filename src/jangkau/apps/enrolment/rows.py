"""Many rows in and out of the database at once, where objects would take minutes."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import Model

AT_ONCE = 5_000


def insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; the keys of the first are the columns of all."""
    given = iter(rows)
    first = next(given, None)
    if first is None:
        return
    names = list(first)
    places = ", ".join(["%s"] * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"
    _many(sql, (tuple(row[name] for name in names) for row in chain([first], given)))


def update(model: type[Model], names: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Set columns of rows by key: each row gives the values of `names`, then the key."""
    sets = ", ".join(f'"{name}" = %s' for name in names)
    _many(f"UPDATE {model._meta.db_table} SET {sets} WHERE id = %s", rows)


def _many(sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    given = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(given, AT_ONCE)):
            cursor.executemany(sql, some)
