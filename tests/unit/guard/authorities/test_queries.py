"""In whose name: an account acts only through an office that is held on the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from probity.guard.authorities.actions import establish
from probity.guard.authorities.models import Account, Authority, Officer
from probity.guard.authorities.queries import actor_of, authority_number, has_accounts, permit, title_of
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.trail.tables import writing
from probity.terms import Actor, Text

BY, AT = Actor.system("test"), datetime(2026, 6, 30, tzinfo=UTC)
START, END = date(2026, 1, 1), date(2026, 7, 1)


@pytest.fixture
def account(database: str) -> Account:
    """An account whose office runs from START up to END."""
    establish(key="market", title=Text("市监局", "Market"), by=BY, at=AT)
    with writing():
        made = Account.objects.create_user(username="li", password="x")
        body = Authority.objects.get(key="market")
        Officer.objects.create(account=made, authority=body, starts_on=START, ends_on=END, granted_by="test")
    return made


def test_an_office_is_held_from_its_start_up_to_its_end(account: Account) -> None:
    """Its last day is the day before the end named."""
    days = (START - timedelta(days=1), START, END - timedelta(days=1), END)
    acting = [actor_of(account, on=day) for day in days]
    assert [actor == Actor.public() for actor in acting] == [True, False, False, True]
    assert (acting[1].authority, acting[1].grants) == ("market", ())


def test_nobody_signed_in_is_the_public(account: Account) -> None:
    """Nor is an account that was closed, whatever office it held."""
    assert actor_of(AnonymousUser(), on=START) == Actor.public()
    account.is_active = False
    assert actor_of(account, on=START) == Actor.public()


def test_a_refusal_names_the_missing_permission() -> None:
    """So that the page can say whom to ask."""
    with pytest.raises(NotPermitted) as refusal:
        permit(Actor.public(), Permission.RECORD_END)
    assert refusal.value.permission is Permission.RECORD_END


def test_bodies_are_found_by_their_key(account: Account) -> None:
    """An unknown one goes by its key, and has no number."""
    assert authority_number("market") == Authority.objects.get().pk
    assert (title_of("market"), title_of("tax")) == (("市监局", "Market"), ("tax", "tax"))
    assert has_accounts()
    with pytest.raises(LookupError, match="no authority 'tax'"):
        authority_number("tax")
