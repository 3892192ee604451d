"""Jobs: started once, carried out by one, resumed after a death, cancelled, seen by their owner."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from probity.guard.authorities.types import NotPermitted
from probity.guard.procedures import actions, queries
from probity.guard.procedures.models import Job, Lease
from probity.guard.procedures.types import Fence, JobCancelled, JobOver, JobState, LeaseLost
from probity.guard.trail.models import TrailEntry
from probity.terms import Actor, ActorKind, Text, Unknown

AT = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
OFFICER = Actor(ActorKind.OFFICER, "officer:7", "linlan-market")
OTHER = replace(OFFICER, key="officer:8")
SYSTEM = Actor.system("terminal")
SAID = Text("读取中", "reading")


def started(by: Actor = OFFICER, once: str = "") -> int:
    return actions.start_job(kind="evaluation", detail={"system": "general"}, by=by, at=AT, once=once)


def held(name: str, at: datetime = AT, holder: str = "") -> Fence:
    return actions.take_lease(name=name, at=at, seconds=30, holder=holder)


def test_a_job_is_carried_out_in_the_name_of_who_started_it(database: str) -> None:
    """From waiting to finished, with its progress and its result, and both ends in the trail."""
    number, fence = started(), held("wheel:jobs@a")
    begun = actions.begin_job(fence=fence, at=AT)
    assert begun is not None and (begun.id, begun.detail) == (number, {"system": "general"})
    assert actions.begin_job(fence=held("wheel:jobs@b"), at=AT) is None
    actions.tell_progress(job=number, fence=fence, done=3, total=9, said=SAID, at=AT)
    line = queries.job(number, by=OFFICER)
    assert (line.state, line.done, line.total, line.said) == (JobState.RUNNING, 3, 9, SAID)
    actions.end_job(job=number, fence=fence, result="/desk/runs/1/", at=AT)
    line = queries.job(number, by=OFFICER)
    assert (line.state, line.done, line.result, line.is_ended) == (JobState.FINISHED, 9, "/desk/runs/1/", True)
    acts = TrailEntry.objects.filter(about=f"job:{number}").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["job.started", "job.finished"]


def test_a_job_has_the_rights_its_owner_has_when_it_runs(database: str) -> None:
    """The terminal stays the terminal; an officer who is in office no more gets nothing done."""
    fence = held("wheel:jobs@a")
    started(SYSTEM)
    begun = actions.begin_job(fence=fence, at=AT)
    assert begun is not None and begun.by == SYSTEM
    actions.end_job(job=begun.id, fence=fence, result="", at=AT)
    started(OFFICER)
    begun = actions.begin_job(fence=fence, at=AT)
    assert begun is not None and begun.by == Actor.public()


def test_nobody_unknown_starts_a_job(database: str) -> None:
    """A reader of the public pages has no long work done."""
    with pytest.raises(NotPermitted):
        started(by=Actor.public())


def test_one_press_is_one_job(database: str) -> None:
    """The same key of the same person gives the same job; another person's key is another's."""
    assert started(once="form-1") == started(once="form-1")
    assert started(once="form-1") != started(OTHER, once="form-1")


def test_a_job_is_seen_by_its_owner_and_by_who_runs_the_platform(database: str) -> None:
    """Another officer neither sees it nor can end it, and is not told that it exists."""
    number = started()
    assert [line.id for line in queries.jobs(by=OFFICER)[0]] == [number]
    assert queries.jobs(by=OTHER) == ([], 0)
    assert queries.jobs(by=SYSTEM)[1] == 1
    for act in (actions.cancel_job, actions.try_job_again):
        with pytest.raises(Unknown):
            act(job=number, by=OTHER, at=AT)
    with pytest.raises(Unknown):
        queries.job(number, by=OTHER)


def test_a_job_whose_process_died_is_gone_on_with(database: str) -> None:
    """The lease ran out: the next one works, and the late one commits nothing, not even elsewhere."""
    number = started()
    slow = held("wheel:jobs@a", holder="elsewhere:1:ffffffff")
    assert actions.begin_job(fence=slow, at=AT) is not None
    fence, later = held("wheel:jobs@b", at=AT + timedelta(seconds=20)), AT + timedelta(seconds=31)
    assert actions.begin_job(fence=fence, at=AT + timedelta(seconds=20)) is None
    assert actions.begin_job(fence=fence, at=later) is not None
    with pytest.raises(LeaseLost):
        actions.tell_progress(job=number, fence=slow, done=1, total=2, said=SAID, at=later)
    with pytest.raises(LeaseLost), actions.fenced(slow):
        actions.move_cursor(name="late", revision=1)
    assert not queries.has_cursor("late")
    assert Lease.objects.get(name=slow.name).fence == slow.number + 1
    actions.tell_progress(job=number, fence=fence, done=1, total=2, said=SAID, at=later)


def test_a_job_that_kills_its_processes_is_not_begun_for_ever(database: str) -> None:
    """After five deaths it fails with a sentence, and its owner may try again."""
    number = started()
    for _ in range(5):
        actions.give_lease_back(fence=held("wheel:jobs@a"))
        assert actions.begin_job(fence=held("wheel:jobs@a", at=AT + timedelta(hours=1)), at=AT) is not None
        Lease.objects.get(name="wheel:jobs@a")
        actions.give_lease_back(fence=Fence("wheel:jobs@a", Lease.objects.get(name="wheel:jobs@a").fence))
    assert actions.begin_job(fence=held("wheel:jobs@a"), at=AT) is None
    assert queries.job(number, by=OFFICER).state is JobState.FAILED
    actions.try_job_again(job=number, by=OFFICER, at=AT)
    assert queries.job(number, by=OFFICER).state is JobState.WAITING


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_word(database: str) -> None:
    """And what has ended is not cancelled again."""
    waiting = started()
    actions.cancel_job(job=waiting, by=OFFICER, at=AT)
    assert queries.job(waiting, by=OFFICER).state is JobState.CANCELLED
    with pytest.raises(JobOver):
        actions.cancel_job(job=waiting, by=OFFICER, at=AT)
    running, fence = started(), held("wheel:jobs@a")
    actions.begin_job(fence=fence, at=AT)
    actions.cancel_job(job=running, by=OFFICER, at=AT)
    assert queries.job(running, by=OFFICER).is_cancelling
    with pytest.raises(JobCancelled):
        actions.tell_progress(job=running, fence=fence, done=1, total=2, said=SAID, at=AT)


def test_a_job_put_back_waits_for_the_next_process(database: str) -> None:
    """A process that ends in order does not count against the job."""
    number, fence = started(), held("wheel:jobs@a")
    actions.begin_job(fence=fence, at=AT)
    actions.put_job_back(job=number, fence=fence)
    assert Job.objects.values_list("state", "tries").get() == ("waiting", 0)
