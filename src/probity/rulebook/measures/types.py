"""Measures and scenarios: what may follow from an entry or a grade, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from probity.rulebook.types import InstrumentKind, RuleFile
from probity.terms import LegalReference, Text


class MeasureKind(StrEnum):
    """The three kinds of constraint of the national basic list, and incentives (DOMAIN 9.1)."""

    RESTRICTION = "restriction"  # A: public bodies, reducing rights or adding duties
    MANAGEMENT = "management"  # B: public bodies, managing without reducing rights
    MARKET = "market"  # C: others, acting on their own
    INCENTIVE = "incentive"


class Bite(StrEnum):
    """What a measure does to the matter at hand."""

    BARS = "bars"
    CONDITIONS = "conditions"  # goes on with a commitment, a guarantee or the like
    NO_COMMITMENT = "no_commitment"  # the simplified path by commitment is closed
    SCRUTINISES = "scrutinises"  # goes on, looked at more closely
    FAVOURS = "favours"


class Verdict(StrEnum):
    """The one answer of an approval window (INSPECTION 2.4)."""

    PROCEED = "proceed"
    COMMITMENT = "commitment"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What sets a measure off: standing on a list, or a published grade; never a risk class."""

    programme: str = ""  # key under lists/
    system: str = ""  # key under index_systems/
    grades: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """One incentive or constraint with its basis (联合激励或惩戒措施)."""

    key: str
    file: RuleFile
    title: Text
    content: Text
    kind: MeasureKind
    bite: Bite
    reference: LegalReference
    triggers: tuple[Trigger, ...]
    scenarios: frozenset[str]
    bodies: frozenset[str]  # sectors of the authorities that may apply it
    months: int | None  # counted from the entry; None: as long as its trigger stands
    confidence: str = "sure"
    notes: Text | None = None

    @property
    def place(self) -> str:
        """Where it stands written, as `key since day`: two editions are two measures."""
        return f"{self.key} {self.file.starts_on}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One matter in which an answer is asked for, and what each bite means there (应用场景)."""

    key: str
    file: RuleFile
    title: Text
    case_label: Text  # what the asking body's matter goes by: application number, tender number
    reference: LegalReference
    bodies: frozenset[str]
    answers: Mapping[Bite, Verdict]
    commitment: LegalReference | None  # the ground of going on with a commitment; None: there is no such path


@dataclass(frozen=True, slots=True)
class Legality:
    """Which kinds of instrument carry which kind of measure (国办发〔2020〕49号)."""

    file: RuleFile
    reference: LegalReference
    bases: Mapping[MeasureKind, frozenset[InstrumentKind]]
