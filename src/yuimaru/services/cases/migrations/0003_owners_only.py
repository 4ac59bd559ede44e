from django.db import migrations

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_initial'),
    ]

    operations = [
        OwnersOnly('Case'),
        OwnersOnly('Task'),
        OwnersOnly('Reveal'),
    ]
