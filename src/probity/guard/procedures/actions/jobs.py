"""Jobs: the verbs that start, carry on, end and cancel somebody's long work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from probity.guard.authorities.queries import actor_now
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.holders import is_gone
from probity.guard.procedures.models import Job, Lease
from probity.guard.procedures.queries import may_follow
from probity.guard.procedures.types import ENDED, BegunJob, Fence, JobCancelled, JobOver, JobState, LeaseLost
from probity.guard.procedures.waking import wake_wheels
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.terms import Actor, ActorKind, Text, Unknown, shanghai_day

MOST_TRIES = 5
"""A job whose processes died so often is not begun again by itself: it may be what kills them."""


def start_job(*, kind: str, detail: Mapping[str, object], by: Actor, at: datetime, once: str = "") -> int:
    """Write down a long piece of work for a wheel to carry out, and return its number.

    A job gives nobody a right: the caller asks its own permission before, and the verb the job
    runs asks again, in the name of `by` and with the roles they then hold. The same `once` (a form's key) gives the same job.

    Raises:
        NotPermitted: when nobody is signed in.
    """
    if by.kind is ActorKind.PUBLIC:
        raise NotPermitted(Permission.JOB_READ)
    with acting("job.started", by=by, at=at) as act:
        values = {
            "kind": kind,
            "detail": dict(detail),
            "state": JobState.WAITING.value,
            "by": by.key,
            "authority": by.authority,
            "created_at": at,
        }
        if once:
            job, _ = Job.objects.get_or_create(once=f"{by.key}:{once}", defaults=values)
        else:
            job = Job.objects.create(**values)
        act.note(f"job:{job.pk}", kind=kind)
        wake_wheels()
    return int(job.pk)


def begin_job(*, fence: Fence, at: datetime) -> BegunJob | None:
    """Take the oldest job that waits, or whose process is gone, under the lease of a wheel.

    Whoever is only slow and not gone finds its own lease closed, so two never commit for one job.
    """
    with transaction.atomic(), writing():
        rows = Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING)).order_by("pk")
        skipping = connection.features.has_select_for_update_skip_locked
        for job in rows.select_for_update(skip_locked=skipping):
            if job.state == JobState.RUNNING and not _is_orphan(job, fence, at):
                continue
            if job.is_cancelling or job.tries >= MOST_TRIES:
                _end(job, JobState.CANCELLED if job.is_cancelling else JobState.FAILED, _DIED, at)
                continue
            job.state, job.started_at = JobState.RUNNING, job.started_at or at
            job.lease, job.fence, job.told_at, job.tries = fence.name, fence.number, at, job.tries + 1
            job.save()
            return BegunJob(job.pk, job.kind, job.detail, actor_now(job.by, on=shanghai_day(at)))
    return None


_DIED = Text(
    "执行该任务的进程多次中断，已停止自动重试，可在任务页再试",
    "the processes at this job died again and again; try it again from its page",
)


def _is_orphan(job: Job, fence: Fence, at: datetime) -> bool:
    """Whether nobody works on a running job any more; a lease that ran out is closed for its holder."""
    if job.lease == fence.name:
        return True  # one wheel does one job at a time: whoever holds its lease now has begun none
    lease = Lease.objects.select_for_update().filter(name=job.lease).first()
    if lease is None or lease.fence != job.fence:
        return True
    if lease.holder and lease.expires_at and lease.expires_at > at and not is_gone(lease.holder):
        return False
    lease.fence, lease.holder, lease.expires_at = lease.fence + 1, "", None
    lease.save()
    return True


def tell_progress(*, job: int, fence: Fence, done: int, total: int, said: Text, at: datetime) -> None:
    """Say how far a job is.

    Raises:
        JobCancelled: when its owner asked for an end.
        LeaseLost: when somebody else took it over.
    """
    with transaction.atomic(), writing():
        row = _ours(job, fence)
        if row.is_cancelling:
            raise JobCancelled(job)
        row.done, row.total, row.said, row.told_at = done, total, _both(said), at
        row.save(update_fields=["done", "total", "said", "told_at"])


def end_job(*, job: int, fence: Fence, result: str, at: datetime) -> None:
    """Say that a job is done and where its result lies."""
    with transaction.atomic(), writing():
        row = _ours(job, fence)
        row.result = result
        row.done = row.total or row.done
        _end(row, JobState.FINISHED, None, at)


def fail_job(*, job: int, fence: Fence, why: Text, is_cancelled: bool = False, at: datetime) -> None:
    """End a job that could not be done, with the reason, or that was cancelled half-way."""
    with transaction.atomic(), writing():
        _end(_ours(job, fence), JobState.CANCELLED if is_cancelled else JobState.FAILED, why, at)


def put_job_back(*, job: int, fence: Fence) -> None:
    """Leave a job for the next process, because this one ends; the try does not count."""
    with transaction.atomic(), writing():
        row = _ours(job, fence)
        row.state, row.lease, row.tries = JobState.WAITING, "", row.tries - 1
        row.save()


def cancel_job(*, job: int, by: Actor, at: datetime) -> None:
    """Ask for the end of a job: at once where it waits, at its next word where it runs.

    Raises:
        Unknown: when there is none of that number that the actor may see.
        JobOver: when it has ended already.
    """
    with _following("job.cancelled", job, by, at) as row:
        if row.state in ENDED:
            raise JobOver(job)
        row.is_cancelling = True
        row.save()
        if row.state == JobState.WAITING:
            _end(row, JobState.CANCELLED, None, at)


def try_job_again(*, job: int, by: Actor, at: datetime) -> None:
    """Let a failed or cancelled job wait for a wheel again.

    Raises:
        Unknown: when there is none of that number that the actor may see.
        JobOver: when it did not fail.
    """
    with _following("job.retried", job, by, at) as row:
        if row.state not in (JobState.FAILED, JobState.CANCELLED):
            raise JobOver(job)
        row.state, row.is_cancelling, row.tries, row.ended_at = JobState.WAITING, False, 0, None
        row.said, row.done, row.total, row.lease = None, 0, 0, ""
        row.save()
        wake_wheels()


@contextmanager
def _following(act: str, job: int, by: Actor, at: datetime) -> Iterator[Job]:
    """Open an act on a job of the actor's own, its row locked."""
    if by.kind is ActorKind.PUBLIC:
        raise NotPermitted(Permission.JOB_READ)
    with acting(act, by=by, at=at) as done:
        row = may_follow(Job.objects.select_for_update(), by).filter(pk=job).first()
        if row is None:
            raise Unknown(f"没有第 {job} 号任务", f"no job {job}")
        done.note(f"job:{job}", kind=row.kind)
        yield row


def _ours(job: int, fence: Fence) -> Job:
    row: Job = Job.objects.select_for_update().get(pk=job)
    if row.state != JobState.RUNNING or (row.lease, row.fence) != (fence.name, fence.number):
        raise LeaseLost(f"job:{job}")
    return row


def _end(row: Job, state: JobState, said: Text | None, at: datetime) -> None:
    row.state, row.ended_at = state, at
    if said:
        row.said = _both(said)
    row.save()
    by = Actor.system("wheel")
    with acting(f"job.{state.value}", by=by, at=at) as act:
        act.note(f"job:{row.pk}", kind=row.kind, result=row.result)


def _both(said: Text) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}
