"""Trying: proofs are counted before they are looked at, so that guessing waits."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction
from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError

from probity.guard.authorities.queries import account_number, body_of, permit
from probity.guard.authorities.types import Permission
from probity.guard.credentials import security_keys
from probity.guard.credentials.ciphers import decrypted, name_digest
from probity.guard.credentials.limits import try_limits
from probity.guard.credentials.models import Factor, RecoveryCode, TryCount
from probity.guard.credentials.rules import counted, digest_of, folded_code, forgiven
from probity.guard.credentials.types import Site, Tried, TryTally
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.terms import Actor

_DIGITS = re.compile(r"[0-9]{6}\Z")
STEP_SECONDS = 30
"""A code of an app holds for half a minute (RFC 6238); the one before and the one after are taken too."""


def try_password(*, name: str, password: str, address: str, at: datetime) -> Tried:
    """Count a try, then look at the password; nobody learns whether the account exists.

    The password is hashed outside any transaction: that takes a quarter of a second on purpose.
    """

    def look() -> int | None:
        found = authenticate(username=name, password=password)
        return None if found is None else int(found.pk)

    return _tried(f"name:{name_digest(name)}", address, look, account=account_number(name), at=at)


def try_app(*, account: int, code: str, address: str, at: datetime) -> Tried:
    """Count a try, then look at a code of an app; each code serves once."""

    def look() -> int | None:
        stated = "".join(code.split())
        with transaction.atomic(), writing():
            for factor in Factor.objects.select_for_update().filter(account=account, kind="app", ended_at__isnull=True):
                step = step_of(factor.secret, stated, at)
                if step is not None and step > factor.last_step:
                    factor.last_step, factor.last_used_at = step, at
                    factor.save()
                    return account
        return None

    return _tried(f"factor:{account}", address, look, account=account, at=at)


def try_code(*, account: int, code: str, address: str, by: Actor, at: datetime) -> Tried:
    """Count a try, then look at a recovery code; it is used up, and the trail says so."""

    def look() -> int | None:
        digest = digest_of(folded_code(code))
        unused = RecoveryCode.objects.filter(account=account, digest=digest, used_at__isnull=True)
        if not unused.exists():
            return None
        with acting("factor.recovered", by=by, at=at) as act:
            used = unused.update(used_at=at)
            left = RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()
            act.note(f"account:{account}", codes_left=left)
        return account if used else None

    return _tried(f"factor:{account}", address, look, account=account, at=at)


def try_key(
    *, account: int | None, site: Site, state: Mapping[str, object], answer: str, address: str, at: datetime
) -> Tried:
    """Count a try, then look at what a security key signed; without an account the key says whose it is."""
    credential = security_keys.credential_in(answer)
    known = Factor.objects.filter(credential=credential, kind="key", ended_at__isnull=True)
    factor = known.filter(account=account).first() if account is not None else known.first()

    def look() -> int | None:
        if factor is None:
            return None
        count = security_keys.proved(site, state, bytes(factor.public_key), answer)
        # A count that does not grow means that the key was copied; keys that do not count say 0 always.
        if count is None or ((count or factor.sign_count) and count <= factor.sign_count):
            return None
        with transaction.atomic(), writing():
            moved = Factor.objects.filter(pk=factor.pk, sign_count=factor.sign_count)
            return int(factor.account_id) if moved.update(sign_count=count, last_used_at=at) else None

    gate = f"factor:{account if account is not None else credential}"[:80]
    return _tried(gate, address, look, account=account or (factor.account_id if factor else None), at=at)


def release_lock(*, account: int, by: Actor, at: datetime) -> None:
    """Open the gates of an account before their time.

    Raises:
        NotPermitted: when the actor may not look after signing in.
    """
    permit(by, Permission.SIGN_IN_MANAGE)
    permit(by, Permission.SIGN_IN_MANAGE, authority=body_of(account))
    with acting("account.released", by=by, at=at) as act:
        TryCount.objects.filter(account=account).update(count=0, locked_until=None)
        act.note(f"account:{account}")


def _tried(gate: str, address: str, look: Callable[[], int | None], *, account: int | None, at: datetime) -> Tried:
    limits = try_limits()
    gates = [(gate, limits.a_name, account), (f"address:{name_digest(address)}", limits.an_address, None)]
    left, wait = _count(gates, at)
    if wait:
        return Tried(None, 0, wait)
    found = look()
    if found is None:
        if not left:
            _tell_locked(gates, at)
        return Tried(None, left, 0 if left else int(limits.lock.total_seconds()))
    _forgive(gates, at)
    return Tried(found, left)


def _count(gates: list[tuple[str, int, int | None]], at: datetime) -> tuple[int, int]:
    """Count one try at each gate; return how many are left and, while one is locked, the seconds to wait."""
    lock = try_limits().lock
    left = []
    with transaction.atomic(), writing():
        for gate, limit, account in gates:
            row, _ = TryCount.objects.get_or_create(gate=gate, defaults={"began_at": at, "account_id": account})
            row = TryCount.objects.select_for_update().get(pk=row.pk)
            tally = counted(TryTally(row.count, row.began_at, row.locked_until), at=at, limit=limit, lock=lock)
            if tally is None:
                transaction.set_rollback(True)
                return 0, max(1, int((row.locked_until - at).total_seconds()))
            _keep(row, tally)
            left.append(max(0, limit - tally.count))
    return min(left), 0


def _forgive(gates: list[tuple[str, int, int | None]], at: datetime) -> None:
    """Take the try back where it succeeded: a name starts afresh, an address has one less."""
    with transaction.atomic(), writing():
        for place, (gate, limit, _) in enumerate(gates):
            row = TryCount.objects.select_for_update().filter(gate=gate).first()
            if row is not None:
                afresh = TryTally(0, at, None)
                tally = forgiven(TryTally(row.count, row.began_at, row.locked_until), at=at, limit=limit)
                _keep(row, tally if place else afresh)


def _keep(row: TryCount, tally: TryTally) -> None:
    row.count, row.began_at, row.locked_until = tally.count, tally.began_at, tally.locked_until
    row.save()


def _tell_locked(gates: list[tuple[str, int, int | None]], at: datetime) -> None:
    """Write once into the trail that a gate closed; each failure on its own would let anybody fill it."""
    for gate, _, account in gates:
        row = TryCount.objects.filter(gate=gate, locked_until__isnull=False).first()
        if row is not None:
            with acting("account.locked", by=Actor.public(), at=at) as act:
                act.note(f"account:{account}" if account else f"gate:{row.pk}", gate=gate.partition(":")[0])


def step_of(secret: str, stated: str, at: datetime) -> int | None:
    """Return the half minute a code of an app belongs to, or None when it is not the app's."""
    plain = decrypted(secret)
    if plain is None:
        return None
    try:
        if not _DIGITS.match(stated):
            return None
        return int(TOTP(plain, interval=STEP_SECONDS).verify_and_get_timecode(stated, for_time=at, valid_window=1))
    except OTPVerificationError:
        return None
