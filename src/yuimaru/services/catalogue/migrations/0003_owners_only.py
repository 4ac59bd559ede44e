from django.db import migrations

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_one_live_adoption'),
    ]

    operations = [
        OwnersOnly('Adoption'),
    ]
