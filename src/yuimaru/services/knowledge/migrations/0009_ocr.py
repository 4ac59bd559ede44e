from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("knowledge", "0008_search_on_postgresql"),
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
