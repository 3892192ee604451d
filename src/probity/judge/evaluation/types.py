"""Evaluation: a run in a list, and one enterprise's grade with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from probity.engine.types import Contribution, Evaluation
from probity.know.dossiers.types import DossierLine
from probity.rulebook.index_systems import IndexSystem
from probity.terms import LegalReference, Text


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run with what it pinned and how the grades fell."""

    id: int
    system: str
    system_from: date
    status: str
    as_of: date
    revision: int
    is_incremental: bool
    judged: int
    enterprises: int
    changed: int
    grades: Mapping[str, int]
    result_digest: str
    engine_version: str
    rulebook_digest: str
    system_digest: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """An indicator as a reason: for how many it weighed most, and for how many it is among the three heaviest."""

    indicator: str
    label: Text
    reference: LegalReference
    first: int
    among: int


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One contribution with its words, its record and the running sum after it; hundredths."""

    contribution: Contribution
    label: Text
    article: Text | None
    record: DossierLine | None
    running: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an enterprise has its grade: every contribution, adding up to the score exactly."""

    system: IndexSystem
    code: str
    name: str
    as_of: date
    known_at: datetime | None
    revision: int
    evaluation: Evaluation
    rulebook_digest: str
    lines: tuple[ExplainedLine, ...]


class NotGraded(ValueError):
    """A subject that is not graded; says why in both languages."""

    def __init__(self, text: Text) -> None:
        """Keep the sentence."""
        super().__init__(text.en)
        self.text = text
