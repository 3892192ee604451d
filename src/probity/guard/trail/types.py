"""Trail: versions of acts, how far they are sealed, what is wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LATE_AFTER = timedelta(seconds=60)
"""An entry that waits longer than this for its seal is an alarm."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The software and the digest of the rulebook by which acts are done now."""

    software: str
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class Sealing:
    """How far the chain reaches: sealed to `number`, `waiting` entries behind it."""

    number: int
    digest: str
    waiting: int
    oldest_waiting_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class TrailFault:
    """One thing wrong with the trail: at which number of the chain, about which entry, and what."""

    number: int
    entry: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: how far the chain is in order, what waits, and every fault."""

    number: int
    digest: str
    waiting: int
    heads: int
    faults: tuple[TrailFault, ...]

    @property
    def is_in_order(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The chain at one number, signed: whoever keeps it can prove that nothing before it changed.

    `lines` is empty but at the end of an export, where it is the digest of the lines above.
    """

    number: int
    digest: str
    at: str
    algorithm: str
    key: str
    signature: str
    lines: str = ""
