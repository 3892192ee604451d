"""Registry: an enterprise as pages and rules see it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from probity.rulebook.naming import SecondIdentifier
from probity.terms import Page, Text

__all__ = [
    "CodesConflict",
    "EnterpriseLine",
    "Evidence",
    "IdentityKind",
    "IdentitySpan",
    "Judgement",
    "NameSpan",
    "Page",
    "StandingJudgement",
]


class IdentityKind(StrEnum):
    """The six codes by which an enterprise may be named (DOMAIN 2.2)."""

    CREDIT_CODE = "credit_code"
    REGISTRATION_NUMBER = "registration_number"
    ORGANISATION_CODE = "organisation_code"
    TAX_NUMBER = "tax_number"
    INSTITUTION_NUMBER = "institution_number"
    ASSOCIATION_NUMBER = "association_number"


@dataclass(frozen=True, slots=True)
class EnterpriseLine:
    """An enterprise in a list: its code, its name, where it was registered."""

    number: int
    code: str
    name: str
    region: str
    is_provisional: bool

    @property
    def is_sole_trader(self) -> bool:
        """Whether the name may be a person's, so that it is found by exact code only."""
        return self.code.startswith("92")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name with the day from which it is known to hold."""

    name: str
    valid_from: date | None
    is_registered: bool
    source: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class IdentitySpan:
    """A code with its kind, days and source."""

    kind: str
    code: str
    valid_from: date | None
    valid_until: date | None
    source: str


class Judgement(StrEnum):
    """What was found of a spelling and an enterprise."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNDONE = "undone"  # the judgement it names no longer holds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What beside the name says whose a record is: the kind of identifier and what it reads."""

    kind: SecondIdentifier
    text: str


@dataclass(frozen=True, slots=True)
class StandingJudgement:
    """A judgement on a spelling that nobody has undone."""

    match: int
    enterprise: int
    judgement: Judgement
    by: str
    at: datetime

    @property
    def is_personal(self) -> bool:
        """Whether a person judged; a system's own acceptance is asked anew each time."""
        return not self.by.startswith("system:")


class CodesConflict(ValueError):
    """Two enterprises, or a record and an enterprise, state different codes of one kind: they are not one."""

    def __init__(self, kind: str, one: str, other: str) -> None:
        """Keep the codes for the page or the terminal."""
        self.text = Text(f"代码相互矛盾：{one} 与 {other}", f"the codes contradict each other: {one} and {other}")
        super().__init__(self.text.en)
        self.kind = kind
