"""Procedures: reading the second clock and the rulebook in force."""

from datetime import datetime

from probity.guard.procedures.lawbook import lawbook, rule_texts
from probity.guard.procedures.models import Cursor, Revision, RevisionCounter

__all__ = [
    "cursor",
    "has_cursor",
    "latest_revision",
    "lawbook",
    "moment_of",
    "only_replayed",
    "revision_at",
    "rule_texts",
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


def only_replayed() -> bool:
    """Whether nothing became known here but what an example city replayed."""
    return not Revision.objects.filter(replayed=False).exists()


def has_cursor(name: str) -> bool:
    """Whether a room has begun to read at all."""
    return Cursor.objects.filter(name=name).exists()


def cursor(name: str) -> int:
    """Return how far a room has read, as a revision."""
    return Cursor.objects.filter(name=name).values_list("revision", flat=True).first() or 0
