"""Sessions: they end unused, in any case, when asked, and all at once."""

from typing import Any

import pytest

from probity.guard.credentials import actions, queries
from probity.guard.credentials.models import SignIn
from probity.guard.credentials.types import Guest
from probity.guard.trail.queries import entries
from probity.terms import Unknown
from tests.unit.guard.credentials.signing import AT, BY, later, person


def begun(account: int, mark: str, **span: float) -> int:
    """Begin a session some time after AT."""
    guest = Guest(mark, "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156")
    return actions.start_sign_in(account=account, how="password", guest=guest, by=BY, at=later(**span))


def live(mark: str, **span: float) -> Any:
    return queries.live_sign_in(mark, at=later(**span))


def test_a_session_ends_unused_and_in_any_case(database: str) -> None:
    """An hour without a page; eight hours with."""
    number = begun(person(), "mark")
    assert live("mark", minutes=59) and not live("mark", minutes=60)
    for minutes in range(30, 480, 30):
        actions.see(sign_in=number, seen_at=later(minutes=minutes - 30), at=later(minutes=minutes))
    assert live("mark", minutes=479) and not live("mark", minutes=480)


def test_being_seen_is_no_write_a_page(database: str, django_assert_num_queries: Any) -> None:
    """At most one a minute."""
    number = begun(person(), "mark")
    with django_assert_num_queries(0):
        actions.see(sign_in=number, seen_at=AT, at=later(seconds=59))


def test_an_ended_session_is_over_and_keeps_its_end(database: str) -> None:
    """Pressed twice it leaves one entry; that of another account is not ended."""
    account = person()
    number = begun(account, "mark")
    actions.end_sign_in(account=account + 1, sign_in=number, because="asked", by=BY, at=AT)
    assert live("mark")
    for _ in range(2):
        actions.end_sign_in(account=account, sign_in=number, because="asked", by=BY, at=AT)
    assert not live("mark") and not queries.sign_ins(account, at=AT)
    assert [entry.act for entry in entries(about=f"account:{account}")].count("account.signed_out") == 1


def test_a_new_password_ends_every_other_session(database: str) -> None:
    """Whoever knew the old one is out; the one who changed it stays."""
    account = person()
    mine = begun(account, "mine")
    begun(account, "other")
    actions.change_password(account=account, password="another-lantern-8", sign_in=mine, by=BY, at=AT)
    assert live("mine") and not live("other")


def test_an_administrator_ends_all(database: str) -> None:
    """When a phone is lost."""
    account = person()
    begun(account, "one")
    begun(account, "two")
    assert actions.end_every_sign_in(account=account, because="lost", by=BY, at=AT) == 2
    assert not live("one") and not live("two")


def test_a_proof_serves_for_ten_minutes(database: str) -> None:
    """A session begun elsewhere is no proof at all."""
    account = person()
    number = begun(account, "mark")
    assert queries.is_proved(live("mark"), at=later(minutes=9.9))
    assert not queries.is_proved(live("mark"), at=later(minutes=10))
    actions.prove(sign_in=number, how="app", by=BY, at=later(minutes=30))
    assert queries.is_proved(live("mark", minutes=31), at=later(minutes=31))
    guest = Guest("earlier", "", "")
    actions.start_sign_in(account=account, how="earlier", guest=guest, by=BY, at=AT, is_proof=False)
    assert not queries.is_proved(live("earlier"), at=AT)


def test_an_ended_session_proves_nothing(database: str) -> None:
    """It cannot be woken."""
    account = person()
    number = begun(account, "mark")
    actions.end_sign_in(account=account, sign_in=number, because="asked", by=BY, at=AT)
    with pytest.raises(Unknown):
        actions.prove(sign_in=number, how="app", by=BY, at=AT)


def test_the_mark_and_the_address_stay_out_of_the_trail(database: str) -> None:
    """The trail is for ever, an address is a person's; and a copied table opens no session."""
    account = person()
    begun(account, "mark-of-the-session")
    told = str([entry.detail for entry in entries(about=f"account:{account}")])
    assert "192.0.2.1" not in told and "mark-of" not in told
    assert "mark-of" not in str(list(SignIn.objects.values()))
