"""Shelves: the edition in force is the latest not after the day."""

from datetime import date

import pytest

from probity.rulebook.shelves import Shelf


def shelf() -> Shelf[str]:
    held: Shelf[str] = Shelf("rule")
    held.put("fine", date(2022, 1, 1), "second")
    held.put("fine", date(2020, 1, 1), "first")
    held.put("fine", date(2024, 1, 1), None)
    return held


def test_editions_follow_each_other_and_end() -> None:
    found = [shelf().find("fine", date(year, 6, 1)) for year in (2019, 2020, 2022, 2024)]
    assert found == [None, "first", "second", None]
    assert shelf().repealed_on("fine") == date(2024, 1, 1)
    assert shelf().latest("fine") == "second"


def test_the_nearest_edition_of_an_early_day_is_the_first() -> None:
    assert shelf().nearest(date(2000, 1, 1)) == {"fine": "first"}
    assert shelf().nearest(date(2025, 1, 1)) == {}


def test_a_missing_rule_says_which_and_why() -> None:
    with pytest.raises(KeyError, match="the rule 'fine' is not in force on 2019-01-01"):
        shelf().get("fine", date(2019, 1, 1))
    with pytest.raises(KeyError, match="the rule 'toll' is not in the rulebook"):
        shelf().latest("toll")
