"""Registry: an enterprise as pages and rules see it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from probity.terms import Page

__all__ = ["EnterpriseLine", "IdentityKind", "IdentitySpan", "NameSpan", "Page"]


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
