"""Turns: what a wheel writes down of its own turning."""

from datetime import datetime, timedelta

from django.db import transaction

from probity.guard.procedures.actions.leases import keep_lease
from probity.guard.procedures.holders import this_holder
from probity.guard.procedures.models import WheelState
from probity.guard.procedures.rules import pause_after
from probity.guard.procedures.types import Fence, TurnNote
from probity.guard.trail.tables import writing


def note_turn(*, fence: Fence, note: TurnNote, seconds: int, at: datetime) -> datetime:
    """Keep the lease and say what the turn came to; return when the next one is due.

    After a failure the next turn waits longer each time, also for a process that takes over.

    Raises:
        LeaseLost: when somebody else took the wheel over.
    """
    with transaction.atomic(), writing():
        keep_lease(fence=fence, at=at, seconds=seconds)
        state = WheelState.objects.filter(lease=fence.name).first() or WheelState(lease=fence.name)
        state.wheel, state.kind, state.every = note.wheel, note.kind, note.every
        state.holder, state.turned_at = this_holder(), at
        state.failures = state.failures + 1 if note.failure else 0
        state.failure = note.failure[:2000]
        if note.done:
            state.done_at, state.done, state.total = at, note.done, state.total + note.done
        state.next_at = at + timedelta(seconds=pause_after(state.failures, note.every))
        state.save()
    return state.next_at
