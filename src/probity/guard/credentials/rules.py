"""Credentials: what a secret looks like, and which wishes are refused."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from probity.guard.authorities.types import PLATFORM, Permission
from probity.guard.credentials.types import KeyTerms, SessionLimits, TryTally
from probity.terms import Grant, Text

SECRET = re.compile(r"pb_([a-z0-9]{8})_([A-Za-z0-9_-]{43})\Z")
"""`pb_`, a prefix that may be shown, and 256 bits that may not."""

LONGEST_LIFE = timedelta(days=366)
"""A key nobody had to renew for a year belongs to nobody any more."""

MOST_A_MINUTE = 60_000


def prefix_of(secret: str) -> str | None:
    """Return the visible part of a secret, or None when it is not written like one."""
    found = SECRET.match(secret)
    return found[1] if found else None


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: SHA-256 suffices, for nobody can try 256 random bits out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(kept: str, stated: str) -> bool:
    """Whether two digests are equal, found in the same time for any difference."""
    return hmac.compare_digest(kept, stated)


def fault_of(terms: KeyTerms, at: datetime) -> Text | None:
    """Return what forbids a key of these terms, or None."""
    if not terms.title.strip():
        return Text("请说明是哪个程序使用这个密钥", "say which program will use the key")
    if any(permission not in FOR_PROGRAMS for grant in terms.grants for permission in grant.permissions):
        return Text("程序不能持有这项权限", "a program may not hold such a permission")
    if len(terms.purpose.strip()) < 4:
        return Text("请说明用途：事由或文号", "say what the key is for: a matter or a document number")
    if terms.expires_at <= at:
        return Text("到期时间已过", "it would have expired already")
    if terms.expires_at - at > LONGEST_LIFE:
        return Text("有效期最长一年，到期前轮换", "a key lives a year at most and is renewed before its end")
    if not 1 <= terms.requests_a_minute <= MOST_A_MINUTE:
        return Text(f"每分钟请求数应在 1 至 {MOST_A_MINUTE} 之间", f"requests a minute: 1 to {MOST_A_MINUTE}")
    return None


FOR_PROGRAMS = (
    Permission.ENTERPRISE_READ,
    Permission.EVALUATION_READ,
    Permission.LIST_READ,
    Permission.RULE_READ,
    Permission.BATCH_READ,
    Permission.BATCH_DELIVER,
)
"""What a program may be given; it never settles, decides, grants or reads the trail."""

SHARED = frozenset({Permission.ENTERPRISE_READ, Permission.LIST_READ, Permission.RULE_READ})
"""What belongs to no body: limited by region only."""


def program_grants(permissions: Iterable[str], authority: str, region: str = "") -> tuple[Grant, ...]:
    """Return the grants of a key: what is a body's own within that body, what is shared within the region."""
    chosen = frozenset(Permission(one) for one in permissions if one in FOR_PROGRAMS)
    classes = chosen & {Permission.EVALUATION_READ}
    parts = (
        Grant("program", chosen - SHARED, authority, region),
        Grant("program", classes, PLATFORM, with_parts=False),  # runs of the platform are for all who read classes
        Grant("program", chosen & SHARED, "", region),
    )
    return tuple(part for part in parts if part.permissions)


def grants_kept(grants: Iterable[Grant]) -> list[dict[str, object]]:
    """Return grants as they are kept with a key."""
    return [
        {
            "role": grant.role,
            "permissions": sorted(grant.permissions),
            "authority": grant.authority,
            "region": grant.region,
            "sector": grant.sector,
            "with_parts": grant.with_parts,
        }
        for grant in grants
    ]


def grants_read(kept: Iterable[Mapping[str, object]]) -> tuple[Grant, ...]:
    """Return kept grants as the actor carries them."""
    return tuple(
        Grant(
            str(grant["role"]),
            frozenset(str(permission) for permission in _list(grant["permissions"])),
            str(grant.get("authority", "")),
            str(grant.get("region", "")),
            str(grant.get("sector", "")),
            bool(grant.get("with_parts", True)),
        )
        for grant in kept
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def counted(tally: TryTally, *, at: datetime, limit: int, lock: timedelta) -> TryTally | None:
    """Return the tally with one more try, or None while the gate is locked.

    The try that reaches the limit is still let through, and locks the gate behind it; it opens again
    by itself. Tries older than the length of a lock are forgotten.
    """
    if tally.locked_until is not None and tally.locked_until > at:
        return None
    is_over = tally.locked_until is not None or tally.began_at + lock <= at
    count, began_at = (1, at) if is_over else (tally.count + 1, tally.began_at)
    return TryTally(count, began_at, at + lock if count >= limit else None)


def forgiven(tally: TryTally, *, at: datetime, limit: int) -> TryTally:
    """Return the tally with one try taken back: it succeeded."""
    count = max(0, tally.count - 1)
    return TryTally(count, tally.began_at if count else at, tally.locked_until if count >= limit else None)


def is_over(started_at: datetime, seen_at: datetime, *, at: datetime, limits: SessionLimits) -> str:
    """Return why a session is over, `idle` or `long`, or an empty text while it lives."""
    if at - started_at >= limits.longest:
        return "long"
    return "idle" if at - seen_at >= limits.idle else ""


def serves(proved_at: datetime | None, *, at: datetime, limits: SessionLimits) -> bool:
    """Whether a proof is fresh enough for a sensitive act."""
    return proved_at is not None and timedelta(0) <= at - proved_at < limits.proof


CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for each other on paper."""


def folded_code(stated: str) -> str:
    """Return a recovery code as it was made, however it was typed."""
    return "".join(letter for letter in stated.lower() if letter in CODE_LETTERS)
