"""Turns: what a wheel writes of itself, and how a failing one rests."""

from datetime import UTC, datetime, timedelta

import pytest

from probity.guard.procedures.actions import note_turn, take_lease
from probity.guard.procedures.queries import wheel_rests_until, wheels
from probity.guard.procedures.types import LeaseLost, TurnNote
from probity.terms import Actor

AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
SYSTEM = Actor.system("terminal")


def test_a_wheel_says_what_it_did(database: str) -> None:
    """The page shows the last turn, what was done in all, and whether somebody turns it."""
    fence = take_lease(name="wheel:seal", at=AT, seconds=30)
    for done in (3, 0, 2):
        note_turn(fence=fence, note=TurnNote("seal", "global", 1, done), seconds=30, at=AT)
    (line,) = wheels(by=SYSTEM, at=AT)
    assert (line.wheel, line.done, line.total, line.failures, line.is_held) == ("seal", 2, 5, 0, True)
    assert not wheels(by=SYSTEM, at=AT + timedelta(minutes=1))[0].is_held


def test_a_failing_wheel_rests_longer_each_time_and_a_good_turn_ends_it(database: str) -> None:
    """Also for the process that takes over: the rest stands in the database."""
    fence = take_lease(name="wheel:seal", at=AT, seconds=30)
    rests = []
    for _ in range(3):
        note_turn(fence=fence, note=TurnNote("seal", "global", 1, 0, "OSError: no"), seconds=30, at=AT)
        until = wheel_rests_until("wheel:seal")
        assert until is not None
        rests.append((until - AT).total_seconds())
    assert rests == [2, 4, 8]
    note_turn(fence=fence, note=TurnNote("seal", "global", 1), seconds=30, at=AT)
    assert wheel_rests_until("wheel:seal") == AT + timedelta(seconds=1)


def test_a_wheel_that_was_taken_over_writes_nothing(database: str) -> None:
    """Its note would hide what the new holder did."""
    late = take_lease(name="wheel:seal", at=AT, seconds=30, holder="elsewhere:1:ffffffff")
    take_lease(name="wheel:seal", at=AT + timedelta(minutes=1), seconds=30)
    with pytest.raises(LeaseLost):
        note_turn(fence=late, note=TurnNote("seal", "global", 1, 9), seconds=30, at=AT)
    assert wheels(by=SYSTEM, at=AT) == []
