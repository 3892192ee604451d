"""Assigning: the nouns of matching inspectors to visits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why an inspector may never go to a visit (排除事由); computed before the seed, never weighed against anything."""

    CONFLICT = "conflict"
    RELATION = "relation"
    FORMER_EMPLOYER = "former_employer"
    LAST_TIME = "last_time"
    OWN_PATCH = "own_patch"
    NO_LICENCE = "no_licence"
    LEAVE = "leave"
    CLIENT = "client"


class Inspector(NamedTuple):
    """One inspector of a pool (检查人员), by badge: may they lead, and how many visits at most and at least."""

    badge: str
    may_lead: bool
    most: int
    least: int = 0


class VisitNeed(NamedTuple):
    """One visit that needs a team (待派检查), by an opaque key."""

    key: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Visits, inspectors, and who may not go where (匹配范围); `excluded` maps (badge, visit key) to the reason."""

    visits: tuple[VisitNeed, ...]
    inspectors: tuple[Inspector, ...]
    excluded: Mapping[tuple[str, str], Reason] = field(default_factory=dict)

    def without(self, reason: Reason) -> "Pool":
        """Return the pool as it would be if one kind of exclusion did not exist."""
        kept = {pair: why for pair, why in self.excluded.items() if why is not reason}
        return Pool(self.visits, self.inspectors, kept)


class Team(NamedTuple):
    """Two who go together (检查组): one who may lead, and another; both may, then the cheaper leads."""

    lead: str
    member: str
