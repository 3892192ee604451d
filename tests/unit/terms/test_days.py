"""Days: windows clip at the end of a month, a bare date means its last moment in Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.terms import Validity, end_of_day, months_before, shanghai_day

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
        (date(2026, 6, 30), 60, date(2021, 6, 30)),
    ],
)
def test_months_are_counted_back_and_clipped(day: date, months: int, expected: date) -> None:
    """29 February counted back a year is 28 February, not 1 March."""
    assert months_before(day, months) == expected


@given(DAYS, st.integers(0, 240))
def test_a_later_day_never_looks_further_back(day: date, months: int) -> None:
    """Otherwise a fact could leave a window and come back."""
    assert months_before(day + timedelta(days=1), months) >= months_before(day, months)
    assert months_before(day, months) <= day


def test_the_end_of_a_day_is_its_last_microsecond_in_shanghai() -> None:
    """Shanghai is eight hours ahead of UTC, all year."""
    assert end_of_day(date(2026, 6, 30)) == datetime(2026, 6, 30, 15, 59, 59, 999999, tzinfo=UTC)


@given(DAYS)
def test_the_end_of_a_day_falls_on_it_and_the_next_moment_does_not(day: date) -> None:
    """`known_at` given as a date covers the whole day and nothing of the next."""
    assert shanghai_day(end_of_day(day)) == day
    assert shanghai_day(end_of_day(day) + timedelta(microseconds=1)) == day + timedelta(days=1)


def test_an_evening_in_greenwich_is_the_next_day_in_shanghai() -> None:
    """Legal days are counted where the law is."""
    assert shanghai_day(datetime(2026, 6, 30, 16, 0, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_moment_without_zone_has_no_day() -> None:
    """Guessing the zone would move facts by a day."""
    with pytest.raises(ValueError, match="time zone"):
        shanghai_day(datetime(2026, 6, 30))  # noqa: DTZ001  (that is the point)


def test_validity_is_half_open() -> None:
    """The last day named is the first that no longer counts."""
    span = Validity(date(2026, 1, 1), date(2026, 2, 1))
    assert [span.covers(date(2025, 12, 31)), span.covers(span.start), span.covers(date(2026, 1, 31))] == [
        False,
        True,
        True,
    ]
    assert not span.covers(date(2026, 2, 1))
    assert Validity(date(2026, 1, 1)).covers(date(2999, 1, 1))


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_validity_that_ends_before_it_starts_is_refused(until: date) -> None:
    """An empty span would be a rule nobody is under."""
    with pytest.raises(ValueError, match="not after its start"):
        Validity(date(2026, 1, 1), until)
