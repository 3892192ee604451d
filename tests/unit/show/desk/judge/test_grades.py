"""Grades: a distribution loses nobody and starts its bars at zero."""

from datetime import UTC, date, datetime

from probity.judge.evaluation.types import RunLine
from probity.show.desk.judge.grades import distribution

MOMENT = datetime(2026, 11, 16, tzinfo=UTC)


def run(grades: dict[str, int]) -> RunLine:
    """A run that ended in these grades."""
    digest = "0" * 64
    day = date(2026, 1, 1)
    total = sum(grades.values())
    return RunLine(
        1, "general", day, "trial", day, 3, False, total, total, 0, grades, digest, "1", digest, digest, MOMENT, MOMENT
    )


def test_every_enterprise_is_counted_once() -> None:
    """Grades no band names are shown too."""
    spread = distribution(None, run({"A": 30, "B": 10, "unrated": 5}))
    assert spread.total == sum(count.count for count in spread.counts) == 45
    assert [count.grade for count in spread.counts] == ["A", "B", "unrated"]


def test_the_longest_bar_is_the_largest_grade() -> None:
    """Lengths are in proportion, from zero."""
    spread = distribution(None, run({"A": 40, "B": 10}))
    assert [count.width for count in spread.counts] == [100.0, 25.0]
