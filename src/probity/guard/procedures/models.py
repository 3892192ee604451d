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
