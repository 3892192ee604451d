"""Credentials: keys, factors, sessions and limits as pages see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from probity.terms import Actor, Grant, Text


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What a new key may do: for whom, what for, until when, how often."""

    title: str
    authority: str
    purpose: str
    grants: tuple[Grant, ...]
    expires_at: datetime
    requests_a_minute: int = 600


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key in a list; of the secret only the prefix is ever shown again."""

    id: int
    prefix: str
    title: str
    authority: str
    purpose: str
    grants: tuple[Grant, ...]
    requests_a_minute: int
    made_at: datetime
    made_by: str
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    follows: int | None

    def state(self, at: datetime) -> str:
        """Return `revoked`, `expired` or `usable`."""
        if self.revoked_at is not None and self.revoked_at <= at:
            return "revoked"
        return "expired" if self.expires_at <= at else "usable"


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key just made: its line, and the secret that is shown this once."""

    line: KeyLine
    secret: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever sent a usable key: in whose name, what for, and how often a minute."""

    key: int
    actor: Actor
    purpose: str
    requests_a_minute: int


@dataclass(frozen=True, slots=True)
class TryLimits:
    """After how many failures signing in has to wait: under one name, from one address, and how long."""

    a_name: int
    an_address: int
    lock: timedelta


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives unused, how long at all, and how long a proof serves for sensitive acts."""

    idle: timedelta
    longest: timedelta
    proof: timedelta


@dataclass(frozen=True, slots=True)
class TryTally:
    """Failures at one gate: how many since when, and until when it is locked."""

    count: int
    began_at: datetime
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: whose account it opened, how many tries are left, how long to wait."""

    account: int | None
    left: int
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """Under which name and origin the browser sees us: a key answers to no other."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser is asked to let a key sign, and what is remembered until it answers."""

    options: str  # JSON
    state: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One second factor in a list."""

    id: int
    kind: str  # app | key
    title: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class FactorsHeld:
    """The second factors of an account, and how many recovery codes are left."""

    lines: tuple[FactorLine, ...]
    codes_left: int

    @property
    def has_app(self) -> bool:
        """Whether an app that counts with the clock is among them."""
        return any(line.kind == "app" for line in self.lines)

    @property
    def has_key(self) -> bool:
        """Whether a security key is among them."""
        return any(line.kind == "key" for line in self.lines)


@dataclass(frozen=True, slots=True)
class AppOffer:
    """A secret offered to an app, before the first code proved that the app holds it."""

    secret: str
    address: str  # otpauth://…, as the square code shows it
    kept: str  # the secret as a session may keep it until then


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One session in a list."""

    id: int
    how: str
    address: str
    agent: str
    started_at: datetime
    seen_at: datetime
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Where a session comes from: the address and what the browser calls itself."""

    mark: str  # random, kept in the session; of it a digest is kept here
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as whoever looks after signing in sees it; no password, no secret."""

    id: int
    name: str
    is_active: bool
    factors: int
    is_linked: bool
    last_seen_at: datetime | None
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class ProviderTrip:
    """Where a browser is sent to prove itself, and what is remembered until it comes back."""

    address: str
    state: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProvenSubject:
    """Whom a provider proved: its issuer, its name for them, and the token that says so."""

    issuer: str
    subject: str
    token: str


class FactorRefused(ValueError):
    """A factor cannot be added, used or removed as asked; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)


class KeyRefused(ValueError):
    """A key cannot be made or followed as asked; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)
