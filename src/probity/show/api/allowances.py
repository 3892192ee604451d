"""Allowances: how often a key may ask, shared by all processes."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from probity.guard.credentials.actions import set_aside
from probity.guard.credentials.types import Bearer

PORTIONS = 10
"""A process sets a tenth of a minute's requests aside at a time: so it writes ten rows a minute, not one a request."""


@dataclass(slots=True)
class Allowances:
    """What this process has set aside and not used; a minute's rest is lost with the minute."""

    _left: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def seconds_to_wait(self, bearer: Bearer, *, at: datetime) -> int:
        """Count one request and return 0, or return how long its key has to wait."""
        minute = at.replace(second=0, microsecond=0)
        with self._lock:
            kept, left = self._left.get(bearer.key, (minute, 0))
            if kept == minute and left:
                self._left[bearer.key] = (minute, left - 1)
                return 0
        portion = max(1, bearer.requests_a_minute // PORTIONS)
        given = set_aside(key=bearer.key, minute=minute, portion=portion, by=bearer.actor, at=at)
        if not given:
            return 60 - at.second
        with self._lock:
            kept, left = self._left.get(bearer.key, (minute, 0))
            self._left[bearer.key] = (minute, (left if kept == minute else 0) + given - 1)
        return 0
