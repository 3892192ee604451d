"""Sessions: begun by a proof, seen in use, and ended."""

from datetime import datetime, timedelta

from django.db import transaction

from probity.guard.authorities import actions as authorities
from probity.guard.authorities.queries import body_of, permit
from probity.guard.authorities.types import Permission
from probity.guard.credentials.models import SignIn
from probity.guard.credentials.rules import digest_of
from probity.guard.credentials.types import Guest
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.terms import Actor, Unknown

SEEN_EVERY = timedelta(minutes=1)
"""How often a session in use is written down; more often would be a write a page."""

KEPT = timedelta(days=180)
"""How long an ended session is remembered for its owner; the trail keeps the act without the address."""


def start_sign_in(*, account: int, how: str, guest: Guest, by: Actor, at: datetime, is_proof: bool = True) -> int:
    """Begin a session and return its number; one told to have begun elsewhere is no proof for sensitive acts."""
    with acting("account.signed_in", by=by, at=at) as act:
        SignIn.objects.filter(account=account, seen_at__lt=at - KEPT).delete()
        row = SignIn.objects.create(
            account_id=account,
            mark=digest_of(guest.mark),
            how=how,
            address=guest.address[:45],
            agent=guest.agent[:200],
            started_at=at,
            seen_at=at,
            proved_at=at if is_proof else None,
        )
        act.note(f"account:{account}", sign_in=row.pk, how=how)
    return int(row.pk)


def see(*, sign_in: int, seen_at: datetime, at: datetime) -> None:
    """Say that a session is in use, at most once a minute."""
    if at - seen_at < SEEN_EVERY:
        return
    with transaction.atomic(), writing():
        SignIn.objects.filter(pk=sign_in, ended_at__isnull=True, seen_at__lt=at - SEEN_EVERY).update(seen_at=at)


def prove(*, sign_in: int, how: str, by: Actor, at: datetime) -> None:
    """Say that whoever sits there proved once more who they are.

    Raises:
        Unknown: when the session has ended.
    """
    with acting("account.proved", by=by, at=at) as act:
        row = SignIn.objects.filter(pk=sign_in, ended_at__isnull=True).first()
        if row is None:
            raise Unknown("会话已结束", "the session has ended")
        SignIn.objects.filter(pk=sign_in).update(proved_at=at, seen_at=at)
        act.note(f"account:{row.account_id}", sign_in=sign_in, how=how)


def end_sign_in(*, account: int, sign_in: int, because: str, by: Actor, at: datetime) -> None:
    """End one session of an account; a second time changes nothing."""
    live = SignIn.objects.filter(pk=sign_in, account=account, ended_at__isnull=True)
    if live.exists():
        with acting("account.signed_out", by=by, at=at) as act:
            live.update(ended_at=at, ended_because=because)
            act.note(f"account:{account}", sign_in=sign_in, because=because)


def end_every_sign_in(*, account: int, because: str, by: Actor, at: datetime) -> int:
    """End all sessions of somebody else and return how many there were.

    Raises:
        NotPermitted: when the actor may not look after signing in.
    """
    permit(by, Permission.SIGN_IN_MANAGE)
    permit(by, Permission.SIGN_IN_MANAGE, authority=body_of(account))
    with acting("account.signed_out", by=by, at=at) as act:
        ended = SignIn.objects.filter(account=account, ended_at__isnull=True).update(ended_at=at, ended_because=because)
        act.note(f"account:{account}", sessions=ended, because=because)
    return int(ended)


def change_password(*, account: int, password: str, sign_in: int | None, by: Actor, at: datetime) -> None:
    """Set one's own password and end every session but this one, in one act.

    Raises:
        LookupError: when there is no such account.
    """
    with transaction.atomic():
        authorities.change_password(account=account, password=password, by=by, at=at)
        with writing():
            others = SignIn.objects.filter(account=account, ended_at__isnull=True).exclude(pk=sign_in)
            others.update(ended_at=at, ended_because="password")
