"""Trail: reading what was done."""

from django.db.models import QuerySet

from probity.guard.trail.models import TrailEntry


def entries(*, about: str) -> "QuerySet[TrailEntry]":
    """Return the entries about one thing, oldest first."""
    return TrailEntry.objects.filter(about=about).order_by("id")
