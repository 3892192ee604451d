"""Records: what the strict door makes of a row: a fact, or its problems."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from probity.terms import Text

PERSON, CONFLICT = "PERSON", "CONFLICT"
PROBLEM_CODES = (
    PERSON,
    "ROUTE",
    "FORM",
    "MISSING",
    "CODE",
    "CODE_CUT",
    "DATE",
    "FUTURE",
    "AMOUNT",
    "CHOICE",
    "LENGTH",
    CONFLICT,
)
"""In the order in which one of several problems names the row's quarantine."""


class Fault(NamedTuple):
    """Why one delivered text cannot be taken: the problem's code and what was expected."""

    code: str
    expected: Text
    mendable: bool = True  # a fault of form, which a person at the desk may mend


class Problem(NamedTuple):
    """What is wrong with one cell of one row, in both languages."""

    row: int  # number in the file, from 1
    column: str  # header; empty where the whole row is meant
    code: str
    message: Text
    delivered: str  # the text as delivered; empty for PERSON
    mendable: bool


class StatedFact(NamedTuple):
    """One row as a fact its source stated, ready to be kept."""

    row: int  # number in the file, from 1
    operation: str  # i, u or d of an envelope, else empty
    record_type: str
    identity: bytes  # sixteen bytes: which fact this is
    content: bytes  # sixteen bytes: what was stated of it
    occurred_on: date
    until: date | None
    kind: str | None
    degree: str | None
    amount: int | None  # fen
    points: int | None  # hundredths
    name: str  # empty where the source gave none
    codes: tuple[tuple[str, str], ...]  # (subject field, code), the credit code first
    fields: str  # canonical JSON of all that was stated, the subject's name and codes included

    @property
    def credit_code(self) -> str:
        """The credit code stated, or an empty text."""
        return self.codes[0][1] if self.codes and self.codes[0][0] == "credit_code" else ""


@dataclass(frozen=True, slots=True)
class CheckedChunk:
    """What the door made of a chunk: `received = stated + repeated + quarantined rows`."""

    received: int
    stated: tuple[StatedFact, ...]
    repeated: tuple[int, ...]  # numbers of rows that state a fact of this file once more, unchanged
    problems: tuple[Problem, ...]  # in the order of rows
    quarantined: Mapping[int, Mapping[str, str]]  # row number → header → text; empty for PERSON
    repaired: Mapping[int, str]  # row number → code as repaired
    masked: int  # identity and telephone numbers hidden in free text


@dataclass(frozen=True, slots=True)
class QuarantineProblem:
    """One thing the door did not understand: the column, what was there, what was expected."""

    column: str
    code: str
    message: Text
    delivered: str
    is_mendable: bool


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """One row in quarantine; `values` is empty for a natural person's row."""

    id: int
    batch: int
    row_number: int
    code: str
    problems: tuple[QuarantineProblem, ...]
    values: Mapping[str, str]
    is_mendable: bool
    state: str  # waiting | released | rejected | returned
    settled_at: datetime | None
    reason: str

    @property
    def message(self) -> Text:
        """The first problem's sentence."""
        return self.problems[0].message


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of settling many at once: how many were, and why each of the others was not."""

    done: int
    refused: Mapping[int, Text]  # number → reason


@dataclass(frozen=True, slots=True)
class EventLine:
    """What ended a record, with the reason and in whose name; `revision` says since when it is known."""

    kind: str  # correction | annulment | repair | expiry
    effective_on: date
    revision: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttributionLine:
    """Whose a record was said to be, how that was found, and from which revision on."""

    enterprise: int | None
    how: str
    reasons: Mapping[str, object] | None
    revision: int


@dataclass(frozen=True, slots=True)
class EndingLine:
    """A record that its source's newest list no longer states, for a person to decide."""

    id: int
    record: int
    batch: int
    source: str
    feed: str
    type: str
    occurred_on: date
    name: str
    enterprise: int | None
    state: str  # waiting | ended | kept
    settled_at: datetime | None
