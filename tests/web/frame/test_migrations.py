"""Migrations: none is missing, and each runs on tables that hold rows, keeping them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

OWN = [c.label for c in apps.get_app_configs() if c.name.startswith("jangkau.") and [*c.get_models()]]
GONE = {"monitoring.coverage"}  # what can be counted again at any time: its table is dropped
VALUES: dict[type[models.Field], Any] = {
    models.BooleanField: True, models.DateTimeField: datetime(2026, 1, 2, 3, 4, 5, 678901, UTC),
    models.DateField: date(2026, 1, 2), models.FloatField: 1.5, models.JSONField: {"a": [1]}, models.IntegerField: 1,
    models.BinaryField: b"1", models.TimeField: time(3, 4, 5),
}  # fmt: skip


def test_no_model_has_changed_without_its_migration(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def _value(field: models.Field, number: int, made: dict[str, list]) -> Any:
    """A value of the field's kind; text and numbers differ from row to row."""
    if field.is_relation:
        rows = made.get(field.related_model._meta.label_lower, [])
        return rows[number % len(rows)] if rows else None
    if isinstance(field, models.CharField | models.TextField):
        return str(number)[: field.max_length or 100]
    if isinstance(field, models.IntegerField):
        return number
    return next(value for kind, value in VALUES.items() if isinstance(field, kind))


def _fill(state: Any) -> dict[str, int]:
    """Two rows in every table of ours, tables that others point to first; returns rows by table."""
    made: dict[str, list] = {}
    waiting = [model for label in OWN for model in state.get_app_config(label).get_models()]
    for model in waiting * 3:  # a table is filled once those it needs are
        label = model._meta.label_lower
        needs = [f for f in model._meta.concrete_fields if f.is_relation and not f.null]
        if label in made or any(f.related_model._meta.label_lower not in made for f in needs):
            continue
        fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
        rows = [model(**{f.name: _value(f, number, made) for f in fields}) for number in (1, 2)]
        made[label] = model._base_manager.bulk_create(rows)
    assert len(made) == len(waiting), {m._meta.label_lower for m in waiting} - set(made)
    return {label: len(rows) for label, rows in made.items()}


@pytest.fixture
def first_state(transactional_db: None) -> Iterator[Any]:
    """The database as the first migration of every app left it; brought back to the newest afterwards."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([(label, name) for label, name in executor.loader.graph.root_nodes() if label in OWN])
    yield executor.loader.project_state(executor.loader.graph.root_nodes()).apps
    MigrationExecutor(connection).migrate(newest)


def test_every_migration_keeps_the_rows_that_are_there(first_state: Any) -> None:
    counts = _fill(first_state)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    kept = {label: n for label, n in counts.items() if label not in GONE}
    assert {label: apps.get_model(label)._base_manager.count() for label in kept} == kept
