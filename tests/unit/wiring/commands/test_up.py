"""Up: the first login is told once, and only when nobody can sign in."""

from probity.guard.authorities.models import Account
from probity.wiring.commands.up import first_login


def test_the_first_login_is_told_once(database: str) -> None:
    """The password is nowhere but on that line, and must be changed."""
    login = first_login()
    assert login is not None
    account = Account.objects.get(username=login[0])
    assert account.check_password(login[1])
    assert account.must_change_password
    assert first_login() is None
    assert Account.objects.count() == 1
