from django.db import migrations

from jangkau.apps.enrolment.holding import hold, release


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: hold(editor.connection), lambda apps, editor: release(editor.connection)
        ),
    ]
