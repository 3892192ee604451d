"""Authorities: bodies follow the latest statement; a first officer signs in and nobody else."""

from datetime import UTC, date, datetime

import pytest

from probity.guard.authorities.actions import appoint_first, change_password, establish
from probity.guard.authorities.models import Account, Authority
from probity.guard.authorities.queries import actor_of
from probity.guard.trail.queries import entries
from probity.terms import Actor, Text

BY, AT, ON = Actor.system("test"), datetime(2026, 6, 30, tzinfo=UTC), date(2026, 6, 30)


def test_a_body_is_established_once_and_follows_its_title(database: str) -> None:
    """Sources restate their authority with every file; that is no new body and no new entry."""
    first = establish(key="market", title=Text("市监局", "Market"), region="110000", by=BY, at=AT)
    again = establish(key="market", title=Text("市监局", "Market"), region="110000", by=BY, at=AT)
    assert (again, len(entries(about="authority:market"))) == (first, 1)
    assert establish(key="market", title=Text("市场监管局", "Market"), region="110000", by=BY, at=AT) == first
    assert Authority.objects.get(key="market").title_zh == "市场监管局"
    assert len(entries(about="authority:market")) == 2


def test_a_part_names_the_body_above_it(database: str) -> None:
    """The tree is what scopes will be drawn from."""
    establish(key="city", title=Text("市", "City"), by=BY, at=AT)
    establish(key="market", title=Text("局", "Bureau"), parent="city", by=BY, at=AT)
    assert Authority.objects.get(key="market").parent.key == "city"


def test_the_first_officer_must_change_the_password(database: str) -> None:
    """The one that was printed on a terminal."""
    establish(key="platform", title=Text("平台", "Platform"), by=BY, at=AT)
    appoint_first(
        name="admin", password="first-password", authority="platform", role="credit_officer", by=BY, at=AT, on=ON
    )
    account = Account.objects.get(username="admin")
    assert account.must_change_password
    assert account.check_password("first-password")
    change_password(account=account.pk, password="second-password", by=actor_of(account, on=ON), at=AT)
    account.refresh_from_db()
    assert not account.must_change_password
    assert account.check_password("second-password")
    assert all("password" not in str(entry.detail) for entry in entries(about=f"account:{account.pk}"))


def test_a_password_of_nobody_is_refused(database: str) -> None:
    """And no entry says that it was changed."""
    with pytest.raises(LookupError, match="no account 7"):
        change_password(account=7, password="x", by=BY, at=AT)
    assert not entries(about="account:7")
