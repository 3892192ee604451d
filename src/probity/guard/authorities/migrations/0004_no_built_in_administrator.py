from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0003_known_offices'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='officer',
            name='is_administrator',
        ),
    ]
