from django.db import migrations

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
    ]

    operations = [
        OwnersOnly('Notice'),
    ]
