"""Sources: opening delivered files, and reading how batches were accounted for."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.know.registry.types import Page
from probity.know.sources.models import Batch
from probity.know.sources.opening import DeliveredFile, open_delivery
from probity.know.sources.rules import fit_feed, match_feed
from probity.know.sources.types import BatchLine
from probity.terms import Actor, Text, Unknown

__all__ = [
    "DeliveredFile",
    "any_batch",
    "batch",
    "batches",
    "fit_feed",
    "heard_at",
    "line_of",
    "match_feed",
    "open_delivery",
    "was_delivered",
]

PAGE_SIZE = 30


def batches(*, by: Actor, page: int = 1, source: str = "", state: str = "") -> Page[BatchLine]:
    """Return the batches, newest first.

    Raises:
        NotPermitted: when the actor may not read batches.
    """
    permit(by, Permission.BATCH_READ)
    rows = Batch.objects.all()
    if source:
        rows = rows.filter(source=source)
    if state:
        rows = rows.filter(state=state)
    start = (max(page, 1) - 1) * PAGE_SIZE
    lines = tuple(line_of(row) for row in rows.order_by("-pk")[start : start + PAGE_SIZE])
    return Page(lines, max(page, 1), PAGE_SIZE, rows.count())


def batch(number: int, *, by: Actor) -> BatchLine:
    """Return one batch.

    Raises:
        LookupError: when there is none of this number.
        NotPermitted: when the actor may not read batches.
    """
    permit(by, Permission.BATCH_READ)
    found = Batch.objects.filter(pk=number).first()
    if found is None:
        raise Unknown(f"没有第 {number} 批次", f"no batch {number}")
    return line_of(found)


def was_delivered(*, feed: str, file_name: str, at: datetime) -> bool:
    """Whether a file of this name was taken in, or held, under a feed at exactly this moment."""
    rows = Batch.objects.filter(feed=feed, file_name=file_name, delivered_at=at)
    return rows.filter(state__in=("closed", "held")).exists()


def heard_at(feeds: Collection[str], *, until: datetime) -> dict[str, datetime]:
    """Return feed → when its newest batch closed by a moment, also one that brought nothing new."""
    rows = Batch.objects.filter(feed__in=list(feeds), state="closed", kind="delivery", closed_at__lte=until)
    return dict(rows.values_list("feed").annotate(Max("closed_at")))


def any_batch() -> bool:
    """Whether anything was ever delivered."""
    return Batch.objects.exists()


def line_of(row: Batch) -> BatchLine:
    """Return a stored batch as a line."""
    return BatchLine(
        row.pk,
        row.feed,
        row.source,
        row.kind,
        row.settles_id,
        row.file_name,
        row.sha256,
        row.size,
        row.time,
        row.received,
        row.accepted,
        row.unchanged,
        row.superseding,
        row.quarantined,
        row.state,
        row.delivered_at,
        row.revision,
        row.by,
        tuple(Text(warning["zh"], warning["en"]) for warning in row.warnings),
    )
