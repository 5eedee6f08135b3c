"""Entries of a journal are read from any one of them on: one index of both instead of the journal's own.

The old index is dropped by its name: changing the field would build the table anew on SQLite, and take its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

OLD = "enrolment_entry_journal_id_9cdd398f"


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0005_reopening")]

    operations = [
        migrations.AddIndex("entry", models.Index(fields=["journal", "id"], name="entry_of_journal")),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX IF EXISTS {OLD}", f"CREATE INDEX {OLD} ON enrolment_entry (journal_id)")
            ],
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
