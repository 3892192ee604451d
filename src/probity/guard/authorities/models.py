"""Authorities: tables of bodies, officers with roles, and organisations."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class Authority(Table):
    """A public body that supervises, decides or carries out (监管部门); where it stands now."""

    key = models.CharField(max_length=64, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    region = models.CharField(max_length=6, blank=True)
    sector = models.CharField(max_length=32, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)


class Placement(AppendOnly):
    """Where a body stands from a day on: below whom, for which region and sector (隶属关系)."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey("authorities.Authority", null=True, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6, blank=True)
    sector = models.CharField(max_length=32, blank=True)
    starts_on = models.DateField(null=True)  # null: from the beginning, or nobody stated it


class Succession(AppendOnly):
    """That one body answers from a day on for what another decided (承继); records keep the other."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="predecessions")
    starts_on = models.DateField()
    basis = models.CharField(max_length=200)  # the document that orders it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "successor"], name="succession_once")]


class Account(AbstractUser):
    """A way to sign in; what a person may do follows from their office, not from the account."""

    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        db_table = "authorities_account"


class Officer(Table):
    """A person who acts for an authority, from a day until a day (执法人员)."""

    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="offices")
    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="officers")
    name = models.CharField(max_length=64, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=64)
    ended_by = models.CharField(max_length=64, blank=True)


class RoleGrant(Table):
    """A role of an officer within a scope, from a day until a day, with who prepared and who signed it (授权)."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT, related_name="role_grants")
    officer = models.ForeignKey("authorities.Officer", on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=32, db_index=True)
    scope = models.CharField(max_length=64, blank=True)  # key of a body; empty: no limit
    region = models.CharField(max_length=6, blank=True)
    sector = models.CharField(max_length=32, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=16, default="proposed", db_index=True)  # proposed | granted | refused
    needs_second = models.BooleanField(default=True)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(needs_second=False) | ~models.Q(settled_by=models.F("proposed_by")),
                name="role_signed_by_a_second",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", settled_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(settled_at__isnull=False)),
                name="settled_role_has_its_moment",
            ),
        ]


class Organisation(Table):
    """An enterprise, institution, association or bank for which people act here (相对方单位)."""

    kind = models.CharField(max_length=16)  # enterprise | institution | association | bank
    key = models.CharField(max_length=64)  # the credit code where it has one
    title = models.CharField(max_length=200)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="organisation_once")]


class Seat(Table):
    """A person who acts for an organisation, from a day until a day (经办人); ended ones stay as history."""

    organisation = models.ForeignKey("authorities.Organisation", on_delete=models.PROTECT, related_name="seats")
    account = models.ForeignKey("authorities.Account", on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(max_length=64)
    role = models.CharField(max_length=32)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    granted_by = models.CharField(max_length=64)
    ended_by = models.CharField(max_length=64, blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")


class Invitation(Table):
    """A one-time code by which somebody takes a seat (邀请); only the digest of the code is kept."""

    organisation = models.ForeignKey("authorities.Organisation", on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=32)
    name = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64, unique=True)
    replaces = models.ForeignKey("authorities.Seat", null=True, on_delete=models.PROTECT, related_name="+")
    invited_by = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="open")  # open | accepted | withdrawn
    seat = models.ForeignKey("authorities.Seat", null=True, on_delete=models.PROTECT, related_name="invitations")


class Onboarding(Table):
    """A spreadsheet of bodies, officers and roles, kept as typed until it is accepted or dropped (批量登记)."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    file_name = models.CharField(max_length=255)
    rows = models.JSONField()  # [{column: text}]
    state = models.CharField(max_length=16, default="checked")  # checked | accepted | dropped
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)
