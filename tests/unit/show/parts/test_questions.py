"""Questions: both clocks out of the address."""

from datetime import date

import pytest

from probity.show.parts.questions import question, read_day
from probity.terms import end_of_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["2026-11-16", "2026/11/16", "2026.11.16", "2026年11月16日", " 2026-11-16 "])
def test_a_day_is_understood_in_both_ways_of_writing(text: str) -> None:
    """Officers type what stands on their papers."""
    assert read_day(text) == date(2026, 11, 16)


@pytest.mark.parametrize("text", ["", "16.11.2026", "2026-02-30", "yesterday"])
def test_what_is_no_day_is_none(text: str) -> None:
    """A day is never guessed."""
    assert read_day(text) is None


def test_without_a_question_it_is_today_as_known_now() -> None:
    """The plain address of a page never grows stale."""
    asked = question({}, TODAY)
    assert (asked.as_of, asked.known_at, asked.is_another_day, asked.query) == (TODAY, None, False, "")


def test_a_day_of_knowledge_means_its_end_in_shanghai() -> None:
    """`known_at` of a bare date is the last moment of that day."""
    asked = question({"as_of": "2026-06-30", "known_at": "2026-07-01"}, TODAY)
    assert asked.known_at == end_of_day(date(2026, 7, 1))
    assert asked.query == "?as_of=2026-06-30&known_at=2026-07-01"


def test_a_misread_day_is_named() -> None:
    """The page says which field was not a day instead of showing another one silently."""
    assert question({"as_of": "soon"}, TODAY).misread == ("as_of",)
