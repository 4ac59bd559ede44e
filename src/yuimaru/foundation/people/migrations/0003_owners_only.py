from django.db import migrations

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_api_tokens'),
    ]

    operations = [
        OwnersOnly('Section'),
        OwnersOnly('Post'),
    ]
