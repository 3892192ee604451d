"""Naming: the parts of a name, how two compare, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from probity.rulebook.naming import Contradiction, Feature


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart (行政区划、字号、行业、组织形式); all parts are folded."""

    region: tuple[str, ...]  # widest first, without 省 and 市
    trade_name: str
    industry: str
    form: str  # class of the legal form, empty where the name states none
    branch: str  # what follows the parent's legal form
    text: str  # what is compared character by character, the company's legal form left out

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two spellings one name, wherever the region stands."""
        return self.trade_name, self.industry, self.form, self.branch


class NameStanding(StrEnum):
    """What a name in the index is to its enterprise."""

    CURRENT = "current"
    FORMER = "former"  # a registered name before the present one
    STATED = "stated"  # as some source spelled it


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One name in the index."""

    enterprise: int
    name: str
    standing: NameStanding = NameStanding.CURRENT
    code: str = ""  # credit code of the enterprise


class MatchVerdict(StrEnum):
    """What follows from a comparison: taken as the same, shown to a person, or neither."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: shares in thousandths, the score they add up to, what contradicts."""

    score: int  # 0–10,000: hundredths of a point of 100
    shares: Mapping[Feature, int]  # thousandths
    contradictions: frozenset[Contradiction]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise a spelling may name, by its best-fitting name."""

    entry: IndexedName
    likeness: Likeness
    verdict: MatchVerdict


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """What is known of the enterprise looked for; more of it never finds fewer."""

    names: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)  # kind → code; a disagreeing one blocks acceptance


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """The candidates of a question, best first, and what may be done without a person."""

    candidates: tuple[Candidate, ...]
    verdict: MatchVerdict

    @property
    def accepted(self) -> Candidate | None:
        """The one candidate that may be taken silently, if there is one."""
        return self.candidates[0] if self.verdict is MatchVerdict.ACCEPT else None
