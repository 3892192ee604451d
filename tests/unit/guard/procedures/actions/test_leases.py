"""The second clock and leases: gapless, never back in time, and one at a time."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from probity.guard.procedures.actions import give_lease_back, keep_lease, move_cursor, take_lease, take_revision
from probity.guard.procedures.holders import this_holder
from probity.guard.procedures.models import Lease, Revision
from probity.guard.procedures.queries import cursor, latest_revision, only_replayed, revision_at
from probity.guard.procedures.types import LeaseHeld, LeaseLost

AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
ELSEWHERE = "another-machine:1:ffffffff"
DEAD = f"{this_holder().rsplit(':', 2)[0]}:999999999:ffffffff"
"""A process number no machine gives out."""


def revised(cause: str = "test", at: datetime = AT, **options: bool) -> int:
    with transaction.atomic():
        return take_revision(at=at, cause=cause, **options)


def test_revisions_are_gapless(database: str) -> None:
    """A failed transaction leaves no hole behind."""
    assert revised() == 1
    with pytest.raises(RuntimeError, match="halt"), transaction.atomic():
        take_revision(at=AT, cause="failed")
        raise RuntimeError("halt")
    assert [revised(), revised()] == [2, 3]
    assert list(Revision.objects.order_by("number").values_list("number", "cause")) == [(n, "test") for n in (1, 2, 3)]
    assert latest_revision() == 3


def test_no_revision_is_earlier_than_the_one_before(database: str) -> None:
    """A clock that was set back must not make the past change."""
    for at in (AT, AT - timedelta(hours=1), AT + timedelta(hours=1)):
        revised(at=at)
    moments = list(Revision.objects.order_by("number").values_list("at", flat=True))
    assert moments == [AT, AT, AT + timedelta(hours=1)]


def test_a_moment_resolves_to_the_last_revision_known_then(database: str) -> None:
    """At its own moment a revision is known; a microsecond before it is not."""
    assert revision_at(None) == revision_at(AT) == 0
    revised(at=AT)
    revised(at=AT + timedelta(hours=1))
    assert revision_at(AT - timedelta(microseconds=1)) == 0
    assert revision_at(AT) == 1
    assert revision_at(AT + timedelta(hours=1)) == revision_at(None) == 2


def test_a_revision_outside_a_transaction_is_refused(database: str) -> None:
    """Its lock would hold nothing."""
    with pytest.raises(RuntimeError, match="inside the transaction"):
        take_revision(at=AT, cause="test")


def test_one_delivery_from_outside_ends_the_replay(database: str) -> None:
    """An example city is not mixed with what really became known."""
    revised(replayed=True)
    assert only_replayed()
    revised()
    assert not only_replayed()


def in_thread(work: Callable[[], None]) -> tuple[threading.Thread, list[BaseException]]:
    """Run some work on a connection of its own."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failures


def test_overlapping_transactions_are_neither_skipped_nor_moved_in_time(
    database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    """The one that began first commits last: its revision is the later one, and a reader sees no gap.

    A reader that follows ids or moments would have passed it by for ever. On SQLite the second
    transaction waits at its start, on PostgreSQL both are open together.
    """
    name = connection.settings_dict["NAME"]
    begun, other_done = threading.Event(), threading.Event()
    seen: list[int] = []

    def first() -> None:
        connection.settings_dict["NAME"] = name
        if connection.vendor == "sqlite":  # no second writer may be open: it only began its work earlier
            begun.set()
            other_done.wait(10)
        with transaction.atomic():
            latest_revision()
            begun.set()
            other_done.wait(10)
            take_revision(at=AT, cause="began first")

    def second() -> None:
        connection.settings_dict["NAME"] = name
        begun.wait(10)
        with transaction.atomic():
            take_revision(at=AT + timedelta(minutes=1), cause="began second")
        seen.append(latest_revision())
        other_done.set()

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        running = [in_thread(first), in_thread(second)]
        for thread, failures in running:
            thread.join(20)
            assert failures == []
    assert seen == [1]
    rows = list(Revision.objects.order_by("number").values_list("number", "cause", "at"))
    assert [row[:2] for row in rows] == [(1, "began second"), (2, "began first")]
    assert rows[1][2] >= rows[0][2]


def test_a_revision_waits_for_the_one_before_it_to_commit(
    database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    """Order of revisions is order of commits: nobody sees 2 while 1 is still open."""
    name = connection.settings_dict["NAME"]
    taken, commit = threading.Event(), threading.Event()
    seen_before_commit: list[int] = []

    def holds() -> None:
        connection.settings_dict["NAME"] = name
        with transaction.atomic():
            take_revision(at=AT, cause="first")
            taken.set()
            commit.wait(10)

    def follows() -> None:
        connection.settings_dict["NAME"] = name
        taken.wait(10)
        with transaction.atomic():
            take_revision(at=AT, cause="second")

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        running = [in_thread(holds), in_thread(follows)]
        taken.wait(10)
        time.sleep(0.2)  # the second one is waiting by now; were it not, it would have committed
        seen_before_commit.append(latest_revision())
        commit.set()
        for thread, failures in running:
            thread.join(20)
            assert failures == []
    assert seen_before_commit == [0]
    assert list(Revision.objects.order_by("number").values_list("cause", flat=True)) == ["first", "second"]


def test_a_second_holder_is_refused_until_the_time_runs_out(database: str) -> None:
    """Also a second thread of the same process."""
    take_lease(name="source:a", at=AT, seconds=60, holder=ELSEWHERE)
    for holder in ("", ELSEWHERE):
        with pytest.raises(LeaseHeld, match="source:a"):
            take_lease(name="source:a", at=AT + timedelta(seconds=59), seconds=60, holder=holder)
    take_lease(name="source:b", at=AT, seconds=60)
    assert take_lease(name="source:a", at=AT + timedelta(seconds=60), seconds=60).number == 2


def test_a_holder_that_died_here_is_replaced_at_once(database: str) -> None:
    """A killed delivery can be sent again without waiting."""
    take_lease(name="source:a", at=AT, seconds=60, holder=DEAD)
    fence = take_lease(name="source:a", at=AT, seconds=60)
    assert fence.number == 2
    assert Lease.objects.get(name="source:a").holder == this_holder()


def test_a_lease_given_back_is_free(database: str) -> None:
    """And giving back a lost one takes nothing from its holder."""
    lost = take_lease(name="source:a", at=AT, seconds=60, holder=DEAD)
    held = take_lease(name="source:a", at=AT, seconds=60)
    give_lease_back(fence=lost)
    with pytest.raises(LeaseHeld):
        take_lease(name="source:a", at=AT, seconds=60)
    give_lease_back(fence=held)
    assert take_lease(name="source:a", at=AT, seconds=60).number == 3


def test_a_lease_is_lengthened_by_its_holder(database: str) -> None:
    """A long delivery keeps what it holds."""
    fence = take_lease(name="source:a", at=AT, seconds=60, holder=ELSEWHERE)
    keep_lease(fence=fence, at=AT + timedelta(seconds=50), seconds=60)
    with pytest.raises(LeaseHeld):
        take_lease(name="source:a", at=AT + timedelta(seconds=100), seconds=60)


def test_a_late_holder_commits_nothing(database: str) -> None:
    """Whoever slept through its lease finds the fence closed, and its work undone."""
    late = take_lease(name="source:a", at=AT, seconds=60, holder=ELSEWHERE)
    take_lease(name="source:a", at=AT + timedelta(minutes=2), seconds=60)
    with pytest.raises(LeaseLost, match="source:a"), transaction.atomic():
        take_revision(at=AT, cause="late")
        keep_lease(fence=late, at=AT + timedelta(minutes=2), seconds=60)
    assert latest_revision() == 0


def test_a_cursor_starts_at_nothing_and_moves(database: str) -> None:
    """Each room has its own."""
    move_cursor(name="mirror", revision=7)
    move_cursor(name="mirror", revision=9)
    assert (cursor("mirror"), cursor("lookup")) == (9, 0)
