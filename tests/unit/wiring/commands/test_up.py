"""Up: the first logins are told once, and only when nobody can sign in."""

from probity.guard.authorities.models import Account
from probity.wiring.commands.up import FIRST, first_logins


def test_the_first_logins_are_told_once(database: str) -> None:
    """The passwords are nowhere but on those lines, and must be changed; the credit officer stands first."""
    logins = first_logins()
    assert [role for _, _, role in logins] == list(FIRST.values())
    assert logins[0][2] == "credit_officer"
    for name, password, _ in logins:
        account = Account.objects.get(username=name)
        assert account.check_password(password)
        assert account.must_change_password
    assert first_logins() == []
    assert Account.objects.count() == len(FIRST) == 4
