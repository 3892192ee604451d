"""Acted: histories written straight into the tables, one revision after another, without files."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from probity.engine.frames import Fact
from probity.guard.authorities.actions import establish
from probity.guard.procedures.actions import take_revision
from probity.guard.trail.tables import writing
from probity.know.records.models import Attribution, Record, RecordEvent
from probity.know.registry.models import Enterprise
from probity.know.sources.models import Batch
from probity.terms import Actor, Text
from tests.unit.know.delivered import code

BY = Actor.system("test")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Stage:
    """Where a history is acted out: a body, some enterprises, and a clock that runs by minutes."""

    authority: int = 0
    minutes: int = 0
    count: int = 0
    enterprises: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Establish the body that all records come from."""
        self.authority = establish(key="acted", title=Text("局", "Bureau"), by=BY, at=BEGAN)

    def moment(self) -> datetime:
        """Return the next moment."""
        self.minutes += 1
        return BEGAN + timedelta(minutes=self.minutes)

    def enter(self, number: int, category: str = "91") -> list[int]:
        """Register some enterprises and return their numbers."""
        at = self.moment()
        with transaction.atomic(), writing():
            start = Enterprise.objects.count()
            codes = [code(10_000 + start + place, category) for place in range(number)]
            made = [Enterprise.objects.create(code=each, name=each, known_at=at).pk for each in codes]
        self.enterprises += made
        return made

    def born(self, stated: list[tuple[int | None, Fact]], supersedes: int | None = None) -> list[int]:
        """Close a batch that states facts of enterprises; return the numbers of their records."""
        at = self.moment()
        with transaction.atomic(), writing():
            self.count += 1
            batch = Batch.objects.create(
                authority_id=self.authority,
                source="linlan-market",
                feed="linlan-market/penalties",
                feed_digest="",
                file_name="acted.csv",
                sha256=f"{self.authority}-{self.count}-{self.minutes}",
                size=0,
                by=BY.key,
                delivered_at=at,
                business_day=at.date(),
                state="closed",
                closed_at=at,
            )
            numbers = [self._record(batch, row, owner, fact, supersedes) for row, (owner, fact) in enumerate(stated, 2)]
            batch.revision = take_revision(at=at, cause=f"batch:{batch.pk}")
            batch.save()
        return numbers

    def ended(self, record: int, kind: str, effective_on: date) -> None:
        """End a record by one of the four exits."""
        at = self.moment()
        with transaction.atomic(), writing():
            revision = take_revision(at=at, cause=f"record:{record}")
            RecordEvent.objects.create(
                authority_id=self.authority,
                record_id=record,
                kind=kind,
                effective_on=effective_on,
                revision=revision,
                reason="acted",
                by=BY.key,
                at=at,
            )

    def given(self, record: int, enterprise: int | None) -> None:
        """Say that a record is another's, or nobody's."""
        with transaction.atomic(), writing():
            revision = take_revision(at=self.moment(), cause=f"record:{record}")
            Attribution.objects.create(record_id=record, enterprise_id=enterprise, how="person", revision=revision)

    def _record(self, batch: Batch, row: int, owner: int | None, fact: Fact, supersedes: int | None) -> int:
        record = Record.objects.create(
            authority_id=self.authority,
            batch=batch,
            row_number=row,
            type=fact.type,
            identity=f"{batch.pk}-{row}".encode()[:16],
            content=b"",
            supersedes_id=supersedes,
            occurred_on=fact.day,
            until=fact.until,
            kind=fact.kind,
            degree=fact.degree,
            amount=fact.amount,
            points=fact.points,
            fields="{}",
        )
        Attribution.objects.create(record=record, enterprise_id=owner, how="credit_code" if owner else "unmatched")
        return int(record.pk)
