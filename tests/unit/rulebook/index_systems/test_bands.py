"""Bands: how far a score can reach decides which bands make sense."""

from probity.rulebook.index_systems.bands import ENDLESS, Reach, held, of_dimension, of_indicator, of_score
from tests.unit.engine.systems import SYSTEM


def test_reach_of_an_indicator_is_its_cap_or_endless() -> None:
    penalties, visits, _, awards = SYSTEM.indicators
    assert of_indicator(penalties) == Reach(-3000, 0)
    assert of_indicator(visits) == Reach(-ENDLESS, 0)
    assert of_indicator(awards) == Reach(0, ENDLESS)


def test_reach_of_a_dimension_and_of_the_score_ends_at_their_limits() -> None:
    assert of_dimension(SYSTEM.dimensions[0]) == Reach(-5000, 0)
    assert of_dimension(SYSTEM.dimensions[1]) == Reach(0, 400)
    assert of_score(10000, SYSTEM.dimensions, 0, 10000) == Reach(5000, 10000)


def test_limits_hold_both_edges() -> None:
    assert held(Reach(-500, 500), -100, 200) == Reach(-100, 200)
    assert held(Reach(-500, 500), None, None) == Reach(-500, 500)
