"""Index systems: their parts as frozen values, each with the article it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from probity.rulebook.types import RuleFile
from probity.terms import Family, LegalReference, Status, Text


class Publication(StrEnum):
    """How far a result may be seen: inside the authorities, by the enterprise too, by anyone."""

    INTERNAL = "internal"
    SUBJECT = "subject"
    PUBLIC = "public"


class Silence(StrEnum):
    """What no record means: nothing either way, or no rating (DOMAIN 5.3: no record, no rating)."""

    NEUTRAL = "neutral"
    UNRATED = "unrated"


class Slot(StrEnum):
    """Which of the two choice fields of a record type is meant."""

    KIND = "kind"
    DEGREE = "degree"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts are meant: their types, their choices, how far back, whether still standing.

    `kinds` and `degrees` are the choices admitted; None admits all, a fact without one included.
    `months` is the half-open window `months_before(as_of, months) < day <= as_of`; None looks
    back without limit and stands only beside `standing`, which asks that the fact has no end of
    its own or ends after `as_of`.
    """

    counts: tuple[str, ...]
    kinds: frozenset[str] | None = None
    degrees: frozenset[str] | None = None
    months: int | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class PerOccurrence:
    """Every counted fact is worth the same; hundredths."""

    points: int


@dataclass(frozen=True, slots=True)
class PerMonth:
    """Every month begun between the fact's day and its end (or `as_of`) is worth this; hundredths."""

    points: int


@dataclass(frozen=True, slots=True)
class PerChoice:
    """A fact is worth what its kind or degree says; `others` for a choice not named, or none."""

    slot: Slot
    points: Mapping[str, int]
    others: int


@dataclass(frozen=True, slots=True)
class AmountStep:
    """From this amount on (fen, included) a fact is worth these points (hundredths)."""

    starts_at: int
    points: int


@dataclass(frozen=True, slots=True)
class PerAmount:
    """A fact is worth the last step its amount reaches; without an amount, nothing."""

    steps: tuple[AmountStep, ...]  # rising, the first from 0


@dataclass(frozen=True, slots=True)
class Stated:
    """The record states its own points; the law gives the range they are held in; hundredths."""

    least: int
    most: int


Tariff = PerOccurrence | PerMonth | PerChoice | PerAmount | Stated
"""What one counted fact is worth, as a magnitude: never negative."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, how far back, and what it takes or gives (指标).

    `sign` is −1 where it takes and +1 where it adds. `at_most` caps the magnitude of the whole
    indicator; `at_least` is its least magnitude once a single fact counts. All in hundredths.
    """

    key: str
    label: Text
    reference: LegalReference
    selection: Selection
    sign: int
    tariff: Tariff
    at_most: int | None = None
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """First level of an index system (一级指标): a start, its indicators, and limits on their sum.

    `weight` is the share in per cent with which the sum enters the score; None means in full.
    """

    key: str
    label: Text
    reference: LegalReference
    indicators: tuple[Indicator, ...]
    starts_at: int = 0
    at_least: int | None = None
    at_most: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Scores that share a grade: `starts_at <= score < below`; None is without limit.

    A band that is `by_rule` is reached by no score, only by a veto, ceiling or direct grade.
    """

    grade: str
    label: Text
    starts_at: int | None
    below: int | None
    by_rule: bool = False


class Effect(StrEnum):
    """What a grade rule does, in the order in which the rules are applied."""

    DIRECT = "direct"  # the grade is this one, better or worse than the score says; the first in the file wins
    CEILING = "ceiling"  # the grade is no better than this one
    VETO = "veto"  # the grade is the worst one, whatever else holds


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A direct grade, ceiling or veto: it fires when at least `times` of the selected facts are there."""

    effect: Effect
    key: str
    label: Text
    reference: LegalReference
    selection: Selection
    grade: str
    times: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class IndexSystem:
    """How conduct is weighed for one purpose, in force from a day (评价指标体系).

    Two systems are the same only when they are the same object, so that whatever is prepared
    for one is found again without comparing trees.
    """

    key: str
    file: RuleFile
    title: Text
    notes: Text | None
    confidence: str  # sure | likely | unsure
    reference: LegalReference  # of the score: its start and limits
    family: Family
    status: Status
    publication: Publication
    silence: Silence
    rolling: bool  # points run in order of days, held at `at_most` after every event
    starts_at: int
    at_least: int | None
    at_most: int | None
    dimensions: tuple[Dimension, ...]
    bands_reference: LegalReference
    bands: tuple[Band, ...]  # best first
    grade_rules: tuple[GradeRule, ...]  # direct grades, then ceilings, then vetoes

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in the order of the file."""
        return tuple(indicator for dimension in self.dimensions for indicator in dimension.indicators)

    @property
    def selections(self) -> tuple[Selection, ...]:
        """All selections, of indicators and of grade rules."""
        counted = tuple(indicator.selection for indicator in self.indicators)
        return counted + tuple(rule.selection for rule in self.grade_rules)

    @property
    def record_types(self) -> frozenset[str]:
        """The keys of all record types it counts."""
        return frozenset(key for selection in self.selections for key in selection.counts)

    @property
    def longest_window_months(self) -> int | None:
        """How far back it looks at most; None when something looks back without limit."""
        months = [selection.months for selection in self.selections]
        return None if not months or None in months else max(month for month in months if month is not None)

    def band(self, grade: str) -> Band:
        """Return the band of a grade.

        Raises:
            KeyError: when the system has no such grade.
        """
        for band in self.bands:
            if band.grade == grade:
                return band
        raise KeyError(f"index system {self.key} has no grade {grade!r}")

    def references(self) -> Iterator[LegalReference]:
        """Yield every legal reference, so that the rulebook can look for its instrument."""
        yield self.reference
        yield self.bands_reference
        for dimension in self.dimensions:
            yield dimension.reference
            yield from (indicator.reference for indicator in dimension.indicators)
        yield from (rule.reference for rule in self.grade_rules)
