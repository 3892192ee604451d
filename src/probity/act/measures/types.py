"""Measures: what is asked, what stands on lists, the answer with its grounds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from probity.act.lists.types import ListEntry
from probity.rulebook.measures.types import Measure, Verdict
from probity.terms import LegalReference, Text


class StepKind(StrEnum):
    """The steps of publishing a measure; two persons make a publication."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure in the catalogue: whether it is published, who proposed it, and what keeps it from being so."""

    measure: Measure
    step: StepKind | None  # the latest; None: nobody proposed it
    since: date | None
    by: str
    faults: tuple["LegalFault", ...]

    @property
    def is_published(self) -> bool:
        """Whether it may be applied, as far as publication goes."""
        return self.step is StepKind.PUBLISHED


@dataclass(frozen=True, slots=True)
class Published:
    """That a measure was published, which comes before it may be applied (SH art. 32, ZJ art. 28)."""

    measure: str  # as Measure.place
    since: date


@dataclass(frozen=True, slots=True)
class LegalFault:
    """Why a measure may not be published or applied: a code, the sentence, and the article it fails by."""

    code: str
    reason: Text
    reference: LegalReference


@dataclass(frozen=True, slots=True)
class Applied:
    """A measure that applies to the matter, and the entry it follows from."""

    measure: Measure
    entry: ListEntry | None  # None where a grade set it off
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A measure that might have applied, and why it does not."""

    measure: Measure
    entry: ListEntry | None
    reason: Text


@dataclass(frozen=True, slots=True)
class MatterAnswer:
    """The one answer to an asking body: the verdict, what it rests on, what did not apply and why."""

    verdict: Verdict
    applied: tuple[Applied, ...]
    not_applied: tuple[NotApplied, ...]
