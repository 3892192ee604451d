"""Waterfall: the bars add up, hang together and show the limits of bands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.rulebook.index_systems import Band
from probity.show.parts.waterfall import waterfall
from probity.terms import Text

BANDS = (
    Band("A", Text("低", "low"), 8500, None),
    Band("B", Text("中", "middle"), 7000, 8500),
    Band("C", Text("高", "high"), None, 7000),
)


def test_taken_and_given_are_told_apart_and_the_score_comes_last() -> None:
    """What is taken is filled, what is given back is outlined."""
    drawn = waterfall([10000, -1600, 200], BANDS)
    assert [fall.look for fall in drawn.falls] == ["start", "taken", "given"]
    assert drawn.score.width == drawn.falls[-1].joins_to


def test_limits_inside_the_scale_carry_their_letters() -> None:
    """Only limits that can be seen are drawn, the lowest grade stands at the left."""
    drawn = waterfall([10000, -2700], BANDS)
    assert [(limit.points, limit.grade) for limit in drawn.limits] == [(7000, "B"), (8500, "A")]
    assert drawn.lowest_grade == "C"


def test_nothing_to_draw_is_refused() -> None:
    """A score without a contribution does not exist."""
    with pytest.raises(ValueError, match="start"):
        waterfall([], BANDS)


@given(st.lists(st.integers(-3000, 3000), max_size=30))
def test_bars_hang_on_each_other_and_stay_on_the_scale(points: list[int]) -> None:
    """Each bar begins where the one above ended, whatever the contributions."""
    drawn = waterfall([10000, *points], BANDS)
    for above, below in pairwise(drawn.falls):
        assert above.joins_to == below.joins_from
    for fall in drawn.falls:
        assert -0.01 <= fall.x <= 100.01
        assert fall.x + fall.width <= 100.01
