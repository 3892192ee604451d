"""Lists: an entry with its dates and their derivation; an answer, its coverage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from probity.rulebook.lists.types import ListKind, TermStart
from probity.terms import LegalReference, Text


class Use(StrEnum):
    """How an entry may be used today (使用状态)."""

    ACTIVE = "active"
    CONTESTED = "contested"  # an objection is open: annotated, still in use
    SUSPENDED = "suspended"  # in use nowhere until it is settled
    INCOMPLETE = "incomplete"  # received without body, number, day or ground: visible, supports nothing
    LAPSED = "lapsed"  # a red entry of an enterprise that stands on a list of serious dishonesty
    OFF = "off"  # its list rests on no regulation here


class MarkKind(StrEnum):
    """What is said of an entry's use, one after another; the latest of each pair counts."""

    CONTESTED = "contested"
    SETTLED = "settled"
    SUSPENDED = "suspended"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class StatedEntry:
    """An entry as its record states it, before any rule is applied."""

    record: int
    enterprise: int
    type: str
    list_name: str
    ground: str
    document: str
    authority: str
    entered_on: date
    ends_on: date | None
    determined_on: date | None
    conduct_ended_on: date | None
    source: str
    known_at: datetime
    revision: int
    missing: tuple[str, ...] = ()  # what the programme needs and the record lacks


@dataclass(frozen=True, slots=True)
class TermDerivation:
    """Where the end of an entry comes from: stated by the source, or counted from a day by an article."""

    starts: TermStart | None  # None: stated
    day: date | None
    months: int | None
    ends_on: date | None
    reference: LegalReference


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One standing entry of an enterprise on a list (列入信息), as of a day, as known at a revision."""

    record: int
    enterprise: int
    programme: str
    title: Text
    kind: ListKind
    ground: str
    document: str
    authority: str
    basis: LegalReference
    entered_on: date
    ends_on: date | None
    derivation: TermDerivation
    use: Use
    missing: tuple[str, ...]
    source: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """How fresh one list is here; without it a clean answer means nothing (DOMAIN 8.6)."""

    programme: str
    title: Text
    heard_at: datetime | None  # when the newest of its batches closed; None: never
    is_carried: bool  # heard of at least once here, or the operator says that it must be
    is_stale: bool  # carried, and without news for longer than its rule allows


class Conclusion(StrEnum):
    """What an answer about one code comes to; not to know is not to be clean."""

    LISTED = "listed"
    CLEAN = "clean"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """What is known of one code on all lists, with how far that knowledge reaches."""

    code: str
    as_of: date
    revision: int
    entries: tuple[ListEntry, ...]
    coverage: tuple[Coverage, ...]

    @property
    def conclusion(self) -> Conclusion:
        """What the answer comes to; a clean one needs lists that are here and fresh."""
        if self.entries:
            return Conclusion.LISTED
        return Conclusion.CLEAN if is_covered(self.coverage) else Conclusion.UNKNOWN


def is_covered(coverage: Iterable[Coverage]) -> bool:
    """Whether a clean answer would be one: some list is carried here, and none of those is stale."""
    carried = [one for one in coverage if one.is_carried]
    return bool(carried) and not any(one.is_stale for one in carried)
