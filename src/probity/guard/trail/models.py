"""Trail: one row for each act, and its seal, bound to nothing, to outlive it."""

from django.db import models

from probity.guard.trail.fields import KeptJSON
from probity.guard.trail.tables import AppendOnly


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
