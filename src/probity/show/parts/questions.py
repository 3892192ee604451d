"""Questions: the day a page is asked about, and whose knowledge counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from probity.terms import end_of_day

_DAY = re.compile(r"\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?\s*\Z")


@dataclass(frozen=True, slots=True)
class Question:
    """Both clocks of a page; `known_day` is what was typed, `known_at` the end of that day."""

    as_of: date
    known_at: datetime | None
    known_day: date | None
    is_another_day: bool
    misread: tuple[str, ...]  # names of the fields that were not days

    @property
    def query(self) -> str:
        """The clocks as part of an address, empty for today as known now."""
        if not self.is_another_day:
            return ""
        known = f"&known_at={self.known_day}" if self.known_day else ""
        return f"?as_of={self.as_of}{known}"


def question(asked: Mapping[str, str], today: date) -> Question:
    """Return both clocks from an address; a day not understood counts as not given, and is named."""
    misread = []
    days: dict[str, date | None] = {}
    for name in ("as_of", "known_at"):
        text = asked.get(name, "")
        days[name] = read_day(text)
        if text.strip() and days[name] is None:
            misread.append(name)
    as_of = days["as_of"] or today
    known_day = days["known_at"] if days["known_at"] != today else None
    is_another_day = as_of != today or known_day is not None
    return Question(as_of, end_of_day(known_day) if known_day else None, known_day, is_another_day, tuple(misread))


def read_day(text: str) -> date | None:
    """Return the day in a text, written 2026-11-16, 2026/11/16 or 2026年11月16日; None otherwise."""
    found = _DAY.match(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
