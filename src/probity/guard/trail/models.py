"""Trail: one row for each act, bound to nothing, to outlive what it describes."""

from django.db import models

from probity.guard.trail.tables import AppendOnly


class TrailEntry(AppendOnly):
    """Who did what to what, when, in whose name (操作留痕)."""

    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=64, db_index=True)
    by = models.CharField(max_length=64)
    authority = models.CharField(max_length=64, blank=True)
    about = models.CharField(max_length=128, db_index=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
