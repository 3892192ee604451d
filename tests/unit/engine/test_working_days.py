"""Working days: a term counts worked days after the event, not those of a pause."""

from datetime import date

import pytest

from probity.engine.working_days import due_on, working_days_between
from probity.rulebook import Calendar
from probity.terms import Validity

CALENDAR = Calendar(
    rests=frozenset({date(2025, 5, 1), date(2025, 5, 2), date(2025, 5, 5)}),
    works=frozenset({date(2025, 4, 27)}),
    years=frozenset({2025}),
)


def test_seven_working_days_skip_holidays_and_count_the_swapped_sunday() -> None:
    assert due_on(date(2025, 4, 25), 7, CALENDAR) == date(2025, 5, 8)


def test_the_clock_stands_still_while_somebody_else_must_answer() -> None:
    pause = Validity(date(2025, 4, 28), date(2025, 4, 30))
    assert due_on(date(2025, 4, 25), 2, CALENDAR) == date(2025, 4, 28)
    assert due_on(date(2025, 4, 25), 2, CALENDAR, [pause]) == date(2025, 4, 30)
    assert due_on(date(2025, 4, 25), 2, CALENDAR, [pause, pause]) == date(2025, 4, 30)


def test_an_open_pause_holds_the_clock_for_ever() -> None:
    assert due_on(date(2025, 4, 25), 2, CALENDAR, [Validity(date(2025, 4, 26))]) is None


def test_the_days_between_are_the_days_of_the_term() -> None:
    for number in range(1, 20):
        end = due_on(date(2025, 4, 25), number, CALENDAR)
        assert end is not None and working_days_between(date(2025, 4, 25), end, CALENDAR) == number
    assert working_days_between(date(2025, 4, 25), date(2025, 4, 1), CALENDAR) == 0


def test_a_term_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        due_on(date(2025, 4, 25), 0, CALENDAR)
