from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='after_revision',
            field=models.BigIntegerField(default=0),
        ),
    ]
