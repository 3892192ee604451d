"""Signed in: an officer of the platform with one role, and a client that keeps their session."""

from datetime import date

from django.test import Client

from probity.guard.authorities.actions import PLATFORM, appoint_first, change_password, platform
from probity.guard.authorities.models import Account
from tests.unit.know.delivered import AT, BY

PASSWORD = "lantern-over-water-7"


def officer(name: str = "officer", role: str = "credit_officer") -> Client:
    """Return a client, in English, of somebody who holds a role without limits."""
    platform(by=BY, at=AT)
    appoint_first(name=name, password=PASSWORD, authority=PLATFORM, role=role, by=BY, at=AT, on=date(2020, 1, 1))
    change_password(account=Account.objects.get(username=name).pk, password=PASSWORD, by=BY, at=AT)
    client = Client()
    client.force_login(Account.objects.get(username=name))
    client.cookies["language"] = "en"
    return client
