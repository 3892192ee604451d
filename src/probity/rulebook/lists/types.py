"""Programmes of lists: who may enter whom, on what ground, and the ways out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from probity.rulebook.types import RuleFile
from probity.terms import LegalReference, Text


class ListKind(StrEnum):
    """What an entry says; the abnormal list is no black list, whatever people call it (DOMAIN 8.2)."""

    SERIOUS = "serious"  # 严重失信主体名单
    ABNORMAL = "abnormal"  # 经营异常名录
    BAN = "ban"  # a term decided case by case, such as a ban from procurement
    RED = "red"  # 守信激励名单


class Arrival(StrEnum):
    """How entries come: decided here by the full procedure, or received from whoever decided."""

    DECIDED = "decided"
    RECEIVED = "received"


class Reach(StrEnum):
    """Whose list it is; a local one needs a local regulation (SZ art. 76, SH art. 25)."""

    NATIONAL = "national"
    LOCAL = "local"


class TermStart(StrEnum):
    """From which day a term runs; rules differ, so an entry keeps all three (DOMAIN 17.8)."""

    PUBLICITY = "publicity"
    DETERMINATION = "determination"
    CONDUCT_END = "conduct_end"


class ExitKind(StrEnum):
    """The four exits of a fact, which never mix (DOMAIN 10.5)."""

    CORRECTION = "correction"
    ANNULMENT = "annulment"
    REPAIR = "repair"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Who must agree above a deciding body of a level, or that nobody need (报上一级批准)."""

    level: str  # county | city | province | national
    is_approved_above: bool
    reference: LegalReference


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of entry, and the kinds of penalty one of which must have been imposed for it.

    `penalties` empty: no penalty is presupposed. A penalty alone puts nobody on a list.
    """

    key: str
    title: Text
    reference: LegalReference
    penalties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListTerm:
    """How long an entry stands; None months: as long as the decision says, or until its cause ends."""

    months: int | None
    most_months: int | None  # the longest a decision may set where `months` is None
    starts: TermStart
    reference: LegalReference


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out before or at the end of the term, and what must hold for it."""

    kind: ExitKind
    after_months: int  # of the term that must have run; 0 = at once
    conditions: Mapping[str, Text]
    working_days: int | None  # within which the exit is carried out once it holds
    reference: LegalReference


@dataclass(frozen=True, slots=True)
class Programme:
    """One list: its law, its deciders, its grounds, its term and its exits (名单制度)."""

    key: str
    file: RuleFile
    title: Text
    summary: Text
    kind: ListKind
    reach: Reach
    regulation: LegalReference | None  # of a local list; without one it is off
    arrivals: frozenset[Arrival]
    reference: LegalReference
    record_type: str  # in which entries are recorded, delivered and shown
    names: tuple[str, ...]  # as feeds call the list
    sectors: frozenset[str]  # of the authorities that may decide
    levels: Mapping[str, Threshold]  # level of authority that may decide → who must agree
    grounds: Mapping[str, Ground]
    needs: tuple[str, ...]  # fields without which a received entry is incomplete
    term: ListTerm
    exits: Mapping[ExitKind, Exit]
    limitation_months: int | None  # after the end of the conduct nothing may be decided any more
    limitation: LegalReference | None
    lapses_on: frozenset[ListKind]  # standing on such a list ends this one at once
    objection_days: int | None  # working days a red candidate is published before entry
    objection: LegalReference | None
    fresh_days: int  # after so many days without news the list is stale, and no clean answer may rest on it
    confidence: str = "sure"
    notes: Text | None = None

    @property
    def is_on(self) -> bool:
        """Whether the list may be used at all: a local one only under a local regulation."""
        return self.reach is Reach.NATIONAL or self.regulation is not None

    @property
    def is_adverse(self) -> bool:
        """Whether an entry speaks against the enterprise."""
        return self.kind is not ListKind.RED

    def missing(self, stated: Mapping[str, object]) -> tuple[str, ...]:
        """Return what a received entry lacks before it may support a measure."""
        return tuple(key for key in self.needs if not stated.get(key))
