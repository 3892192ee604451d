"""Acts: an entry of the trail in words, whatever it holds."""

import pytest

from probity.show.parts.acts import LONGEST, _changes, _href, _short, title_of_act

PLACES = {"batch": "desk:delivery", "enterprise": "desk:enterprise"}


def test_an_act_without_a_title_is_still_told_in_words() -> None:
    """A room that forgot its titles does not break the overseer's page."""
    assert title_of_act("record.repair").en == "Record repaired"
    assert title_of_act("record.some_new_thing").zh == "记录：some new thing"
    assert title_of_act("strange").en == "strange: strange"


def test_what_came_and_what_went_are_both_told() -> None:
    """A name that stands on one side only has a dash on the other."""
    assert list(_changes({"a": 1}, {"a": 2, "b": "x"})) == [("a", "1", "2"), ("b", "–", "x")]


@pytest.mark.parametrize(
    ("value", "said"), [({"a": 1}, "a: 1"), ([1, 2], "1, 2"), ("", "–"), (None, "–"), (0, "0"), (True, "True")]
)
def test_values_are_told_plainly(value: object, said: str) -> None:
    """As text, never as code."""
    assert _short(value) == said


def test_a_long_value_is_cut() -> None:
    """The whole stands in the export."""
    assert len(_short("长" * 500)) == LONGEST and _short("长" * 500).endswith("…")


def test_a_thing_leads_to_its_page_where_the_face_has_one() -> None:
    """Other things are told without a link."""
    assert _href("batch:7", PLACES) == "/desk/deliveries/7/"
    assert _href("enterprise:91350100M000100Y43", PLACES) == "/desk/enterprises/91350100M000100Y43/"
    assert _href("embargo:case:7", PLACES) == _href("batch", PLACES) == _href("readings:2026-07-10", PLACES) == ""
