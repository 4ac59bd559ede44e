from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('procedures', '0005_individual_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='carried',
            field=models.JSONField(default=dict),
        ),
    ]
