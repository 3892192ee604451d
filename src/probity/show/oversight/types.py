"""Oversight: what of the trail and of readings is asked for."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TrailQuestion:
    """Whose acts, of which kind, about what, in which span of moments; what is empty is not asked."""

    actor: str = ""
    act: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for."""
        return any((self.actor, self.act, self.about, self.since, self.until))
