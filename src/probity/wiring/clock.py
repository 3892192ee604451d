"""Clock: the one place that asks what time it is."""

from datetime import UTC, date, datetime

from probity.terms import shanghai_day


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the legal day in Shanghai."""
    return shanghai_day(now())
