"""Procedures: the verbs that number what becomes known and share out the work."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from probity.guard.procedures.holders import is_gone, this_holder
from probity.guard.procedures.models import Cursor, Lease, Revision, RevisionCounter
from probity.guard.procedures.types import Fence, LeaseHeld, LeaseLost
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
    return int(counter.last)


def move_cursor(*, name: str, revision: int) -> None:
    """Say that a room has read up to a revision."""
    with transaction.atomic(), writing():
        Cursor.objects.update_or_create(name=name, defaults={"revision": revision})


def take_lease(*, name: str, at: datetime, seconds: int, holder: str = "") -> Fence:
    """Take the right to work on something alone, for a while; the holder is this process unless named.

    A holder is refused a second time too: two threads of a server are two at work.

    Raises:
        LeaseHeld: when somebody's time has not run out, and they are not certainly dead.
    """
    holder = holder or this_holder()
    with transaction.atomic(), writing():
        Lease.objects.get_or_create(name=name)
        lease = Lease.objects.select_for_update().get(name=name)
        is_held = lease.holder and lease.expires_at and lease.expires_at > at
        if is_held and not is_gone(lease.holder):
            raise LeaseHeld(name)
        lease.holder, lease.expires_at, lease.fence = holder, at + timedelta(seconds=seconds), lease.fence + 1
        lease.save()
        return Fence(name, lease.fence)


def keep_lease(*, fence: Fence, at: datetime, seconds: int) -> None:
    """Lengthen the lease inside the caller's transaction.

    Raises:
        LeaseLost: when somebody else took the work over.
    """
    with writing():
        kept = Lease.objects.filter(name=fence.name, fence=fence.number)
        if not kept.update(expires_at=at + timedelta(seconds=seconds)):
            raise LeaseLost(fence.name)


def give_lease_back(*, fence: Fence) -> None:
    """End the lease before its time; a lost one is left to its holder."""
    with transaction.atomic(), writing():
        Lease.objects.filter(name=fence.name, fence=fence.number).update(holder="", expires_at=None)
