"""Enterprises: what is public, the dossier, the grade with every reason."""

from datetime import date, datetime

from ninja import Router, Schema

from probity.judge.evaluation import queries as evaluation
from probity.know.dossiers import queries as dossiers
from probity.know.dossiers.types import Dossier, DossierLine
from probity.know.registry.types import EnterpriseLine
from probity.show.api.grades import Grade
from probity.show.api.shapes import (
    AsOf,
    Both,
    Code,
    KnownAt,
    Paged,
    PageNumber,
    Purpose,
    Reference,
    answers,
    both,
    cut,
    paged,
    reference,
)
from probity.show.disclosure import queries as disclosure
from probity.show.disclosure.types import PublicLine
from probity.show.parts.asked import Asked

router = Router(tags=["enterprises"])

PAGE_SIZE = 50


class Enterprise(Schema):
    """An enterprise: its code, its name, where it was registered."""

    code: str
    name: str
    region: str
    is_provisional: bool


class PublicRecord(Schema):
    """One published record, with its ground and its end."""

    record: int
    type: str
    title: Both
    stage: str
    day: date
    source: Both
    fields: dict[str, str]
    labels: dict[str, Both]
    reference: Reference
    public_from: date
    public_until: date | None
    ground: Reference
    objection: Both


class PublicEnterprise(Schema):
    """What anybody may see of an enterprise on a day, and which kinds of record were looked through."""

    enterprise: Enterprise
    on: date
    revision: int
    looked_through: list[Both]
    records: Paged[PublicRecord]


class Record(Schema):
    """One record of a dossier, with both clocks and its state."""

    record: int
    type: str
    title: Both
    stage: str
    bearing: str
    day: date
    until: date | None
    source: str
    fields: dict[str, str]
    labels: dict[str, Both]
    reference: Reference
    known_at: datetime
    batch: int
    row: int
    state: str
    state_since: date | None


class Named(Schema):
    """A name and the day from which it is known to hold."""

    name: str
    valid_from: date | None
    is_registered: bool
    source: str


class Identified(Schema):
    """A code with its kind, days and source."""

    kind: str
    code: str
    valid_from: date | None
    valid_until: date | None
    source: str


class DossierAnswer(Schema):
    """One enterprise's dossier on a day, as known at a moment."""

    enterprise: Enterprise
    as_of: date
    known_at: datetime | None
    revision: int
    purpose: str
    names: list[Named]
    identities: list[Identified]
    records: Paged[Record]


@router.get("/{code}", response=answers(PublicEnterprise), summary="What is public of an enterprise · 企业公示信息")
def public(request: Asked, code: Code, page: PageNumber = 1) -> PublicEnterprise:
    """Return the published records of an enterprise, newest first: what the public page shows, for any key."""
    found = disclosure.public_dossier(code.upper(), on=request.today)
    return PublicEnterprise(
        enterprise=_enterprise(found.enterprise),
        on=found.on,
        revision=found.revision,
        looked_through=[both(title) for title in found.types_published],
        records=paged(cut(found.lines, page, PAGE_SIZE), _public_record),
    )


@router.get("/{code}/dossier", response=answers(DossierAnswer), summary="The dossier, not public · 信用档案（非公开）")
def dossier(
    request: Asked, code: Code, purpose: Purpose, as_of: AsOf = None, known_at: KnownAt = None, page: PageNumber = 1
) -> DossierAnswer:
    """Return a dossier; the purpose stated is kept with the reading."""
    found = dossiers.dossier(code.upper(), as_of=as_of or request.today, known_at=known_at, by=request.actor)
    return _dossier(found, purpose, page)


@router.get(
    "/{code}/grade", response=answers(Grade), by_alias=True, summary="The grade with every reason · 评价及全部理由"
)
def grade(
    request: Asked, code: Code, system: str = "general", as_of: AsOf = None, known_at: KnownAt = None
) -> dict[str, object]:
    """Return why an enterprise has its grade: the same answer as `probity why --json`."""
    told = evaluation.explain(
        code.upper(), system=system, as_of=as_of or request.today, known_at=known_at, by=request.actor
    )
    return evaluation.explanation_json(told)


def _enterprise(line: EnterpriseLine) -> Enterprise:
    return Enterprise(code=line.code, name=line.name, region=line.region, is_provisional=line.is_provisional)


def _public_record(line: PublicLine) -> PublicRecord:
    return PublicRecord(
        record=line.record,
        type=line.type,
        title=both(line.title),
        stage=line.stage.value,
        day=line.day,
        source=both(line.source_title),
        fields=dict(line.fields),
        labels={key: both(label) for key, label in line.labels.items()},
        reference=reference(line.reference),
        public_from=line.disclosure.starts_on,
        public_until=line.disclosure.ends_on,
        ground=reference(line.disclosure.ground),
        objection=both(line.disclosure.objection),
    )


def _dossier(found: Dossier, purpose: str, page: int) -> DossierAnswer:
    return DossierAnswer(
        enterprise=_enterprise(found.enterprise),
        as_of=found.as_of,
        known_at=found.known_at,
        revision=found.revision,
        purpose=purpose,
        names=[
            Named(name=span.name, valid_from=span.valid_from, is_registered=span.is_registered, source=span.source)
            for span in found.names
        ],
        identities=[
            Identified(
                kind=span.kind,
                code=span.code,
                valid_from=span.valid_from,
                valid_until=span.valid_until,
                source=span.source,
            )
            for span in found.identities
        ],
        records=paged(cut(found.lines, page, PAGE_SIZE), _record),
    )


def _record(line: DossierLine) -> Record:
    return Record(
        record=line.record,
        type=line.type,
        title=both(line.title),
        stage=line.stage.value,
        bearing=line.bearing.value,
        day=line.day,
        until=line.until,
        source=line.source,
        fields=dict(line.fields),
        labels={key: both(label) for key, label in line.labels.items()},
        reference=reference(line.reference),
        known_at=line.known_at,
        batch=line.batch,
        row=line.row_number,
        state=line.state,
        state_since=line.state_since,
    )
