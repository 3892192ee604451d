"""Actors: in whose name something is done."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """Who can act: a person in office, or a named part of the platform."""

    OFFICER = "officer"
    SYSTEM = "system"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer of an authority, a named system, or an unknown member of the public.

    `key` is stable for ever (`officer:12`, `system:wheel`); the trail keeps it without a
    foreign key. `authority` is the key of the body in whose name the act is done, empty for
    systems that serve all.
    """

    kind: ActorKind
    key: str
    authority: str = ""
    is_administrator: bool = False

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
