"""Authorities: the verbs that establish bodies and let people act for them."""

from datetime import date, datetime

from probity.guard.authorities.models import Account, Authority, Officer
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.trail.actions import acting
from probity.terms import Actor, Text

PLATFORM = "platform"
"""Key of the body in whose name runs and first logins stand."""


def establish(*, key: str, title: Text, region: str = "", parent: str = "", by: Actor, at: datetime) -> int:
    """Make sure an authority exists and return its number; its title follows the latest statement."""
    permit(by, Permission.ENTERPRISE_CHANGE)
    known = Authority.objects.filter(key=key).first()
    if known and (known.title_zh, known.title_en, known.region) == (title.zh, title.en, region):
        return int(known.pk)
    with acting("authority.established", by=by, at=at) as act:
        above = Authority.objects.get(key=parent) if parent else None
        body, _ = Authority.objects.update_or_create(
            key=key, defaults={"title_zh": title.zh, "title_en": title.en, "region": region, "parent": above}
        )
        act.note(f"authority:{key}", title=title.zh)
    return int(body.pk)


def platform(*, by: Actor, at: datetime) -> int:
    """Return the number of the body that runs this platform, establishing it at first need."""
    title = Text("信监平台管理机构", "Platform administration")
    return establish(key=PLATFORM, title=title, by=by, at=at)


def appoint_administrator(*, name: str, password: str, authority: str, by: Actor, at: datetime, on: date) -> None:
    """Create the built-in administrator's account and office; the password must be changed at first use."""
    permit(by, Permission.ENTERPRISE_CHANGE)
    with acting("officer.appointed", by=by, at=at) as act:
        account = Account.objects.create_user(username=name, password=password, must_change_password=True)
        Officer.objects.create(
            account=account,
            authority=Authority.objects.get(key=authority),
            starts_on=on,
            granted_by=by.key,
            is_administrator=True,
        )
        act.note(f"account:{account.pk}", name=name, authority=authority)


def change_password(*, account: int, password: str, by: Actor, at: datetime) -> None:
    """Set the password a person chose for their own account; it need not be changed again.

    Raises:
        LookupError: when there is no such account.
    """
    with acting("account.password_changed", by=by, at=at) as act:
        found = Account.objects.select_for_update().filter(pk=account).first()
        if found is None:
            raise LookupError(f"no account {account}")
        found.set_password(password)
        found.must_change_password = False
        found.save()
        act.note(f"account:{account}")
