"""Trying: guessing waits, whoever guesses, and nobody learns who exists."""

from threading import Thread

import pytest
from django.db import connection

from probity.guard.credentials import actions, queries
from probity.guard.credentials.models import Factor, RecoveryCode, TryCount
from probity.guard.credentials.types import Tried
from probity.guard.trail.queries import entries
from tests.unit.guard.credentials.signing import AT, BY, PASSWORD, later, person, with_app


@pytest.fixture(autouse=True)
def _quick(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def attempt(name: str, password: str = "wrong", address: str = "192.0.2.1", **span: float) -> Tried:
    """Try a password some time after AT."""
    return actions.try_password(name=name, password=password, address=address, at=later(**span))


def test_the_right_password_opens(database: str) -> None:
    """And leaves no failure behind."""
    account = person()
    attempt("officer")
    assert attempt("officer", PASSWORD).account == account
    assert [row.count for row in TryCount.objects.order_by("gate")] == [1, 0]  # the address's failure stays


def test_an_unknown_name_is_answered_like_a_known_one(database: str) -> None:
    """Failure by failure, up to the wait: nothing tells which accounts there are."""
    person()
    known = [attempt("officer", address="192.0.2.1") for _ in range(7)]
    unknown = [attempt("nobody", address="192.0.2.2") for _ in range(7)]
    assert known == unknown
    assert [tried.left for tried in known] == [4, 3, 2, 1, 0, 0, 0]
    assert [bool(tried.wait_seconds) for tried in known] == [False] * 4 + [True] * 3


def test_a_locked_account_opens_to_nobody_until_its_time(database: str) -> None:
    """Even the right password waits; a quarter of an hour later it opens by itself."""
    account = person()
    for _ in range(5):
        attempt("officer")
    assert attempt("officer", PASSWORD, minutes=14) == Tried(None, 0, 60)
    assert attempt("officer", PASSWORD, minutes=15).account == account


def test_names_are_one_however_they_are_written(database: str) -> None:
    """Else each spelling had its own tries."""
    person()
    for name in ("officer", "OFFICER", " Officer ", "ｏｆｆｉｃｅｒ", "oFFicer"):
        attempt(name)
    assert attempt("officer", PASSWORD).wait_seconds


def test_an_address_that_tries_many_names_waits_too(database: str, settings: object) -> None:
    """One guess for each of a thousand accounts is guessing as well."""
    settings.PROBITY_TRIES_AN_ADDRESS = 6  # type: ignore[attr-defined]
    person()
    for number in range(6):
        attempt(f"name-{number}")
    assert attempt("officer", PASSWORD).wait_seconds
    assert attempt("officer", PASSWORD, address="192.0.2.9").account


def test_those_who_sign_in_well_do_not_lock_their_office(database: str, settings: object) -> None:
    """A hundred officers behind one address."""
    settings.PROBITY_TRIES_AN_ADDRESS = 3  # type: ignore[attr-defined]
    person()
    assert all(attempt("officer", PASSWORD).account for _ in range(10))


def test_old_failures_are_forgotten(database: str) -> None:
    """Four today and four tomorrow are not eight."""
    person()
    for _ in range(4):
        attempt("officer")
    assert attempt("officer", minutes=15).left == 4


def test_a_lock_stands_in_the_trail_once_and_no_typed_name_anywhere(database: str) -> None:
    """Somebody types a password where the name belongs; it is nowhere to be read."""
    account = person()
    for _ in range(8):
        attempt("officer")
        attempt("my-secret-password")
    assert [entry.act for entry in entries(about=f"account:{account}")].count("account.locked") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate FROM credentials_trycount")
        assert "my-secret-password" not in str(cursor.fetchall())


def test_an_administrator_opens_a_lock_earlier(database: str) -> None:
    """By the account; the trail says who did."""
    account = person()
    for _ in range(5):
        attempt("officer")
    assert queries.accounts(by=BY, at=AT)[0][0].locked_until == later(minutes=15)
    actions.release_lock(account=account, by=BY, at=AT)
    assert attempt("officer", PASSWORD).account == account


def test_a_code_of_an_app_serves_once(database: str) -> None:
    """Read over a shoulder, it opens nothing any more; nor does the one before it."""
    account = person()
    app = with_app(account)
    at = later(minutes=5)
    kept = {"account": account, "address": "192.0.2.1", "at": at}
    assert actions.try_app(code=app.at(at), **kept).account == account
    assert actions.try_app(code=app.at(at), **kept).account is None
    assert actions.try_app(code=app.at(later(minutes=4.5)), **kept).account is None
    assert actions.try_app(code=f"{app.at(later(minutes=5.5))[:3]} {app.at(later(minutes=5.5))[3:]}", **kept).account


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "000000\n0"])
def test_what_is_no_code_opens_nothing(database: str, code: str) -> None:
    """And counts as a try."""
    account = person()
    with_app(account)
    tried = actions.try_app(account=account, code=code, address="192.0.2.1", at=later(minutes=5))
    assert (tried.account, tried.left) == (None, 4)


def test_the_secret_of_an_app_is_not_in_the_database(database: str) -> None:
    """A copied database makes no second factor; after another secret of the installation it opens nothing."""
    app = with_app(person())
    assert app.secret not in str(Factor.objects.values().get())


def test_a_recovery_code_replaces_a_factor_once(database: str) -> None:
    """However it is typed; kept as a digest, and gone when fresh ones are made."""
    account = person()
    codes = actions.make_recovery_codes(account=account, by=BY, at=AT)
    assert len(set(codes)) == 10 and codes[0] not in str(list(RecoveryCode.objects.values()))
    kept = {"account": account, "address": "192.0.2.1", "by": BY, "at": AT}
    assert actions.try_code(code=codes[0].upper().replace("-", " "), **kept).account == account
    assert actions.try_code(code=codes[0], **kept).account is None
    assert queries.factors(account).codes_left == 9
    actions.make_recovery_codes(account=account, by=BY, at=AT)
    assert actions.try_code(code=codes[1], **kept).account is None


def test_guesses_at_once_are_not_more_than_guesses_in_turn(database: str) -> None:
    """Counted before they are looked at: sixteen threads get five looks together."""
    person()
    found: list[Tried] = []

    def guess() -> None:
        found.append(attempt("officer"))
        connection.close()

    threads = [Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(tried.left for tried in found)[-5:] == [0, 1, 2, 3, 4]
    assert sum(tried.wait_seconds > 0 for tried in found) == 12
