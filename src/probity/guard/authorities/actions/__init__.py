"""Authorities: the verbs that establish bodies and let people act for them."""

from datetime import date, datetime

from probity.guard.authorities.actions.offices import (
    appoint,
    appoint_first,
    body_of,
    end_office,
    end_role,
    propose_role,
    settle_role,
)
from probity.guard.authorities.actions.onboarding import accept_onboarding, check_in, drop_onboarding, mend_onboarding
from probity.guard.authorities.actions.seats import accept_seat, end_seat, invite, withdraw
from probity.guard.authorities.models import Account, Authority, Placement, Succession
from probity.guard.authorities.queries import allowed, permit, tree
from probity.guard.authorities.types import PLATFORM, NotGranted, NotPermitted, Permission
from probity.guard.trail.actions import acting
from probity.terms import Actor, Text, shanghai_day

__all__ = [
    "PLATFORM",
    "accept_onboarding",
    "accept_seat",
    "appoint",
    "appoint_first",
    "change_password",
    "check_in",
    "drop_onboarding",
    "end_office",
    "end_role",
    "end_seat",
    "establish",
    "invite",
    "mend_onboarding",
    "platform",
    "propose_role",
    "settle_role",
    "succeed",
    "withdraw",
]


_MAY_NAME = (Permission.AUTHORITY_CHANGE, Permission.BATCH_DELIVER, Permission.EVALUATION_RUN)
"""Who changes the tree, delivers for a body or judges for it may make sure that it is known."""


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
        NotPermitted: when the actor may neither change the tree there, nor deliver or judge for the body.
    """
    _permit_naming(by, None)
    known = Authority.objects.filter(key=key).select_related("parent").first()
    above = (known.parent.key if known and known.parent else "") if parent is None else parent
    sector = (known.sector if known else "") if sector is None else sector
    stated = (title.zh, title.en, region, sector, above)
    if known and stated == _stated(known):
        return int(known.pk)
    for place in {key if known else (above or key), above or key}:
        _permit_naming(by, place)
    with acting("authority.established", by=by, at=at) as act:
        over = body_of(above) if above else None
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


def succeed(*, authority: str, successor: str, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Say that one body answers from a day on for what another decided; the other one's office ends.

    Records keep the body that decided. Said twice, nothing changes. A body that was divided has
    several successors: each of them is stated.

    Args:
        authority: key of the body that ends.
        successor: key of the body that answers for it.
        on: the legal day, not a later one than that of the act.
        basis: number or name of the document that orders it.
        by: who states it.
        at: when.

    Raises:
        LookupError: when there is no such body.
        NotGranted: for a circle, a future day or a missing document.
        NotPermitted: when the actor may not change both places in the tree.
    """
    permit(by, Permission.AUTHORITY_CHANGE, authority=authority)
    permit(by, Permission.AUTHORITY_CHANGE, authority=successor)
    if not basis.strip():
        raise NotGranted("须写明依据文件", "the document that orders it has to be named")
    if on > shanghai_day(at):
        raise NotGranted("承继日期不能晚于今天", "a succession is stated on its day or after it")
    with acting("authority.succeeded", by=by, at=at) as act:
        ended, follows = body_of(authority), body_of(successor)
        act.note(f"authority:{authority}", successor=successor, basis=basis)
        if authority in tree().answering(successor):
            raise NotGranted("承继关系不能成环", "a body cannot follow one that follows it")
        if Succession.objects.filter(authority=ended, successor=follows).exists():
            return
        Succession.objects.create(authority=ended, successor=follows, starts_on=on, basis=basis.strip()[:200])
        if ended.ends_on is None:
            act.changed({"ends_on": None}, {"ends_on": on.isoformat()})
            ended.ends_on = on
            ended.save()


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


def _stated(body: Authority) -> tuple[str, str, str, str, str]:
    return (body.title_zh, body.title_en, body.region, body.sector, body.parent.key if body.parent else "")


def _permit_naming(by: Actor, authority: str | None) -> None:
    if not any(allowed(by, permission, authority=authority) for permission in _MAY_NAME):
        raise NotPermitted(Permission.AUTHORITY_CHANGE)
