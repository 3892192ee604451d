"""Types of an index system: what they say of themselves."""

import pytest

from tests.unit.engine.systems import SYSTEM


def test_a_grade_finds_its_band_and_an_unknown_one_is_refused_with_a_sentence() -> None:
    assert SYSTEM.band("B").starts_at == 7000
    with pytest.raises(KeyError, match="has no grade 'Z'"):
        SYSTEM.band("Z")


def test_two_readings_are_two_systems() -> None:
    """Whatever is prepared for one object must not be found for another of the same words."""
    assert SYSTEM == SYSTEM  # noqa: PLR0124
    assert len({SYSTEM}) == 1
