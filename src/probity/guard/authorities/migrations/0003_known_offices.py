from django.db import migrations


def carry_over(apps, schema_editor):
    """Built-in administrators go on as credit officers; the terminal appoints the three administrators."""
    room = "authorities"
    grant = apps.get_model(room, "RoleGrant")
    for officer in apps.get_model(room, "Officer").objects.filter(is_administrator=True).select_related("account"):
        grant.objects.create(
            authority_id=officer.authority_id,
            officer=officer,
            role="credit_officer",
            starts_on=officer.starts_on,
            ends_on=officer.ends_on,
            state="granted",
            needs_second=False,
            proposed_by="system:migration",
            proposed_at=officer.account.date_joined,
            settled_by="system:migration",
            settled_at=officer.account.date_joined,
        )
    placement = apps.get_model(room, "Placement")
    for body in apps.get_model(room, "Authority").objects.all():
        placement.objects.create(authority=body, parent_id=body.parent_id, region=body.region)


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_roles_and_scopes'),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
