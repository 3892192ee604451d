"""Measures: the steps by which one is published, and taken back."""

from django.db import models

from probity.guard.trail.tables import AppendOnly


class PublicationStep(AppendOnly):
    """One step of publishing a measure: proposed, published, withdrawn (措施公布); the latest counts."""

    authority = models.ForeignKey("authorities.Authority", on_delete=models.PROTECT)
    measure = models.CharField(max_length=96, db_index=True)  # as Measure.place: key and first day
    kind = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)  # of the measure's meaning, so that nobody publishes another text
    since = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
