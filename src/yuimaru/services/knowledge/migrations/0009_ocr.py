from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0004_model'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='machine_read',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='document',
            name='findings',
            field=models.JSONField(default=dict),
        ),
    ]
