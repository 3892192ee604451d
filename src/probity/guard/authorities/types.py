"""Authorities: permissions, roles, and the tree of bodies as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from probity.terms import Text

PLATFORM = "platform"
"""Key of the body in whose name runs and first logins stand."""


class Permission(StrEnum):
    """One act on one kind of thing (权限); each room adds its own lines."""

    BATCH_DELIVER = "batch.deliver"
    BATCH_READ = "batch.read"
    QUARANTINE_SETTLE = "quarantine.settle"
    MATCH_SETTLE = "match.settle"
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


class NotGranted(ValueError):
    """An office, a role or a seat cannot be given or ended so; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role somebody is to hold: within which scope, from which day until which."""

    role: str
    scope: str
    starts_on: date
    ends_on: date | None = None
    region: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Appointee:
    """Who is to act for which body, from which day until which, and how they sign in."""

    account: str
    name: str
    authority: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role of an officer in a list, with who prepared and who signed it."""

    number: int
    officer: int
    account: str
    name: str
    authority: str
    wanted: Wanted
    state: str
    proposed_by: str
    proposed_at: datetime
    settled_by: str
    settled_at: datetime | None
    reason: str

    def holds_on(self, day: date) -> bool:
        """Whether it lets its holder act on a day."""
        ends_on = self.wanted.ends_on
        return self.state == "granted" and self.wanted.starts_on <= day and (ends_on is None or day < ends_on)


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer in a list, with every role held or prepared, oldest first."""

    number: int
    account: str
    name: str
    authority: str
    title: Text
    starts_on: date
    ends_on: date | None
    roles: tuple[RoleLine, ...] = ()

    def is_in_office(self, day: date) -> bool:
        """Whether they act for their body on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """A body in a list or a tree: where it stands, how deep, how many are in office."""

    key: str
    title: Text
    parent: str
    region: str
    sector: str
    ends_on: date | None
    depth: int = 0
    officers: int = 0


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A person who acts, or acted, for an organisation."""

    number: int
    account: str
    name: str
    role: str
    starts_on: date
    ends_on: date | None
    granted_by: str
    ended_by: str
    replaces: int | None


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that waits, was accepted or withdrawn; the code is in no list."""

    number: int
    name: str
    role: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited to act for which organisation, in which role, and whom they replace."""

    kind: str
    organisation: str
    title: str
    name: str
    role: str
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Joining:
    """Who takes a seat by a one-time code: with the account signed in, or with a new one."""

    code: str
    account: int | None = None
    username: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing wrong in an onboarding spreadsheet: row, column, and why."""

    row: int
    column: str
    reason: Text


@dataclass(frozen=True, slots=True)
class OnboardingSheet:
    """A spreadsheet of bodies and officers as it waits: every row as typed, with what is wrong in it."""

    number: int
    authority: str
    file_name: str
    rows: tuple[Mapping[str, str], ...]
    faults: tuple[SheetFault, ...]
    state: str
    by: str
    at: datetime
