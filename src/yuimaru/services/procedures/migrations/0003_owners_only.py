from django.db import migrations

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('procedures', '0002_keys_in_flight'),
    ]

    operations = [
        OwnersOnly('Draft'),
        OwnersOnly('Submission'),
        OwnersOnly('SentKey'),
        OwnersOnly('StatusLock'),
    ]
