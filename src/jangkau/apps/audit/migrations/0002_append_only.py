from django.db import migrations

from jangkau.apps.audit.seal import seal, unseal


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: seal(editor.connection), lambda apps, editor: unseal(editor.connection)
        ),
    ]
