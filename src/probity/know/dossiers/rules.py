"""Dossiers: how steps of knowledge about a record make what was known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from probity.engine.frames import FOREVER


@dataclass(frozen=True, slots=True)
class End:
    """A repair or expiry: known from a revision, effective from a day."""

    revision: int
    kind: str
    effective_on: date


@dataclass(frozen=True, slots=True)
class History:
    """All that ever became known of one record beside what it states."""

    record: int
    born: int  # the revision at which its batch closed
    attributions: tuple[tuple[int, int | None], ...]  # (revision, enterprise), in order
    removals: tuple[tuple[int, str], ...] = ()  # (revision, corrected | annulled)
    ends: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """What was known of a record from one revision up to, not including, another."""

    enterprise: int | None
    from_revision: int
    until_revision: int
    ends_on: date | None


def spans(history: History) -> Iterator[Span]:
    """Yield the spans of revisions over which what is known of a record stayed the same.

    A correction or annulment removes the record for every day, from its revision on; a repair
    or expiry lets it count before its effective day and not from it.
    """
    last = min((revision for revision, _ in history.removals), default=FOREVER)
    steps = {history.born, *(revision for revision, _ in history.attributions), *(end.revision for end in history.ends)}
    starts = sorted(step for step in steps if history.born <= step < last)
    # None at all when a record was superseded within the batch that stated it.
    for start, following in zip(starts, [*starts[1:], last][: len(starts)], strict=True):
        enterprise = owner_at(history, start)
        days = [end.effective_on for end in history.ends if end.revision <= start]
        yield Span(enterprise, start, following, min(days, default=None))


def owner_at(history: History, revision: int) -> int | None:
    """Return whose the record was known to be at a revision."""
    return next((owner for known, owner in reversed(history.attributions) if known <= revision), None)


def state_at(history: History, *, as_of: date, revision: int) -> tuple[str, date | None]:
    """Return a record's state on a day, as known at a revision, and since which day it lasts.

    `standing` for one that counts; else `corrected`, `annulled`, `repaired` or `expired`.
    """
    removed = [kind for known, kind in history.removals if known <= revision]
    if removed:
        return removed[0], None
    ended = [end for end in history.ends if end.revision <= revision and end.effective_on <= as_of]
    if ended:
        first = min(ended, key=lambda end: (end.effective_on, end.revision))
        return {"repair": "repaired", "expiry": "expired"}[first.kind], first.effective_on
    return "standing", None
