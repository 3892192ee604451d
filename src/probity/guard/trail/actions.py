"""Trail: the one way in which an act is done, signed and recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from probity.guard.trail.models import TrailEntry
from probity.guard.trail.rules import content_digest
from probity.guard.trail.tables import writing
from probity.terms import Actor


@dataclass
class Act:
    """An act under way: what it is about and what the trail shall say of it."""

    about: str = ""
    detail: dict[str, object] = field(default_factory=dict)

    def note(self, about: str, **detail: object) -> None:
        """State what the act is about; details are joined to those stated before."""
        self.about = about
        self.detail.update(detail)


@contextmanager
def acting(act: str, *, by: Actor, at: datetime) -> Iterator[Act]:
    """Open one transaction whose last row is its trail entry; if the entry fails, nothing was done.

    Raises:
        ValueError: when the act never said what it was about.
    """
    with transaction.atomic(), writing():
        done = Act()
        yield done
        if not done.about:
            raise ValueError(f"{act} did not say what it was about")
        values: dict[str, Any] = {
            "at": at,
            "act": act,
            "by": by.key,
            "authority": by.authority,
            "about": done.about,
            "detail": done.detail,
        }
        TrailEntry.objects.create(**values, digest=content_digest(**values))
