"""Linking: an account joined to an identity provider, by invitation."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from probity.guard.authorities.queries import body_of, permit
from probity.guard.authorities.types import Permission
from probity.guard.credentials.models import ProviderInvitation, ProviderLink
from probity.guard.credentials.rules import digest_of
from probity.guard.credentials.types import FactorRefused
from probity.guard.trail.actions import acting
from probity.terms import Actor

OPEN_FOR = timedelta(days=7)
"""How long an invitation waits for its guest."""


def invite(*, account: int, by: Actor, at: datetime) -> str:
    """Return a code by which an account may be joined to a provider, once, within a week.

    Raises:
        NotPermitted: when the actor may not look after signing in.
    """
    permit(by, Permission.SIGN_IN_MANAGE)
    permit(by, Permission.SIGN_IN_MANAGE, authority=body_of(account))
    code = secrets.token_urlsafe(32)
    with acting("provider.invited", by=by, at=at) as act:
        ProviderInvitation.objects.filter(account=account, used_at__isnull=True).delete()
        ProviderInvitation.objects.create(
            account_id=account, digest=digest_of(code), made_at=at, made_by=by.key, expires_at=at + OPEN_FOR
        )
        act.note(f"account:{account}", until=(at + OPEN_FOR).isoformat())
    return code


def link(*, code: str, issuer: str, subject: str, by: Actor, at: datetime) -> int:
    """Join the invited account to a subject that just proved itself to the provider; return the account.

    Raises:
        FactorRefused: when the invitation is used, over or unknown, or the subject is another account's.
    """
    with transaction.atomic():
        found = ProviderInvitation.objects.select_for_update().filter(digest=digest_of(code)).first()
        if found is None or found.used_at is not None or found.expires_at <= at:
            raise FactorRefused(
                "邀请已使用或已过期，请联系管理员重新邀请", "the invitation was used or is over; ask for a new one"
            )
        try:
            with acting("provider.linked", by=by, at=at) as act:
                ProviderLink.objects.filter(account=found.account_id, issuer=issuer).delete()
                ProviderLink.objects.create(
                    account_id=found.account_id, issuer=issuer, subject=subject, linked_at=at, linked_by=found.made_by
                )
                ProviderInvitation.objects.filter(pk=found.pk).update(used_at=at)
                act.note(f"account:{found.account_id}", issuer=issuer, invited_by=found.made_by)
        except IntegrityError:
            raise FactorRefused("该身份已绑定其他账号", "this identity is joined to another account already") from None
    return int(found.account_id)


def unlink(*, account: int, by: Actor, at: datetime) -> None:
    """Part an account from its provider.

    Raises:
        NotPermitted: when the actor may not look after signing in.
    """
    permit(by, Permission.SIGN_IN_MANAGE)
    permit(by, Permission.SIGN_IN_MANAGE, authority=body_of(account))
    with acting("provider.unlinked", by=by, at=at) as act:
        ProviderLink.objects.filter(account=account).delete()
        act.note(f"account:{account}")
