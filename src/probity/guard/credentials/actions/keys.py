"""Credentials: the verbs that give, renew and take back keys."""

import secrets
import string
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from probity.guard.authorities.queries import authority_number, permit, seen
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.credentials.models import ApiKey, KeyUse
from probity.guard.credentials.queries import line_of
from probity.guard.credentials.rules import digest_of, fault_of, grants_kept, grants_read
from probity.guard.credentials.types import KeyRefused, KeyTerms, MadeKey
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.terms import Actor, Unknown, shanghai_day

KEPT_BY_MINUTE = timedelta(days=31)
"""How long the number of requests is kept minute by minute."""

_LETTERS = string.ascii_lowercase + string.digits


def make_key(*, terms: KeyTerms, by: Actor, at: datetime, follows: int | None = None) -> MadeKey:
    """Make a key and return its secret, which is shown this once and kept nowhere.

    Raises:
        KeyRefused: when the terms are not complete or go too far.
        NotPermitted: when the actor may not manage keys of that body.
    """
    permit(by, Permission.KEY_MANAGE)
    permit(by, Permission.KEY_MANAGE, authority=terms.authority)
    fault = fault_of(terms, at)
    if fault:
        raise KeyRefused(fault.zh, fault.en)
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(8))
    secret = f"pb_{prefix}_{secrets.token_urlsafe(32)}"
    with acting("key.made", by=by, at=at) as act:
        row = ApiKey.objects.create(
            prefix=prefix,
            digest=digest_of(secret),
            title=terms.title.strip(),
            authority_id=authority_number(terms.authority),
            purpose=terms.purpose.strip(),
            grants=grants_kept(terms.grants),
            requests_a_minute=terms.requests_a_minute,
            made_at=at,
            made_by=by.key,
            expires_at=terms.expires_at,
            follows_id=follows,
        )
        act.note(f"key:{row.pk}", prefix=prefix, purpose=row.purpose, grants=row.grants, until=_text(row.expires_at))
    return MadeKey(line_of(row), secret)


def rotate_key(*, key: int, overlap: timedelta, expires_at: datetime, by: Actor, at: datetime) -> MadeKey:
    """Make the key that follows another on the same terms; the old one works on for `overlap`, then ends.

    Raises:
        KeyRefused: when the new end is not after now, or too far.
        NotPermitted: when the actor may not manage keys.
        Unknown: when there is no such key.
    """
    permit(by, Permission.KEY_MANAGE)
    old = _key(key, by)
    terms = KeyTerms(
        old.title, old.authority.key, old.purpose, grants_read(old.grants), expires_at, old.requests_a_minute
    )
    with acting("key.rotated", by=by, at=at) as act:
        made = make_key(terms=terms, by=by, at=at, follows=key)
        ends_at = min(old.expires_at, at + overlap)
        ApiKey.objects.filter(pk=key).update(expires_at=ends_at)
        act.note(f"key:{key}", followed_by=made.line.id, until=_text(ends_at))
    return made


def revoke_key(*, key: int, reason: str, by: Actor, at: datetime) -> None:
    """End a key at once; a second time changes nothing.

    Raises:
        NotPermitted: when the actor may not manage keys.
        Unknown: when there is no such key.
    """
    permit(by, Permission.KEY_MANAGE)
    row = _key(key, by)
    if row.revoked_at is not None:
        return
    with acting("key.revoked", by=by, at=at) as act:
        ApiKey.objects.filter(pk=key, revoked_at__isnull=True).update(revoked_at=at)
        act.note(f"key:{key}", reason=reason)


def set_aside(*, key: int, minute: datetime, portion: int, by: Actor, at: datetime) -> int:
    """Set requests of one minute aside for a process and return how many there still were, 0 when none.

    The first use of a day stands in the trail, with the number of requests of the day of use before it;
    what is older than a month is no longer kept minute by minute.

    Raises:
        NotPermitted: when somebody else than the key's bearer asks.
    """
    if by.key != f"key:{key}":
        raise NotPermitted(Permission.KEY_MANAGE)
    with transaction.atomic(), writing():
        ApiKey.objects.select_for_update().filter(pk=key).values_list("pk").first()
        uses = KeyUse.objects.filter(key_id=key)
        newest = uses.aggregate(newest=Max("minute"))["newest"]
        if newest is None or shanghai_day(newest) < shanghai_day(minute):
            _tell_use(key, newest, minute, by, at)
            uses.filter(minute__lt=minute - KEPT_BY_MINUTE).delete()
        use, _ = KeyUse.objects.get_or_create(key_id=key, minute=minute, defaults={"taken": 0})
        most = ApiKey.objects.values_list("requests_a_minute", flat=True).get(pk=key)
        given = max(0, min(portion, most - use.taken))
        if given:
            KeyUse.objects.filter(pk=use.pk).update(taken=use.taken + given)
    return given


def _key(number: int, by: Actor) -> ApiKey:
    """Return a key within the actor's scope; another body's looks like none."""
    row: ApiKey | None = (
        seen(ApiKey.objects.select_related("authority"), by, Permission.KEY_MANAGE).filter(pk=number).first()
    )
    if row is None:
        raise Unknown(f"没有第 {number} 号密钥", f"no key {number}")
    return row


def _tell_use(key: int, newest: datetime | None, minute: datetime, by: Actor, at: datetime) -> None:
    before: dict[str, object] = {}
    if newest is not None:
        day = shanghai_day(newest)
        minutes = KeyUse.objects.filter(key_id=key, minute__gt=newest - timedelta(days=1)).values_list(
            "minute", "taken"
        )
        before = {"day": day.isoformat(), "requests": sum(taken for at_, taken in minutes if shanghai_day(at_) == day)}
    with acting("key.used", by=by, at=at) as act:
        act.note(f"key:{key}", day=shanghai_day(minute).isoformat(), before=before)


def _text(moment: datetime) -> str:
    """Return a moment as the trail keeps it."""
    return moment.isoformat()
