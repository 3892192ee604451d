"""Sources: the verbs that open a batch, count its chunks and close it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from probity.guard.authorities.actions import establish
from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import take_revision
from probity.guard.procedures.queries import latest_revision
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.know.sources.models import Batch, BatchChunk
from probity.know.sources.queries import line_of
from probity.know.sources.types import BatchLine, Counts, Delivered, OpenBatch
from probity.rulebook.types import FeedProfile, Source
from probity.terms import Actor, Text, shanghai_day


def open_batch(*, profile: FeedProfile, source: Source, delivered: Delivered, by: Actor, at: datetime) -> OpenBatch:
    """Open a batch for a delivered file, or go on with the one a killed process left open.

    Every opening is in the trail; the same bytes delivered again open a batch of their own. A batch
    left open is abandoned, and its file taken in anew, when its feed was changed or more became
    known of its source meanwhile: its rows were compared with what stood before.

    Raises:
        NotPermitted: when the actor may not deliver.
    """
    permit(by, Permission.BATCH_DELIVER)
    authority = establish(key=source.authority, title=source.authority_title, region=source.region, by=by, at=at)
    same = Batch.objects.filter(feed=profile.key, sha256=delivered.sha256)
    left_open = _resumable(same, profile, by, at)
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
            after_revision=latest_revision(),
        )
        act.note(f"batch:{batch.pk}", feed=profile.key, sha256=delivered.sha256, profile=profile.digest)
    return _open(batch)


def _resumable(same: "QuerySet[Batch]", profile: FeedProfile, by: Actor, at: datetime) -> Batch | None:
    left_open = same.filter(state="receiving", kind="delivery").first()
    if left_open is None:
        return None
    later = Batch.objects.filter(source=left_open.source, revision__gt=left_open.after_revision)
    if left_open.feed_digest == profile.digest and not later.exists():
        return left_open
    with acting("batch.abandoned", by=by, at=at) as act:
        act.note(f"batch:{left_open.pk}", **_accounting(left_open))
        act.changed({"state": left_open.state}, {"state": "abandoned"})
        left_open.state = "abandoned"
        left_open.save()
    return None


def open_release(*, settles: int, profile: FeedProfile, by: Actor, at: datetime) -> OpenBatch:
    """Open a batch of one mended row beside the delivery it settles; the caller's act records it."""
    first = Batch.objects.get(pk=settles)
    with writing():
        batch = Batch.objects.create(
            authority_id=first.authority_id,
            source=first.source,
            feed=first.feed,
            feed_digest=profile.digest,
            kind="release",
            settles=first,
            file_name=first.file_name,
            sha256=first.sha256,
            size=0,
            time=Batch.objects.filter(feed=first.feed, sha256=first.sha256).count() + 1,
            by=by.key,
            delivered_at=at,
            business_day=shanghai_day(at),
        )
    return _open(batch)


def count_chunk(*, batch: OpenBatch, number: int, first_row: int, row_digests: bytes, counts: Counts) -> int:
    """Add a chunk to a batch's accounting, inside the transaction that writes its rows.

    Returns:
        How many rows the batch has received so far.
    """
    with writing():
        BatchChunk.objects.create(
            batch_id=batch.number, number=number, first_row=first_row, rows=counts.received, row_digests=row_digests
        )
        row = Batch.objects.select_for_update().get(pk=batch.number)
        row.chunks = number
        row.received += counts.received
        row.accepted += counts.accepted
        row.unchanged += counts.unchanged
        row.superseding += counts.superseding
        for code, rows in counts.quarantined.items():
            row.quarantined[code] = row.quarantined.get(code, 0) + rows
        row.save()
    return int(row.received)


def close_batch(
    *, batch: OpenBatch, warnings: Sequence[Text], by: Actor, at: datetime, replayed: bool = False
) -> BatchLine:
    """Close a batch: all its rows become known at once, under one revision taken last.

    A batch that brought nothing new takes no revision: nothing became known.

    Raises:
        ValueError: when the batch is not under way any more; its revision never moves.
    """
    with acting("batch.closed", by=by, at=at) as act:
        row = Batch.objects.select_for_update().get(pk=batch.number)
        if row.state != "receiving":
            raise ValueError(f"batch {row.pk} is not under way: {row.state}")
        act.changed({"state": row.state}, {"state": "closed"})
        row.state, row.closed_at = "closed", at
        row.warnings = [{"zh": warning.zh, "en": warning.en} for warning in warnings]
        act.note(f"batch:{row.pk}", **_accounting(row))
        if row.accepted or row.superseding:
            row.revision = take_revision(at=at, cause=f"batch:{row.pk}", replayed=replayed)
        row.save()
    return line_of(row)


def hold_batch(*, batch: OpenBatch, rows: int, why: Text, by: Actor, at: datetime) -> BatchLine:
    """Hold a delivery whole, because its number of rows is outside what the feed expects."""
    with acting("batch.held", by=by, at=at) as act:
        row = Batch.objects.select_for_update().get(pk=batch.number)
        act.changed({"state": row.state}, {"state": "held"})
        row.state, row.received, row.quarantined = "held", rows, {"held": rows}
        row.warnings = [{"zh": why.zh, "en": why.en}]
        row.save()
        act.note(f"batch:{row.pk}", rows=rows, why=why.en)
    return line_of(row)


def _open(row: Batch) -> OpenBatch:
    return OpenBatch(row.pk, row.authority_id, row.source, row.feed, row.sha256, row.time, row.business_day, row.chunks)


def _accounting(row: Batch) -> Mapping[str, object]:
    return {
        "received": row.received,
        "accepted": row.accepted,
        "unchanged": row.unchanged,
        "superseding": row.superseding,
        "quarantined": dict(sorted(row.quarantined.items())),
    }
