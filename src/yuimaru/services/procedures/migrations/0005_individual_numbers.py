import django.db.models.deletion
from django.db import migrations, models
from uuid_utils.compat import uuid7

from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly


class Migration(migrations.Migration):

    dependencies = [
        ('keys', '0001_initial'),
        ('procedures', '0004_corrections_are_drafts'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndividualNumber',
            fields=[
                ('id', models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=120)),
                ('number_sealed', models.BinaryField(null=True)),
                ('kept_at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='keys.datakey')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='keys.datakey')),
            ],
            options={
                'abstract': False,
            },
        ),
        OwnersOnly('IndividualNumber'),
    ]
