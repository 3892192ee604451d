"""Actors: in whose name something is done, and what was granted to them."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """Who can act: a person in office, a person or machine of an organisation, or a part of the platform."""

    OFFICER = "officer"
    DELEGATE = "delegate"  # of an enterprise
    MEMBER = "member"  # of an institution, an association or a bank
    MACHINE = "machine"
    SYSTEM = "system"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Grant:
    """What one role lets somebody do, and about what: authority × region × sector ("" is no limit).

    `authority` is the key of a body; with `with_parts` the bodies below it are meant too. `region`
    is a GB/T 2260 code and means the regions within it. `is_watched` marks whoever acts under it.
    """

    role: str
    permissions: frozenset[str]
    authority: str = ""
    region: str = ""
    sector: str = ""
    with_parts: bool = True
    is_watched: bool = False

    @property
    def is_unlimited(self) -> bool:
        """Whether it holds for every body, region and sector."""
        return not (self.authority or self.region or self.sector)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer, a delegate, a machine, a named system, or an unknown member of the public.

    `key` is stable for ever (`officer:12`, `system:wheel`); the trail keeps it without a
    foreign key. `authority` is the key of the body in whose name the act is done, empty for
    systems that serve all; `organisation` is the code of the enterprise or third party instead.
    """

    kind: ActorKind
    key: str
    authority: str = ""
    is_administrator: bool = False
    grants: tuple[Grant, ...] = ()
    organisation: str = ""

    @property
    def is_watched(self) -> bool:
        """Whether each act is to be marked in the trail: a supplier's is."""
        return any(grant.is_watched for grant in self.grants)

    @classmethod
    def system(cls, name: str) -> "Actor":
        """Return the named part of the platform acting by rule, such as `deliver` or `wheel`."""
        return cls(ActorKind.SYSTEM, f"system:{name}", is_administrator=True)

    @classmethod
    def public(cls) -> "Actor":
        """Return the actor of a reader who did not sign in."""
        return cls(ActorKind.PUBLIC, "public")

    def __str__(self) -> str:
        """Show the stable key."""
        return self.key
