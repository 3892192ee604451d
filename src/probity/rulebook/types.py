"""Nouns of the law as read, frozen, each with where it stands written."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from probity.terms import LegalReference, Text


@dataclass(frozen=True, slots=True)
class RuleFile:
    """Where a rule stands: its kind, key, first day in force, and the digest of its meaning."""

    kind: str
    key: str
    starts_on: date
    digest: str
    path: str


class InstrumentKind(StrEnum):
    """What sort of paper a rule rests on; a `proposal` is ours and binds nobody."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    NORMATIVE_DOCUMENT = "normative_document"
    STANDARD = "standard"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation, standard or proposal that rules cite (规范性文件)."""

    key: str
    kind: InstrumentKind
    number: str
    issuer: Text
    title: Text
    in_force_on: date
    repealed_on: date | None
    articles: Mapping[str, Text]
    confidence: str  # sure | likely | unsure
    file: RuleFile | None = None


class Stage(StrEnum):
    """The lane of a dossier's timeline: 事前, 事中, 事后."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Bearing(StrEnum):
    """What a record says of the enterprise; adverse ones are never carried by a name alone."""

    ADVERSE = "adverse"
    NEUTRAL = "neutral"
    FAVOURABLE = "favourable"


class Undated(StrEnum):
    """What becomes of a fact whose source states no day: refused, or dated by its delivery."""

    REFUSED = "refused"
    DELIVERY_DAY = "delivery_day"


DATED_FIELD = "dated"
"""The choice field by which a record says where its day comes from."""

DATED_BY_DELIVERY = "by-delivery"
"""The value of `dated` the door sets when it took the day of the delivery; never a predictor."""


class Form(StrEnum):
    """How a value is written and read; the strict door has one reader for each."""

    TEXT = "text"
    DAY = "day"
    YEAR = "year"
    MONEY = "money"  # fen
    POINTS = "points"  # hundredths
    INTEGER = "integer"
    CHOICE = "choice"
    FLAG = "flag"
    DOCUMENT = "document"  # a document number: 〔〕[]（） made one form
    CREDIT_CODE = "credit_code"
    ANY_CODE = "any_code"  # one column that holds whatever code the source has


@dataclass(frozen=True, slots=True)
class RecordField:
    """One item of a record type: how it is written, whether it must be there, its source in law."""

    key: str
    form: Form
    reference: LegalReference
    title: Text
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    most_characters: int = 2000


@dataclass(frozen=True, slots=True)
class Publicity:
    """On what ground a record type may be shown, from which field's day, and until when."""

    reference: LegalReference
    starts: str  # a field of form day
    ends: str | None  # a field of form day that states the end, tried first
    months: int | None  # counted from `starts` where no end is stated and `months_when` is silent
    refuses: Mapping[str, tuple[str, ...]]  # field → values never shown
    objection: Text  # how to object, in words
    months_when: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # field → value → months
    term_reference: LegalReference | None = None  # the source of the months, where it is another

    def term_months(self, stated: Mapping[str, object]) -> int | None:
        """Return for how many months a record with these fields may be shown, None for as long as it stands.

        `months` is the shortest term of the rule; a value named in `months_when` lengthens it,
        so that a record whose weight nobody stated is shown for the shortest time.
        """
        longer = [terms[str(stated[key])] for key, terms in self.months_when.items() if str(stated.get(key)) in terms]
        return max(longer) if longer else self.months

    def refuses_record(self, stated: Mapping[str, object]) -> bool:
        """Whether a record with these fields is never shown."""
        return any(str(stated.get(key)) in values for key, values in self.refuses.items())


@dataclass(frozen=True, slots=True)
class RecordType:
    """An entry of the catalogue of what may be recorded (信用信息目录条目)."""

    key: str
    file: RuleFile
    title: Text
    reference: LegalReference
    stage: Stage
    bearing: Bearing
    adverse_when: Mapping[str, tuple[str, ...]]  # field → values that make a neutral type adverse
    identity: tuple[str, ...]  # fields that name the fact; empty: digest of all and an ordinal
    fields: Mapping[str, RecordField]  # without the subject's codes and name, see SUBJECT_FIELDS
    occurred_on: str  # the field of form day that dates the fact
    until: str | None  # the field of form day on which it ends (itself excluded)
    kind: str | None  # field of form choice that index systems may select by
    degree: str | None  # a second one
    amount: str | None  # field of form money
    points: str | None  # field of form points
    retention_months: int  # from the day it ends by its own terms, else from the day it happened
    publicity: Publicity | None  # None: never shown
    undated: Undated = Undated.REFUSED  # of a snapshot without dates; then `dated` says by-delivery
    neutral_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # exceptions to an adverse type
    retention_reference: LegalReference | None = None
    confidence: str = "sure"  # sure | likely | unsure
    notes: Text | None = None

    def bearing_of(self, stated: Mapping[str, object]) -> Bearing:
        """Return what one record with these fields says of the enterprise."""
        if any(str(stated.get(key)) in values for key, values in self.adverse_when.items()):
            return Bearing.ADVERSE
        if any(str(stated.get(key)) in values for key, values in self.neutral_when.items()):
            return Bearing.NEUTRAL
        return self.bearing


SUBJECT_FIELDS = (
    "enterprise_name",
    "credit_code",
    "registration_number",
    "organisation_code",
    "tax_number",
    "institution_number",
    "association_number",
)
"""Every record says of whom it speaks: a name and up to six codes (DOMAIN 2.2)."""


class Delivers(StrEnum):
    """What a missing row means: nothing, a proposed ending, or see the envelope's `d`."""

    INCREMENTS = "increments"
    SNAPSHOT = "snapshot"
    ENVELOPE = "envelope"


@dataclass(frozen=True, slots=True)
class FeedColumn:
    """One delivered column: the headers it goes by, the field it fills, how it is written."""

    headers: tuple[str, ...]
    field: str
    form: Form
    required: bool = False  # the header must be there for the file to fit this feed
    unit: str = ""  # money: yuan | ten_thousand_yuan
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)  # raw → choice; "*" = any other
    empties: tuple[str, ...] = ()  # texts that mean nothing was stated, such as "/" or "___"
    part: str = ""  # start | end: which day of a span written in one cell (2021/1/4-2021/7/4)
    day_first: bool = False  # days written 03/04/2023 mean 3 April


@dataclass(frozen=True, slots=True)
class Route:
    """Rows whose column holds one of these values become records of this type."""

    header: str  # "" = every row
    values: tuple[str, ...]
    record_type: str
    constants: Mapping[str, str]  # field → value stated by the profile for all such rows


@dataclass(frozen=True, slots=True)
class FeedProfile:
    """How one kind of file of a source maps to record types (数据接入规范)."""

    key: str  # source/feed
    source: str
    title: Text
    digest: str
    delivers: Delivers
    routes: tuple[Route, ...]
    columns: tuple[FeedColumn, ...]
    ignored: tuple[str, ...]  # headers named and left unread
    persons: tuple[str, ...]  # person headers: dropped unread and counted
    person_rows: Mapping[str, tuple[str, ...]]  # header → values that mark a natural person's row
    operation: str  # envelope only: the header of i/u/d, else ""
    least_rows: int
    most_rows: int
    business_day: str  # field whose day groups equal rows for the ordinal; usually occurred_on
    closing_words: tuple[str, ...] = ()  # beginnings of total and signature lines, which are no rows


@dataclass(frozen=True, slots=True)
class Source:
    """An authority or third party in its part of telling us (信息提供单位)."""

    key: str
    authority: str
    title: Text
    authority_title: Text
    region: str
    terms_of_use: Text


@dataclass(frozen=True, slots=True)
class Region:
    """A place of GB/T 2260 in one span of its history (行政区划)."""

    code: str
    title: Text
    starts_on: date
    until: date | None  # the first day on which the code no longer names this place
    parents: tuple["Region", ...] = ()  # province first


@dataclass(frozen=True, slots=True)
class Industry:
    """A section or division of GB/T 4754 in one edition (国民经济行业分类)."""

    code: str  # C or 13
    edition: str
    title: Text
    section: str
