"""Authorities: public bodies as a tree, accounts, and officers of a body."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from probity.guard.trail.tables import Table


class Authority(Table):
    """A public body that supervises, decides or carries out (监管部门)."""

    key = models.CharField(max_length=64, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    region = models.CharField(max_length=6, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)


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
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=64)
    is_administrator = models.BooleanField(default=False)
