"""Procedures: reading the second clock, the rulebook in force, jobs and wheels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from probity.guard.authorities.queries import allowed, permit
from probity.guard.authorities.types import NotPermitted, Permission
from probity.guard.procedures.lawbook import lawbook, rule_texts
from probity.guard.procedures.models import Cursor, Job, Lease, Revision, RevisionCounter, WheelState
from probity.guard.procedures.types import JobLine, JobState, WheelLine
from probity.terms import Actor, ActorKind, Text, Unknown

__all__ = [
    "cursor",
    "has_cursor",
    "job",
    "jobs",
    "latest_revision",
    "lawbook",
    "mark_of",
    "may_follow",
    "moment_of",
    "only_replayed",
    "revision_at",
    "rule_texts",
    "wheel_rests_until",
    "wheels",
]


def latest_revision() -> int:
    """Return the newest revision, 0 before the first."""
    return RevisionCounter.objects.values_list("last", flat=True).first() or 0


def revision_at(moment: datetime | None) -> int:
    """Return the last revision known at a moment (all of them for None), 0 before the first."""
    if moment is None:
        return latest_revision()
    found = Revision.objects.filter(at__lte=moment).order_by("-number").values_list("number", flat=True).first()
    return found or 0


def moment_of(revision: int) -> datetime | None:
    """Return when a revision became known."""
    return Revision.objects.filter(number=revision).values_list("at", flat=True).first()


def mark_of(revision: int) -> str:
    """Return the moment of a revision as text, by which a local file tells that it is of this database."""
    moment = moment_of(revision)
    return moment.isoformat() if moment else ""


def only_replayed() -> bool:
    """Whether nothing became known here but what an example city replayed."""
    return not Revision.objects.filter(replayed=False).exists()


def has_cursor(name: str) -> bool:
    """Whether a room has begun to read at all."""
    return Cursor.objects.filter(name=name).exists()


def cursor(name: str) -> int:
    """Return how far a room has read, as a revision."""
    return Cursor.objects.filter(name=name).values_list("revision", flat=True).first() or 0


def may_follow(rows: "QuerySet[Any]", by: Actor) -> "QuerySet[Any]":
    """Leave the jobs an actor may see: one's own, or all for whoever runs the platform."""
    return rows if allowed(by, Permission.JOB_READ) else rows.filter(by=by.key)


def jobs(*, by: Actor, state: str = "", most: int = 50, skip: int = 0) -> tuple[Sequence[JobLine], int]:
    """Return the jobs an actor may see, newest first, and how many there are.

    Raises:
        NotPermitted: when nobody is signed in.
    """
    _refuse_public(by)
    rows = may_follow(Job.objects.all(), by)
    rows = rows.filter(state=state) if state else rows
    return [_job_line(row) for row in rows.order_by("-pk")[skip : skip + most]], rows.count()


def job(number: int, *, by: Actor) -> JobLine:
    """Return one job.

    Raises:
        Unknown: when there is none of that number that the actor may see.
        NotPermitted: when nobody is signed in.
    """
    _refuse_public(by)
    row = may_follow(Job.objects.all(), by).filter(pk=number).first()
    if row is None:
        raise Unknown(f"没有第 {number} 号任务", f"no job {number}")
    return _job_line(row)


def _refuse_public(by: Actor) -> None:
    if by.kind is ActorKind.PUBLIC:
        raise NotPermitted(Permission.JOB_READ)


def _job_line(row: Job) -> JobLine:
    return JobLine(
        id=row.pk,
        kind=row.kind,
        detail=row.detail,
        state=JobState(row.state),
        done=row.done,
        total=row.total,
        said=Text(**row.said) if row.said else None,
        by=row.by,
        authority=row.authority,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        is_cancelling=row.is_cancelling,
        result=row.result,
    )


def wheels(*, by: Actor, at: datetime) -> Sequence[WheelLine]:
    """Return every wheel that ever turned here, with what its last turn came to.

    Raises:
        NotPermitted: when the actor may not see the platform's work.
    """
    permit(by, Permission.OPERATION_READ)
    held = {lease.name: lease for lease in Lease.objects.filter(name__startswith="wheel:")}
    return [_wheel_line(row, held.get(row.lease), at) for row in WheelState.objects.order_by("wheel", "lease")]


def _wheel_line(row: WheelState, lease: Lease | None, at: datetime) -> WheelLine:
    is_held = bool(lease and lease.holder and lease.expires_at and lease.expires_at > at)
    return WheelLine(
        lease=row.lease,
        wheel=row.wheel,
        kind=row.kind,
        every=row.every,
        holder=row.holder,
        turned_at=row.turned_at,
        done_at=row.done_at,
        done=row.done,
        total=row.total,
        failures=row.failures,
        failure=row.failure,
        next_at=row.next_at,
        is_held=is_held,
    )


def wheel_rests_until(lease: str) -> datetime | None:
    """Return when a wheel's next turn is due by its own book, so that a new process keeps its beat."""
    return WheelState.objects.filter(lease=lease).values_list("next_at", flat=True).first()
