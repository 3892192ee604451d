"""Terms: the words of the trade, as frozen values; imports nothing of ours."""

from probity.terms.actors import Actor, ActorKind, Grant
from probity.terms.amounts import (
    Money,
    Points,
    scaled_half_up,
    show_points,
    ten_thousand_yuan,
    yuan,
)
from probity.terms.codes import CreditCode, NotACode, OrganisationCode, RegistrationNumber
from probity.terms.days import SHANGHAI, Validity, end_of_day, months_before, shanghai_day
from probity.terms.law import Family, LegalReference, Status
from probity.terms.pages import Page
from probity.terms.text import Text, Unknown

__all__ = [
    "SHANGHAI",
    "Actor",
    "ActorKind",
    "CreditCode",
    "Family",
    "Grant",
    "LegalReference",
    "Money",
    "NotACode",
    "OrganisationCode",
    "Page",
    "Points",
    "RegistrationNumber",
    "Status",
    "Text",
    "Unknown",
    "Validity",
    "end_of_day",
    "months_before",
    "scaled_half_up",
    "shanghai_day",
    "show_points",
    "ten_thousand_yuan",
    "yuan",
]
