"""Authorities: permissions, roles, and the tree of bodies as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from probity.terms import Text

PLATFORM = "platform"
"""Key of the body in whose name runs and first logins stand."""


class Permission(StrEnum):
    """One act on one kind of thing (权限); each room adds its own lines."""

    BATCH_DELIVER = "batch.deliver"
    BATCH_READ = "batch.read"
    QUARANTINE_SETTLE = "quarantine.settle"
    ENTERPRISE_READ = "enterprise.read"
    ENTERPRISE_CHANGE = "enterprise.change"
    RECORD_END = "record.end"
    EVALUATION_RUN = "evaluation.run"
    EVALUATION_READ = "evaluation.read"
    RULE_READ = "rule.read"
    JOB_READ = "job.read"
    AUTHORITY_READ = "authority.read"
    AUTHORITY_CHANGE = "authority.change"
    OFFICER_READ = "officer.read"
    OFFICER_APPOINT = "officer.appoint"
    ROLE_PROPOSE = "role.propose"
    ROLE_GRANT = "role.grant"
    ORGANISATION_INVITE = "organisation.invite"
    OWN_READ = "own.read"
    DELEGATE_CHANGE = "delegate.change"
    TRAIL_READ = "trail.read"
    OPERATION_READ = "operation.read"
    OPERATION_SETTLE = "operation.settle"
    LIST_READ = "list.read"
    LIST_MARK = "list.mark"
    MEASURE_READ = "measure.read"
    MEASURE_PROPOSE = "measure.propose"
    MEASURE_PUBLISH = "measure.publish"
    KEY_MANAGE = "key.manage"
    SIGN_IN_MANAGE = "signin.manage"


class NotPermitted(Exception):
    """Somebody may not do what they asked for; says which permission is missing."""

    def __init__(self, permission: Permission) -> None:
        """Keep the missing permission for the page that explains it."""
        super().__init__(f"permission {permission} is missing")
        self.permission = permission


@dataclass(frozen=True, slots=True)
class Role:
    """What an office, a delegate or a member is for (角色), as data.

    `own` holds within the scope of the grant, `of_platform` for what the platform's own body made
    for all, `everywhere` for what is shared among all bodies. Who holds a role that `stands_alone`
    holds no other beside it. One that `needs_second` is signed by a second person; one that
    `must_end` is granted with a last day; one that is `watched` has each of its acts marked; one that
    `needs_factor` is used with a second factor only.
    """

    key: str
    title: Text
    gains: Text
    own: frozenset[Permission] = frozenset()
    of_platform: frozenset[Permission] = frozenset()
    everywhere: frozenset[Permission] = frozenset()
    may_be_unlimited: bool = False
    stands_alone: bool = False
    needs_second: bool = True
    must_end: bool = False
    is_watched: bool = False
    needs_factor: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything it lets somebody do somewhere."""
        return self.own | self.of_platform | self.everywhere


@dataclass(frozen=True, slots=True)
class Body:
    """Where an authority stands: the body above it, its region and sector, and who answers for it now."""

    key: str
    parent: str = ""
    region: str = ""
    sector: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The bodies by key, as they stand to each other; an unknown body stands alone."""

    bodies: Mapping[str, Body] = field(default_factory=dict)

    def answering(self, key: str) -> frozenset[str]:
        """Return the body and all that followed it: after a merger its successor answers too."""
        found: set[str] = set()
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.bodies[one].successors if one in self.bodies else ()
        return frozenset(found)

    def above(self, key: str) -> frozenset[str]:
        """Return the bodies that answer for a body, and every body above one of them."""
        found: set[str] = set()
        waiting = list(self.answering(key))
        while waiting:
            one = waiting.pop()
            if one and one not in found:
                found.add(one)
                waiting.append(self.bodies[one].parent if one in self.bodies else "")
        return frozenset(found)
