"""Appointed: a small city with three administrators and officers of two departments, for tests."""

from datetime import UTC, date, datetime

from probity.guard.authorities.actions import (
    PLATFORM,
    appoint,
    appoint_first,
    establish,
    platform,
    propose_role,
    settle_role,
)
from probity.guard.authorities.models import Account, Officer
from probity.guard.authorities.queries import actor_of
from probity.guard.authorities.roles import ADMINISTRATORS
from probity.guard.authorities.types import Appointee, Wanted
from probity.terms import Actor, Text

BY, AT, ON = Actor.system("test"), datetime(2026, 6, 30, 4, tzinfo=UTC), date(2026, 6, 30)
BODIES = {"market": "", "market-east": "market", "tax": "", "quality": ""}


def city() -> None:
    """Establish the bodies and the three administrators."""
    platform(by=BY, at=AT)
    for key, parent in BODIES.items():
        establish(key=key, title=Text(key, key), region="339900", parent=parent, by=BY, at=AT)
    for role in ADMINISTRATORS:
        appoint_first(name=role, password="first-password", authority=PLATFORM, role=role, by=BY, at=AT, on=ON)


def acting_as(name: str, *, on: date = ON) -> Actor:
    """Return in whose name an account acts on a day."""
    return actor_of(Account.objects.get(username=name), on=on)


def in_office(name: str, authority: str) -> int:
    """Appoint somebody by the system administrator and return the office's number."""
    appointee = Appointee(name, name.title(), authority, ON)
    return appoint(appointee=appointee, password="given-by-someone-1", by=acting_as("system_administrator"), at=AT)


def holding(name: str, authority: str, role: str, scope: str | None = None) -> Actor:
    """Return somebody in office whose role was prepared by one administrator and signed by another."""
    known = Officer.objects.filter(account__username=name).values_list("pk", flat=True).first()
    officer = known or in_office(name, authority)
    wanted = Wanted(role, authority if scope is None else scope, ON)
    number = propose_role(officer=officer, wanted=wanted, by=acting_as("system_administrator"), at=AT)
    settle_role(grant=number, signs=True, by=acting_as("security_administrator"), at=AT)
    return acting_as(name)
