from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_owners_only'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='adoption',
            name='overlay',
            field=models.JSONField(default=dict),
        ),
        migrations.RemoveConstraint(
            model_name='adoption',
            name='catalogue_one_live_adoption',
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('owner', 'kata', 'valid_from'), name='catalogue_one_adoption_a_day'),
        ),
    ]
