"""Tags: how money, points, days and digests are written."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from probity.know.registry.types import Page
from probity.show.parts.templatetags import probity as tags
from probity.terms import Text


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (1_200_000, "1.20 万元（12,000 元）", "¥12,000"),
        (123_456_789, "123.456789 万元（1,234,567.89 元）", "¥1,234,567.89"),
        (1, "0.000001 万元（0.01 元）", "¥0.01"),
        (0, "0.00 万元（0 元）", "¥0"),
    ],
)
def test_money_is_never_rounded_away(fen: int, zh: str, en: str) -> None:
    """Two decimals at least, six at most, and the other unit beside it in Chinese."""
    with translation.override("zh-hans"):
        assert tags.money(fen) == zh
    with translation.override("en"):
        assert tags.money(fen) == en


def test_points_line_up_with_two_decimals_and_a_true_minus() -> None:
    """A column of points can be added by eye."""
    assert [tags.points(value) for value in (7300, -250, None)] == ["73.00", "−2.50", "–"]
    assert tags.signed_points(200) == "+2.00"


def test_days_and_moments_are_of_shanghai() -> None:
    """A moment late in the UTC evening belongs to the next legal day."""
    late = datetime(2026, 11, 16, 16, 30, tzinfo=UTC)
    assert (tags.day(late), tags.day(date(2026, 11, 16)), tags.moment(late)) == (
        "2026-11-17",
        "2026-11-16",
        "2026-11-17 00:30",
    )


def test_a_digest_is_shortened_in_the_middle() -> None:
    """Both ends can be compared by eye."""
    assert tags.shortened("4be192c7" + "0" * 52 + "0d5f") == "4be1 92c7 … 0d5f"
    assert tags.shortened("") == "–"


def test_a_text_follows_the_language_of_the_page() -> None:
    """The same page in two languages, from one value."""
    with translation.override("zh-hans"):
        assert tags.of(Text("处罚", "Penalty")) == "处罚"
    with translation.override("en"):
        assert tags.of(Text("处罚", "Penalty")) == "Penalty"


def test_page_numbers_leave_gaps_and_keep_the_ends() -> None:
    """A list of thousands offers its first, last and near pages."""
    assert tags.page_numbers(Page((), 6, 10, 200)) == [1, None, 5, 6, 7, None, 20]
    assert tags.page_numbers(Page((), 1, 10, 5)) == [1]


def test_a_share_of_nothing_is_a_dash() -> None:
    """Nought of nought is not nought per cent."""
    assert (tags.share_of(1, 3), tags.share_of(0, 0)) == ("33.3%", "–")
