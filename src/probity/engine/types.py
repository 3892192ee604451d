"""Engine: what it returns; a score never travels without its contributions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from probity.rulebook.index_systems import Effect
from probity.terms import LegalReference

ENGINE_VERSION = "1"
"""Goes into every run; rises when any input could give another result."""

UNRATED = "unrated"
"""The grade where silence means no rating; its score is None."""


class ContributionKind(StrEnum):
    """Why a contribution is there."""

    START = "start"
    RECORD = "record"
    ABSENCE = "absence"
    CAP = "cap"
    FLOOR = "floor"
    ROUNDING = "rounding"
    RESTORE = "restore"


class Contribution(NamedTuple):
    """What one thing did to a score, under which article (得分明细); points in hundredths.

    `dimension` and `indicator` are empty where the whole score, or the whole dimension, is
    meant. A cap that falls on one record names it.
    """

    kind: ContributionKind
    dimension: str
    indicator: str
    reference: LegalReference
    record: int | None
    points: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Fired:
    """A direct grade, ceiling or veto that fired, and the records that made it."""

    effect: Effect
    key: str
    grade: str
    reference: LegalReference
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One enterprise under one index system: score, grade, and every contribution (评价结果).

    `score` is in hundredths, None when unrated. `dimensions` are after their own limits and
    before their weight; `points` are per indicator, signed, after its cap. The contributions
    sum to the score exactly; an unrated evaluation has none.
    """

    score: int | None
    grade: str
    dimensions: Mapping[str, int]
    points: Mapping[str, int]
    fired: tuple[Fired, ...]
    contributions: tuple[Contribution, ...]
