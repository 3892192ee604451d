"""Revisions: the verbs that number what becomes known, and mark what was read."""

from datetime import datetime

from django.db import connection, transaction

from probity.guard.procedures.models import Cursor, Revision, RevisionCounter
from probity.guard.procedures.waking import wake_wheels
from probity.guard.trail.tables import writing


def take_revision(*, at: datetime, cause: str, replayed: bool = False) -> int:
    """Return the next revision; the caller's transaction takes it last and commits at once.

    The counter row stays locked until commit, so the order of revisions is the order of commits:
    of two overlapping transactions the later one waits here. A moment before the last one is
    moved up to it, never the reverse.

    Raises:
        RuntimeError: outside a transaction, where the lock would hold nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a revision is taken inside the transaction that it numbers")
    with writing():
        RevisionCounter.objects.get_or_create(pk=1)
        counter = RevisionCounter.objects.select_for_update().get(pk=1)
        counter.last += 1
        counter.last_at = max(at, counter.last_at) if counter.last_at else at
        counter.save()
        Revision.objects.create(number=counter.last, at=counter.last_at, cause=cause, replayed=replayed)
    wake_wheels()
    return int(counter.last)


def move_cursor(*, name: str, revision: int) -> None:
    """Say that a room has read up to a revision."""
    with transaction.atomic(), writing():
        Cursor.objects.update_or_create(name=name, defaults={"revision": revision})
