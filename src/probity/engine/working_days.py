"""Working days: legal clocks that stand still while somebody else must answer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from probity.rulebook import Calendar
from probity.terms import Validity

_LONGEST = 366 * 20
"""A clock that has not run out after twenty years never will: its pause is open."""


def due_on(start: date, number: int, calendar: Calendar, pauses: Sequence[Validity] = ()) -> date | None:
    """Return the last day of a term of `number` working days.

    Args:
        start: the day of the event; the term begins on the day after it.
        number: the length of the term, at least one working day.
        calendar: which days are worked.
        pauses: spans in which the clock stands still; an open one keeps it standing.

    Returns:
        The `number`-th counted day, or None while an open pause holds the clock.

    Raises:
        ValueError: when the term is shorter than a day.
    """
    if number < 1:
        raise ValueError(f"a term lasts at least one working day, got {number}")
    if not pauses:
        return calendar.add_working_days(start, number)
    left = number
    for day in _following(start, _LONGEST):
        left -= _counts(day, calendar, pauses)
        if not left:
            return day
    return None


def working_days_between(start: date, end: date, calendar: Calendar, pauses: Sequence[Validity] = ()) -> int:
    """Return how many working days have run after `start`, up to and including `end`.

    Days in a pause do not count; an `end` not after `start` gives zero.
    """
    return sum(_counts(day, calendar, pauses) for day in _following(start, (end - start).days))


def _following(start: date, number: int) -> Iterable[date]:
    return (start + timedelta(days=passed) for passed in range(1, number + 1))


def _counts(day: date, calendar: Calendar, pauses: Sequence[Validity]) -> bool:
    return calendar.is_working_day(day) and not any(pause.covers(day) for pause in pauses)
