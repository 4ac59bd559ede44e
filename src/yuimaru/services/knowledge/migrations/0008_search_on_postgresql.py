import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from yuimaru.foundation.tenancy.postgresql.columns import Native
from yuimaru.foundation.tenancy.postgresql.policies import OwnersOnly

# The extension comes with the server or is put there by its administrator; this role may be allowed to add it.
PGVECTOR = """
DO $$
BEGIN
    BEGIN
        CREATE EXTENSION IF NOT EXISTS vector;
    EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
        NULL;
    END;
    -- Another schema may hold the extension, out of this one's sight.
    IF to_regtype('halfvec') IS NOT NULL THEN
        ALTER TABLE knowledge_prepared ALTER about TYPE halfvec(384), ALTER says TYPE halfvec(384);
    END IF;
END $$
"""


def use_pgvector(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(PGVECTOR)


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0007_calibration'),
        ('tenancy', '0002_joining'),
    ]

    operations = [
        migrations.CreateModel(
            name='Prepared',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=16)),
                ('dictionary', models.CharField(blank=True, max_length=40)),
                ('words', Native('tsvector', null=True)),
                ('about', Native('real[]', null=True)),
                ('says', Native('real[]', null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('about', None)), fields=['owner'], name='knowledge_not_encoded')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'digest'), name='knowledge_prepared_once')],
            },
        ),
        OwnersOnly('Prepared'),
        migrations.RunPython(use_pgvector, migrations.RunPython.noop),
    ]
