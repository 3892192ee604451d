"""Desk: how a person wants a list to look, kept for their own account."""

from django.db import models

from probity.guard.trail.tables import Table


class SavedView(Table):
    """A list as a person arranged it; without a name it holds the columns they chose for that list."""

    account = models.ForeignKey("authorities.Account", on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=32)
    name = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "list", "name"], name="saved_view_once")]
