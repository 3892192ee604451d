"""Authorities: the verbs that establish bodies and let people act for them."""

from datetime import date, datetime

from probity.guard.authorities.models import Account, Authority, Officer, Placement, RoleGrant
from probity.guard.authorities.queries import allowed, permit
from probity.guard.authorities.types import PLATFORM, NotPermitted, Permission
from probity.guard.trail.actions import acting
from probity.terms import Actor, Text, shanghai_day

__all__ = ["PLATFORM", "appoint_first", "change_password", "establish", "platform"]


def establish(
    *,
    key: str,
    title: Text,
    region: str = "",
    sector: str | None = None,
    parent: str | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """Make sure an authority exists and return its number; title and place follow the latest statement.

    A sector or a parent that is None stays as it is: a source that delivers knows neither.

    Raises:
        LookupError: when there is no such parent.
        NotPermitted: when the actor may neither change the tree there nor deliver for the body.
    """
    if not allowed(by, Permission.AUTHORITY_CHANGE, authority=key):
        permit(by, Permission.BATCH_DELIVER, authority=key)
    known = Authority.objects.filter(key=key).select_related("parent").first()
    above = (known.parent.key if known and known.parent else "") if parent is None else parent
    sector = (known.sector if known else "") if sector is None else sector
    stated = (title.zh, title.en, region, sector, above)
    if known and stated == _stated(known):
        return int(known.pk)
    with acting("authority.established", by=by, at=at) as act:
        over = _body(above) if above else None
        place = {"parent": over, "region": region, "sector": sector}
        body, _ = Authority.objects.update_or_create(
            key=key, defaults={"title_zh": title.zh, "title_en": title.en, **place}
        )
        if known is None or _stated(known)[2:] != stated[2:]:
            Placement.objects.create(authority=body, starts_on=shanghai_day(at) if known else None, **place)
        act.note(f"authority:{key}", title=title.zh, region=region, sector=sector, parent=above)
    return int(body.pk)


def platform(*, by: Actor, at: datetime) -> int:
    """Return the number of the body that runs this platform, establishing it at first need."""
    title = Text("信监平台管理机构", "Platform administration")
    return establish(key=PLATFORM, title=title, by=by, at=at)


def appoint_first(*, name: str, password: str, authority: str, role: str, by: Actor, at: datetime, on: date) -> int:
    """Create an account with an office and an unlimited role, as the terminal may; return the office's number.

    The password must be changed at first use.

    Raises:
        NotPermitted: when anybody but the platform itself asks: officers are appointed by two.
    """
    if not by.is_administrator:
        raise NotPermitted(Permission.OFFICER_APPOINT)
    with acting("officer.appointed", by=by, at=at) as act:
        body = _body(authority)
        account = Account.objects.create_user(username=name, password=password, must_change_password=True)
        officer = Officer.objects.create(account=account, authority=body, starts_on=on, granted_by=by.key)
        RoleGrant.objects.create(
            authority=body,
            officer=officer,
            role=role,
            starts_on=on,
            state="granted",
            needs_second=False,
            proposed_by=by.key,
            proposed_at=at,
            settled_by=by.key,
            settled_at=at,
        )
        act.note(f"officer:{officer.pk}", name=name, authority=authority, role=role)
    return int(officer.pk)


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


def _body(key: str) -> Authority:
    found: Authority | None = Authority.objects.filter(key=key).first()
    if found is None:
        raise LookupError(f"no authority {key!r}")
    return found


def _stated(body: Authority) -> tuple[str, str, str, str, str]:
    return (body.title_zh, body.title_en, body.region, body.sector, body.parent.key if body.parent else "")
