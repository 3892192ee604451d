"""Drawing: the nouns of a draw that anyone can recompute."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from probity.terms import Text

MILLION = 1_000_000
"""Millionths: an inclusion probability of one."""

HASH_BYTES = 32


class DrawUnit(NamedTuple):
    """One line of the frame (抽取单元): an opaque key, its stratum, its inclusion probability in millionths."""

    key: str
    stratum: str
    ppm: int

    @property
    def line(self) -> bytes:
        """The canonical line, with its line feed."""
        return f"{self.key}|{self.stratum}|{self.ppm}\n".encode()


class Stratum(NamedTuple):
    """One layer of a draw (抽取层): how many units it has, takes, and keeps in reserve."""

    name: str
    units: int
    take: int
    reserve: int


@dataclass(frozen=True, slots=True)
class SeedSource:
    """One source of the seed as the plan names it (随机源).

    `name` is the kind and, where it has one, which of them: `lottery:2026-131`, `dice`,
    `share:audit-office`, `beacon:quicknet:8841200`. `at` is the moment at which it becomes known.
    A witness's share states its `commitment` and the public source that stands `instead` of it
    if the witness will not reveal it; both are empty for other kinds.
    """

    name: str
    at: str
    commitment: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class DrawPlan:
    """Everything a draw promises before its seed exists (抽取方案); hashes are lower-case hex.

    `frame` is the hash of the whole frame, stated only where no class could be guessed from it;
    `key_commitment` is empty in open mode; `inspectors`, `matching` and `opens` (the hash of the
    pool of inspectors, the rules by which teams are matched, the day of opening) may be empty.
    """

    number: str
    root: str
    strata: tuple[Stratum, ...]
    is_blind: bool = False
    frame: str = ""
    key_commitment: str = ""
    sources: tuple[SeedSource, ...] = ()
    inspectors: str = ""
    matching: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """Who was drawn, and who stands in reserve (抽取结果): stratum → keys in order.

    Drawn are first the certain units in the order of the frame, then the others by rank; the
    reserve goes on from there.
    """

    drawn: Mapping[str, tuple[str, ...]]
    reserve: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TicketProof:
    """What one enterprise needs to prove its own line of the frame (抽取凭证).

    `path` holds the hashes of RFC 6962 from the leaf upward; `place` counts from zero.
    """

    line: bytes
    salt: bytes
    place: int
    count: int
    path: tuple[bytes, ...]


class DrawStep(StrEnum):
    """The steps by which a draw is recomputed, in their order (复算步骤)."""

    READ = "read"
    PLAN = "plan"
    FRAME = "frame"
    SECRET = "secret"  # noqa: S105  # the name of a step
    SEED = "seed"
    RANKS = "ranks"
    LISTS = "lists"
    LOG = "log"


class DrawRefused(ValueError):
    """A draw that does not hold: at which step, and why, in both languages (抽取不成立)."""

    def __init__(self, step: DrawStep, zh: str, en: str) -> None:
        """Keep the step and the sentence."""
        super().__init__(en)
        self.step = step
        self.text = Text(zh, en)
