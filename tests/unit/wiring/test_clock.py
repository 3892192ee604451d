"""Clock: the one place that asks what time it is, and it asks in UTC."""

from datetime import UTC, datetime, timedelta

from probity.terms import shanghai_day
from probity.wiring import clock


def test_the_present_moment_is_told_in_utc() -> None:
    """A moment without a zone would be refused everywhere else."""
    moment = clock.now()
    assert moment.tzinfo is UTC
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


def test_today_is_the_legal_day() -> None:
    """Counted in Shanghai, eight hours ahead."""
    assert clock.today() in {shanghai_day(datetime.now(UTC)), shanghai_day(datetime.now(UTC) - timedelta(minutes=1))}
