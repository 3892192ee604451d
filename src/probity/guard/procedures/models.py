"""Procedures: the second clock, and who is at work on what."""

from django.db import models

from probity.guard.trail.tables import AppendOnly, Table


class RevisionCounter(Table):
    """The one row that numbers revisions; locked last in a transaction and held until commit."""

    last = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)


class Revision(AppendOnly):
    """One step of what is known: gapless number, moment never before the one before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    cause = models.CharField(max_length=128)
    replayed = models.BooleanField(default=False)


class Cursor(Table):
    """How far a room has read what it reads, as a revision."""

    name = models.CharField(max_length=64, primary_key=True)
    revision = models.BigIntegerField(default=0)


class Lease(Table):
    """Who works on something now; the fence tells a late holder that it was replaced."""

    name = models.CharField(max_length=128, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    fence = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)


class WheelState(Table):
    """What a wheel did last, for whoever looks; how far it has read stands in its cursors."""

    lease = models.CharField(max_length=128, primary_key=True)
    wheel = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    every = models.FloatField()
    holder = models.CharField(max_length=64)
    turned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)


class Job(Table):
    """A long piece of work that somebody started and a wheel carries out (后台任务)."""

    kind = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    once = models.CharField(max_length=128, null=True, unique=True)  # the same press gives the same job
    state = models.CharField(max_length=16, db_index=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    said = models.JSONField(null=True)  # {zh, en}
    by = models.CharField(max_length=64, db_index=True)
    authority = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_cancelling = models.BooleanField(default=False)
    result = models.CharField(max_length=300, blank=True)
    lease = models.CharField(max_length=128, blank=True)
    fence = models.BigIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "running", "finished", "failed", "cancelled")),
                name="job_state_known",
            )
        ]
