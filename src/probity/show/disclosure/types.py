"""Disclosure: a record as anybody may see it, with its ground and its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from probity.know.registry.types import EnterpriseLine
from probity.rulebook.types import Stage
from probity.terms import LegalReference, Text


class Refusal(StrEnum):
    """Why a record is not shown; the public page never says which."""

    NO_GROUND = "no_ground"  # the catalogue names no law that makes this type public
    NO_START = "no_start"  # the day from which it would be public was not stated
    NOT_YET = "not_yet"
    NEVER = "never"  # a value that the law keeps out, such as a mere warning
    OVER = "over"
    ENDED = "ended"  # corrected, annulled, repaired or expired


class Derivation(StrEnum):
    """How the last public day was found."""

    STATED = "stated"  # the source stated it
    COUNTED = "counted"  # months counted from the first day
    STANDING = "standing"  # as long as the record stands


@dataclass(frozen=True, slots=True)
class Disclosure:
    """That a record is public: from a day to a day, both included, and on what ground (公示)."""

    starts_on: date
    ends_on: date | None
    derivation: Derivation
    months: int | None
    ground: LegalReference
    term: LegalReference  # where the length of the term stands, where that is another place
    objection: Text


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One published record; it holds nothing that its type does not make public."""

    record: int
    type: str
    title: Text
    stage: Stage
    day: date
    source_title: Text
    fields: Mapping[str, str]
    labels: Mapping[str, Text]
    reference: LegalReference
    known_at: datetime
    disclosure: Disclosure


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """All that anybody may see of an enterprise on a day, and what was looked through for it."""

    enterprise: EnterpriseLine
    lines: tuple[PublicLine, ...]
    on: date
    revision: int
    types_published: tuple[Text, ...]  # the kinds of record that were looked through


class NoLongerPublic(LookupError):
    """The record was public once; nothing more is said of it."""
