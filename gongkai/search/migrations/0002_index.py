from typing import Any

from django.db import migrations

from gongkai.search.backends import postgresql, sqlite


def install(apps: Any, schema_editor: Any) -> None:
    (postgresql if schema_editor.connection.vendor == "postgresql" else sqlite).install()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
