"""Signing: a person with an account and an office, for tests of what opens a door."""

from datetime import UTC, date, datetime, timedelta

from pyotp import TOTP

from probity.guard.authorities.actions import appoint_first, change_password, establish
from probity.guard.authorities.queries import account_number
from probity.guard.credentials.actions import add_app
from probity.guard.credentials.queries import app_offer
from probity.terms import Actor, Text

BY, AT = Actor.system("test"), datetime(2026, 6, 30, 2, tzinfo=UTC)
PASSWORD = "lantern-over-water-7"


def person(name: str = "officer", role: str = "credit_officer", at: datetime = AT) -> int:
    """Appoint somebody whose password is their own, and return the number of the account."""
    establish(key="desk", title=Text("中心", "Centre"), by=BY, at=at)
    appoint_first(
        name=name, password="given-by-someone-1", authority="desk", role=role, by=BY, at=at, on=date(2020, 1, 1)
    )
    number = account_number(name)
    assert number is not None
    change_password(account=number, password=PASSWORD, by=BY, at=at)
    return number


def with_app(account: int, at: datetime = AT) -> TOTP:
    """Give an account an app and return the app."""
    offer = app_offer("officer")
    app = TOTP(offer.secret)
    add_app(account=account, kept=offer.kept, code=app.at(at), title="phone", by=BY, at=at)
    return app


def later(**span: float) -> datetime:
    """Return a moment after AT."""
    return AT + timedelta(**span)
