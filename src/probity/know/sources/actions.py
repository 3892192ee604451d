"""Sources: the verbs that open a batch, count its chunks and close it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from probity.guard.authorities.actions import establish
from probity.guard.procedures.actions import take_revision
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.know.sources.models import Batch, BatchChunk
from probity.rulebook.types import FeedProfile, Source
from probity.terms import Actor, Text, shanghai_day


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivered file is, without the file: its name, digest and size."""

    file_name: str
    sha256: str
    size: int


@dataclass(slots=True)
class Counts:
    """The accounting of some rows: received = accepted + unchanged + superseding + quarantined."""

    received: int = 0
    accepted: int = 0
    unchanged: int = 0
    superseding: int = 0
    quarantined: dict[str, int] = field(default_factory=dict)


def open_batch(*, profile: FeedProfile, source: Source, delivered: Delivered, by: Actor, at: datetime) -> Batch:
    """Open a batch for a delivered file, or go on with the one a killed process left open.

    Every opening is in the trail; the same bytes delivered again open a batch of their own.
    """
    authority = establish(key=source.authority, title=source.authority_title, region=source.region, by=by, at=at)
    same = Batch.objects.filter(feed=profile.key, sha256=delivered.sha256, kind="delivery")
    left_open = same.filter(state="receiving", feed_digest=profile.digest).first()
    with acting("batch.resumed" if left_open else "batch.opened", by=by, at=at) as act:
        batch = left_open or Batch.objects.create(
            authority_id=authority,
            source=source.key,
            feed=profile.key,
            feed_digest=profile.digest,
            file_name=delivered.file_name[:255],
            sha256=delivered.sha256,
            size=delivered.size,
            time=same.count() + 1,
            by=by.key,
            delivered_at=at,
            business_day=shanghai_day(at),
        )
        act.note(f"batch:{batch.pk}", feed=profile.key, sha256=delivered.sha256, profile=profile.digest)
    return batch


def count_chunk(*, batch: Batch, number: int, first_row: int, row_digests: bytes, counts: Counts) -> None:
    """Add a chunk to a batch's accounting, inside the transaction that writes its rows."""
    with writing():
        BatchChunk.objects.create(
            batch=batch, number=number, first_row=first_row, rows=counts.received, row_digests=row_digests
        )
        batch.chunks = number
        batch.received += counts.received
        batch.accepted += counts.accepted
        batch.unchanged += counts.unchanged
        batch.superseding += counts.superseding
        for code, rows in counts.quarantined.items():
            batch.quarantined[code] = batch.quarantined.get(code, 0) + rows
        batch.save()


def close_batch(*, batch: Batch, warnings: Sequence[Text], by: Actor, at: datetime, replayed: bool = False) -> None:
    """Close a batch: all its rows become known at once, under one revision taken last.

    A batch that brought nothing new takes no revision: nothing became known.
    """
    with acting("batch.closed", by=by, at=at) as act:
        batch.state, batch.closed_at = "closed", at
        batch.warnings = [{"zh": warning.zh, "en": warning.en} for warning in warnings]
        act.note(f"batch:{batch.pk}", **accounting(batch))
        if batch.accepted or batch.superseding:
            batch.revision = take_revision(at=at, cause=f"batch:{batch.pk}", replayed=replayed)
        batch.save()


def hold_batch(*, batch: Batch, rows: int, why: Text, by: Actor, at: datetime) -> None:
    """Hold a delivery whole, because its number of rows is outside what the feed expects."""
    with acting("batch.held", by=by, at=at) as act:
        batch.state, batch.received, batch.quarantined = "held", rows, {"held": rows}
        batch.warnings = [{"zh": why.zh, "en": why.en}]
        batch.save()
        act.note(f"batch:{batch.pk}", rows=rows, why=why.en)


def accounting(batch: Batch) -> Mapping[str, object]:
    """Return the accounting of a batch as the trail and the JSON state it."""
    return {
        "received": batch.received,
        "accepted": batch.accepted,
        "unchanged": batch.unchanged,
        "superseding": batch.superseding,
        "quarantined": dict(sorted(batch.quarantined.items())),
    }
