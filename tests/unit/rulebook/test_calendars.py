"""Calendars: working days with the weekends that notices order to be worked."""

from datetime import date

import pytest

from probity.rulebook import Calendar, Rulebook
from tests.unit.rulebook.small import faults, layer

SPRING = Calendar(
    rests=frozenset(date(2025, 1, day) for day in (28, 29, 30, 31)) | {date(2025, 2, 3), date(2025, 2, 4)},
    works=frozenset({date(2025, 1, 26), date(2025, 2, 8)}),
    years=frozenset({2025}),
)


def test_a_sunday_ordered_to_be_worked_is_a_working_day() -> None:
    assert SPRING.is_working_day(date(2025, 1, 26)) and not SPRING.is_working_day(date(2025, 1, 28))
    assert not SPRING.is_working_day(date(2025, 2, 2)) and SPRING.is_working_day(date(2025, 1, 27))


def test_the_day_itself_never_counts() -> None:
    assert SPRING.add_working_days(date(2025, 1, 24), 1) == date(2025, 1, 26)
    assert SPRING.add_working_days(date(2025, 1, 27), 1) == date(2025, 2, 5)
    assert SPRING.add_working_days(date(2025, 1, 27), 4) == date(2025, 2, 8)
    assert SPRING.add_working_days(date(2025, 2, 1), 0) == date(2025, 2, 1)


def test_counting_back_undoes_counting_on() -> None:
    for number in range(1, 15):
        assert SPRING.add_working_days(SPRING.add_working_days(date(2025, 1, 24), number), -number) == date(2025, 1, 24)


def test_a_year_without_a_notice_is_known_to_be_uncertain() -> None:
    assert SPRING.is_certain(date(2025, 5, 1)) and not SPRING.is_certain(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("day", "text", "reason"),
    [
        ("2025-01-01", "rests: [2024-12-31]\nworks: []", "another year"),
        ("2025-01-01", "rests: [2025-01-01]\nworks: [2025-01-01]", "not a weekend day"),
        ("2025-01-01", "rests: [2025-01-01]\nworks: [2025-01-02]", "not a weekend day"),
        ("2025-01-01", "rests: [2025-01-01, 2025-01-01]\nworks: []", "listed twice"),
    ],
)
def test_a_faulty_notice_is_refused(day: str, text: str, reason: str) -> None:
    texts = layer()
    texts[f"calendars/china/{day}.yaml"] = f"instrument: measure\narticle: art. 1\n{text}"
    texts[f"calendars/china/{day}.text.yaml"] = "title: {zh: 甲, en: A}\nconfidence: sure"
    assert any(reason in fault.reason.en for fault in faults(texts))


def test_a_notice_under_way_replaces_what_the_year_began_with() -> None:
    texts = layer()
    for day, rests in (
        ("2025-01-01", "[2025-05-01, 2025-05-02]"),
        ("2025-03-01", "[2025-05-01]"),
        ("2026-01-01", "[]"),
    ):
        texts[f"calendars/china/{day}.yaml"] = f"instrument: measure\narticle: art. 1\nrests: {rests}\nworks: []"
        texts[f"calendars/china/{day}.text.yaml"] = "title: {zh: 甲, en: A}\nconfidence: sure"
    calendar = Rulebook.read([texts]).calendar
    assert not calendar.is_working_day(date(2025, 5, 1)) and calendar.is_working_day(date(2025, 5, 2))
    assert calendar.years == {2025, 2026}
