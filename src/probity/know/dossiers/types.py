"""Dossiers: one enterprise's file as a timeline, each line with both clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from probity.know.registry.types import EnterpriseLine, IdentitySpan, NameSpan
from probity.rulebook.types import Bearing, Stage
from probity.terms import LegalReference, Text


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One record in a dossier: what was stated, by whom, when it held, when it became known."""

    record: int
    type: str
    title: Text
    stage: Stage
    bearing: Bearing
    day: date
    until: date | None
    source: str
    source_title: Text
    fields: Mapping[str, str]  # field → text as a reader sees it, without the subject's codes
    labels: Mapping[str, Text]
    reference: LegalReference
    known_at: datetime
    batch: int
    row_number: int
    state: str  # standing | corrected | annulled | repaired | expired
    state_since: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of one enterprise (信用档案), as of a day, as known at a revision."""

    enterprise: EnterpriseLine
    names: tuple[NameSpan, ...]
    identities: tuple[IdentitySpan, ...]
    lines: tuple[DossierLine, ...]
    as_of: date
    known_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What a rebuild, pull or check of the mirror found."""

    revision: int
    buckets: int
    rows: int
    enterprises: int
    digest: str
    is_equal: bool = True
