"""Leases: the verbs by which one process at a time works on a thing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from probity.guard.procedures.holders import is_gone, this_holder
from probity.guard.procedures.models import Lease
from probity.guard.procedures.types import Fence, LeaseHeld, LeaseLost
from probity.guard.trail.tables import last_word, writing


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


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Let every commit of this thread, whichever room's verb makes it, ask whether the lease still stands.

    The row is locked until the commit, so nobody can take the work over between the asking and it.

    Raises:
        LeaseLost: from within such a commit, which is undone, when somebody took the work over.
    """

    def still_ours() -> None:
        held = Lease.objects.select_for_update().filter(name=fence.name).values_list("fence", flat=True).first()
        if held != fence.number:
            raise LeaseLost(fence.name)

    with last_word(still_ours):
        yield
