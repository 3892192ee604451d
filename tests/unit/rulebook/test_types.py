"""Nouns of the law: how long a record may be shown, and what it says of whom."""

from dataclasses import replace
from datetime import date

from probity.rulebook import Rulebook
from probity.rulebook.types import Bearing, Publicity
from tests.unit.rulebook.small import layer

TYPE = Rulebook.read([layer()]).record_type("penalty", date(2024, 1, 1))
assert TYPE.publicity is not None
PUBLICITY: Publicity = TYPE.publicity


def test_the_longest_of_several_terms_counts_and_silence_takes_the_shortest() -> None:
    both = replace(PUBLICITY, months_when={"category": {"fine": 12}, "severity": {"serious": 36}})
    assert both.term_months({"category": "fine", "severity": "serious"}) == 36
    assert both.term_months({"category": "fine"}) == 12
    assert both.term_months({"severity": None}) == 3


def test_no_months_at_all_means_for_as_long_as_it_stands() -> None:
    assert replace(PUBLICITY, months=None, months_when={}).term_months({}) is None


def test_an_adverse_value_outweighs_the_bearing_of_the_type() -> None:
    neutral = replace(TYPE, bearing=Bearing.NEUTRAL, neutral_when={}, adverse_when={"category": ("fine",)})
    assert neutral.bearing_of({"category": "fine"}) is Bearing.ADVERSE
    assert neutral.bearing_of({"category": "warning"}) is Bearing.NEUTRAL
    assert neutral.bearing_of({}) is Bearing.NEUTRAL
