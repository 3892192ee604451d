"""Trail: one row for each act, and its seal, bound to nothing, to outlive it."""

from django.db import models

from probity.guard.trail.fields import KeptJSON
from probity.guard.trail.tables import AppendOnly, Retained, Table


class TrailEntry(AppendOnly):
    """Who did what to what, when, in whose name, by which decision, and what it changed (操作留痕).

    `digest` covers every other column but the number; `rules.entry_digest` says how.
    """

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=64, db_index=True)
    by = models.CharField(max_length=64, db_index=True)
    authority = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=128, db_index=True)
    detail = KeptJSON(default=dict)
    before = KeptJSON(default=dict)
    after = KeptJSON(default=dict)
    decision = models.CharField(max_length=128, blank=True)
    software = models.CharField(max_length=64, blank=True)
    rulebook = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)


class Seal(AppendOnly):
    """One link of the chain (封存): a gapless number, an entry, and the digest of all before it.

    No number, no entry and no predecessor stands twice, so that two sealers cannot fork the chain.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    entry_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)


class Reading(Retained):
    """Who read a dossier that is not public, for which purpose, and when (查阅记录).

    `due_on` is the first release day on which its subject may be told, drawn when it is written;
    `may_wait` says whether an embargo can delay that further.
    """

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=64, db_index=True)
    authority = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, db_index=True)
    what = models.CharField(max_length=32)
    purpose = models.CharField(max_length=32)
    words = models.CharField(max_length=200)
    may_wait = models.BooleanField()
    due_on = models.DateField(db_index=True)


class ReadingRelease(AppendOnly):
    """One monthly batch in which enterprises were told who had read their dossiers (查阅告知批次)."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    readings = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)


class ReleasedReading(Retained):
    """A reading of which its subject was told, in the batch of a day."""

    reading = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=64, db_index=True)
    day = models.DateField(db_index=True)


class Embargo(Table):
    """A matter about an enterprise that is not closed yet, and whose bodies' readings wait (暂不告知).

    `matter` is the draw, lead or case that opened it, `authority` the body whose readings wait,
    empty for every body. It is never deleted: closing it is a moment.
    """

    matter = models.CharField(max_length=128)
    subject = models.CharField(max_length=64, db_index=True)
    authority = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "subject"], name="embargo_once_a_matter")]
        indexes = [models.Index(fields=["subject"], condition=models.Q(closed_at=None), name="embargo_open")]
