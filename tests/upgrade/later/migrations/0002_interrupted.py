import os
import signal

from django.conf import settings
from django.db import migrations


def die_when_told(apps, schema_editor):
    if (settings.VAR / "die").exists():
        os.kill(os.getpid(), signal.SIGKILL)


class Migration(migrations.Migration):
    dependencies = [("later", "0001_initial")]
    operations = [migrations.RunPython(die_when_told)]
