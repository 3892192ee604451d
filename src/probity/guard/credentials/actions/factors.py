"""Factors: second proofs added, removed, and replaced by codes on paper."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError

from probity.guard.authorities.queries import body_of, permit
from probity.guard.authorities.types import Permission
from probity.guard.credentials import security_keys
from probity.guard.credentials.actions.trying import step_of
from probity.guard.credentials.models import Factor, RecoveryCode
from probity.guard.credentials.rules import CODE_LETTERS, digest_of
from probity.guard.credentials.types import FactorRefused, Site
from probity.guard.trail.actions import acting
from probity.terms import Actor, Unknown

CODES = 10
"""How many recovery codes are made at a time."""


def add_app(*, account: int, kept: str, code: str, title: str, by: Actor, at: datetime) -> int:
    """Add an app that counts with the clock; its first code proves that it holds the secret it was offered.

    Raises:
        FactorRefused: when the code is not the app's.
    """
    step = step_of(kept, "".join(code.split()), at)
    if step is None:
        raise FactorRefused("验证码不对，请核对手机时间后重试", "the code is not right; check the time of the phone")
    with acting("factor.added", by=by, at=at) as act:
        row = Factor.objects.create(
            account_id=account, kind="app", title=title, made_at=at, last_used_at=at, secret=kept, last_step=step
        )
        act.note(f"account:{account}", factor=row.pk, kind="app")
    return int(row.pk)


def add_key(
    *, account: int, site: Site, state: Mapping[str, object], answer: str, title: str, by: Actor, at: datetime
) -> int:
    """Add a security key by what it signed.

    Raises:
        FactorRefused: when the answer does not hold, or the key is known already.
    """
    found = security_keys.enrolled(site, state, answer)
    if found is None:
        raise FactorRefused("安全密钥没有完成登记，请重试", "the security key did not finish; try once more")
    try:
        with acting("factor.added", by=by, at=at) as act:
            row = Factor.objects.create(
                account_id=account,
                kind="key",
                title=title,
                made_at=at,
                credential=found.credential,
                public_key=found.public_key,
                sign_count=found.sign_count,
            )
            act.note(f"account:{account}", factor=row.pk, kind="key")
    except IntegrityError:
        raise FactorRefused("这个安全密钥已经登记过", "this security key is known already") from None
    return int(row.pk)


def remove_factor(*, account: int, factor: int, by: Actor, at: datetime) -> None:
    """Take a factor of one's own away; a second time changes nothing.

    Raises:
        Unknown: when the account has no such factor.
    """
    row = Factor.objects.filter(pk=factor, account=account).first()
    if row is None:
        raise Unknown(f"没有第 {factor} 号验证方式", f"no factor {factor}")
    if row.ended_at is None:
        with acting("factor.removed", by=by, at=at) as act:
            # The identifier is given up, so that the same key may be enrolled again.
            Factor.objects.filter(pk=factor).update(ended_at=at, credential=None, secret="")
            act.note(f"account:{account}", factor=factor, kind=row.kind)


def make_recovery_codes(*, account: int, by: Actor, at: datetime) -> tuple[str, ...]:
    """Make ten fresh codes, shown this once; those made before open nothing any more."""
    codes = tuple("".join(secrets.choice(CODE_LETTERS) for _ in range(16)) for _ in range(CODES))
    with acting("factor.codes_made", by=by, at=at) as act:
        RecoveryCode.objects.filter(account=account).delete()
        rows = [RecoveryCode(account_id=account, digest=digest_of(code), made_at=at) for code in codes]
        RecoveryCode.objects.bulk_create(rows)
        act.note(f"account:{account}", codes=CODES)
    return tuple("-".join(code[start : start + 4] for start in range(0, 16, 4)) for code in codes)


def reset_factors(*, account: int, reason: str, by: Actor, at: datetime) -> None:
    """Take every factor of somebody who lost theirs; they add new ones when they next sign in.

    Raises:
        NotPermitted: when the actor may not look after signing in.
        FactorRefused: without a reason.
    """
    permit(by, Permission.SIGN_IN_MANAGE)
    permit(by, Permission.SIGN_IN_MANAGE, authority=body_of(account))
    if len(reason.strip()) < 4:
        raise FactorRefused("请写明理由", "say why")
    with acting("factor.reset", by=by, at=at) as act:
        held = Factor.objects.filter(account=account, ended_at__isnull=True)
        number = held.update(ended_at=at, credential=None, secret="")
        RecoveryCode.objects.filter(account=account).delete()
        act.note(f"account:{account}", factors=number, reason=reason.strip())
