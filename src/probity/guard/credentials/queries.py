"""Credentials: whose key, session or subject it is, and what an account holds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pyotp
from django.db.models import Count, Max, QuerySet

from probity.guard.authorities.queries import accounts_seen, permit, seen
from probity.guard.authorities.types import Permission
from probity.guard.credentials import identity_provider, security_keys
from probity.guard.credentials.ciphers import decrypted, encrypted
from probity.guard.credentials.limits import session_limits, try_limits
from probity.guard.credentials.models import (
    ApiKey,
    Factor,
    ProviderInvitation,
    ProviderLink,
    RecoveryCode,
    SignIn,
    TryCount,
)
from probity.guard.credentials.rules import (
    FOR_PROGRAMS,
    digest_of,
    grants_read,
    is_over,
    is_same,
    prefix_of,
    program_grants,
    serves,
)
from probity.guard.credentials.types import (
    AccountLine,
    AppOffer,
    Bearer,
    Challenge,
    FactorLine,
    FactorsHeld,
    KeyLine,
    ProvenSubject,
    ProviderTrip,
    SignInLine,
    Site,
)
from probity.terms import Actor, ActorKind, Unknown

__all__ = [
    "FOR_PROGRAMS",
    "PAGE_SIZE",
    "accounts",
    "app_offer",
    "ask_to_enrol",
    "ask_to_prove",
    "bearer_of",
    "begin_trip",
    "factors",
    "finish_trip",
    "is_invited",
    "is_proved",
    "key",
    "keys",
    "line_of",
    "linked_account",
    "live_sign_in",
    "program_grants",
    "session_limits",
    "sign_ins",
    "sign_out_address",
    "try_limits",
]

PAGE_SIZE = 50


def bearer_of(secret: str, *, at: datetime) -> Bearer | None:
    """Return who sent a secret, or None when it opens nothing; every refusal looks the same."""
    prefix = prefix_of(secret)
    found = ApiKey.objects.filter(prefix=prefix).select_related("authority").first() if prefix else None
    if found is None or not is_same(found.digest, digest_of(secret)):
        return None
    if found.expires_at <= at or (found.revoked_at is not None and found.revoked_at <= at):
        return None
    grants = grants_read(found.grants)
    actor = Actor(ActorKind.MACHINE, f"key:{found.pk}", authority=found.authority.key, grants=grants)
    return Bearer(found.pk, actor, found.purpose, found.requests_a_minute)


def keys(*, by: Actor, page: int = 1) -> tuple[tuple[KeyLine, ...], int]:
    """Return a page of the keys within one's scope, newest first, and how many there are.

    Raises:
        NotPermitted: when the actor may not manage keys.
    """
    permit(by, Permission.KEY_MANAGE)
    rows, start = _keys(by), (max(page, 1) - 1) * PAGE_SIZE
    return tuple(line_of(row) for row in rows.order_by("-pk")[start : start + PAGE_SIZE]), rows.count()


def key(number: int, *, by: Actor) -> KeyLine:
    """Return one key.

    Raises:
        NotPermitted: when the actor may not manage keys.
        Unknown: when there is none of this number.
    """
    permit(by, Permission.KEY_MANAGE)
    row = _keys(by).filter(pk=number).first()
    if row is None:
        raise Unknown(f"没有第 {number} 号密钥", f"no key {number}")
    return line_of(row)


def _keys(by: Actor) -> "QuerySet[Any]":
    rows = ApiKey.objects.select_related("authority").annotate(used=Max("uses__minute"))
    return seen(rows, by, Permission.KEY_MANAGE)


def line_of(row: ApiKey) -> KeyLine:
    """Return a stored key as a line."""
    return KeyLine(
        row.pk,
        row.prefix,
        row.title,
        row.authority.key,
        row.purpose,
        grants_read(row.grants),
        row.requests_a_minute,
        row.made_at,
        row.made_by,
        row.expires_at,
        row.revoked_at,
        getattr(row, "used", None),
        row.follows_id,
    )


def factors(account: int) -> FactorsHeld:
    """Return the second factors of an account; whoever asks was let in as that account."""
    rows = Factor.objects.filter(account=account, ended_at__isnull=True).order_by("pk")
    lines = tuple(FactorLine(row.pk, row.kind, row.title, row.made_at, row.last_used_at) for row in rows)
    return FactorsHeld(lines, RecoveryCode.objects.filter(account=account, used_at__isnull=True).count())


def app_offer(name: str, *, kept: str = "") -> AppOffer:
    """Return a secret for an app, a fresh one unless one was offered before; no table knows it yet."""
    secret = (decrypted(kept) if kept else None) or pyotp.random_base32()
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Probity")
    return AppOffer(secret, address, encrypted(secret))


def ask_to_enrol(account: int, name: str, *, site: Site) -> Challenge:
    """Return what the browser is asked when a security key is added."""
    return security_keys.ask_to_enrol(site, account, name, _public_keys(account))


def ask_to_prove(account: int | None, *, site: Site) -> Challenge:
    """Return what the browser is asked; without an account the key says itself whose it is."""
    return security_keys.ask_to_prove(site, None if account is None else _public_keys(account))


def _public_keys(account: int) -> list[bytes]:
    rows = Factor.objects.filter(account=account, kind="key", ended_at__isnull=True)
    return [bytes(kept) for kept in rows.values_list("public_key", flat=True)]


def live_sign_in(mark: str, *, at: datetime) -> SignInLine | None:
    """Return the session that holds this mark, or None when it ended or lay idle too long."""
    row = SignIn.objects.filter(mark=digest_of(mark), ended_at__isnull=True).first()
    if row is None or is_over(row.started_at, row.seen_at, at=at, limits=session_limits()):
        return None
    return _sign_in(row)


def sign_ins(account: int, *, at: datetime) -> tuple[SignInLine, ...]:
    """Return the live sessions of an account, newest first; whoever asks was let in as that account."""
    limits = session_limits()
    rows = SignIn.objects.filter(account=account, ended_at__isnull=True).order_by("-pk")
    return tuple(_sign_in(row) for row in rows if not is_over(row.started_at, row.seen_at, at=at, limits=limits))


def is_proved(line: SignInLine | None, *, at: datetime) -> bool:
    """Whether a session's last proof is fresh enough for a sensitive act."""
    return line is not None and serves(line.proved_at, at=at, limits=session_limits())


def linked_account(issuer: str, subject: str) -> int | None:
    """Return the account joined to a subject of a provider, or None."""
    return ProviderLink.objects.filter(issuer=issuer, subject=subject).values_list("account_id", flat=True).first()


def begin_trip(back: str) -> ProviderTrip:
    """Return where to send a browser that signs in through the provider.

    Raises:
        FactorRefused: when the provider does not answer as it should.
    """
    return identity_provider.begin(back)


def finish_trip(kept: Mapping[str, Any], told: Mapping[str, str], back: str) -> ProvenSubject:
    """Return whom the provider proved.

    Raises:
        FactorRefused: when its answer does not hold.
    """
    return identity_provider.finish(kept, told, back)


def sign_out_address(token: str, back: str) -> str:
    """Return where a browser ends its session at the provider too, empty where there is no such place."""
    return identity_provider.sign_out_address(token, back)


def is_invited(code: str, *, at: datetime) -> bool:
    """Whether an invitation still opens."""
    return ProviderInvitation.objects.filter(digest=digest_of(code), used_at__isnull=True, expires_at__gt=at).exists()


def accounts(*, by: Actor, at: datetime, text: str = "", page: int = 1) -> tuple[tuple[AccountLine, ...], int]:
    """Return a page of accounts with what concerns signing in, and how many there are in all.

    Raises:
        NotPermitted: when the actor may not look after signing in.
    """
    names = accounts_seen(by=by, permission=Permission.SIGN_IN_MANAGE, text=text)
    start = (max(page, 1) - 1) * PAGE_SIZE
    shown = dict(list(names.items())[start : start + PAGE_SIZE])
    held = dict(_per_account(Factor.objects.filter(ended_at__isnull=True), shown, Count("pk")))
    seen = dict(_per_account(SignIn.objects.all(), shown, Max("seen_at")))
    locked = dict(_per_account(TryCount.objects.filter(locked_until__gt=at), shown, Max("locked_until")))
    linked = set(ProviderLink.objects.filter(account__in=shown).values_list("account_id", flat=True))
    lines = tuple(
        AccountLine(pk, name, is_active, held.get(pk, 0), pk in linked, seen.get(pk), locked.get(pk))
        for pk, (name, is_active) in shown.items()
    )
    return lines, len(names)


def _per_account(rows: Any, accounts: Iterable[int], what: Any) -> Any:
    return (
        rows.filter(account__in=list(accounts))
        .values("account_id")
        .annotate(found=what)
        .values_list("account_id", "found")
    )


def _sign_in(row: SignIn) -> SignInLine:
    return SignInLine(row.pk, row.how, row.address, row.agent, row.started_at, row.seen_at, row.proved_at)
