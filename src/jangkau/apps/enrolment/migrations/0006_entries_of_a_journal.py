"""Entries of a journal are read from any one of them on: one index of both instead of the journal's own.

The old index is dropped by its name: changing the field would build the table anew on SQLite, and take its triggers.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE, COLUMNS = "enrolment_entry", ["journal_id"]


def drop(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The journal's own index goes."""
    editor.execute(f"DROP INDEX IF EXISTS {editor.quote_name(editor._create_index_name(TABLE, COLUMNS))}")


def put_back(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """And comes."""
    name = editor.quote_name(editor._create_index_name(TABLE, COLUMNS))
    editor.execute(f"CREATE INDEX {name} ON {TABLE} ({COLUMNS[0]})")


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0005_reopening")]

    operations = [
        migrations.AddIndex("entry", models.Index(fields=["journal", "id"], name="entry_of_journal")),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, put_back)],
            state_operations=[
                migrations.AlterField(
                    "entry",
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="enrolment.journal",
                    ),
                ),
            ],
        ),
    ]
