"""Rates: they add up to the quota to the millionth, whatever the weights."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.engine.drawing import rates_for
from probity.engine.drawing.types import MILLION, DrawRefused

WEIGHTS = st.lists(st.integers(1, 10**6), min_size=1, max_size=60).map(
    lambda listed: {f"k{number:03d}": weight for number, weight in enumerate(listed)}
)


@given(WEIGHTS, st.data())
def test_rates_add_up_and_stay_within_floor_and_certainty(weights: dict[str, int], data: st.DataObject) -> None:
    """The sum is exact; nobody's chance is below the floor or above one; more weight is never less chance."""
    take = data.draw(st.integers(1, len(weights)))
    floor = data.draw(st.integers(1, take * MILLION // len(weights)))
    equal = data.draw(st.sampled_from([0, 1, 200_000, 999_999, MILLION]))
    rates = rates_for(weights, take, equal_ppm=equal, floor_ppm=floor)
    assert sum(rates.values()) == take * MILLION
    assert all(floor <= rate <= MILLION for rate in rates.values())
    risen = [rates[key] for key in sorted(weights, key=lambda key: weights[key])]
    assert all(one <= other + 1 for one, other in pairwise(risen))


def test_what_certainty_cuts_off_goes_to_the_others() -> None:
    """One unit of weight ninety among ten of one: certain, and the rest share what is left."""
    rates = rates_for({"big": 90} | {f"s{number}": 1 for number in range(10)}, 3)
    assert rates["big"] == MILLION
    assert set(rates.values()) == {MILLION, 200_000}


def test_the_control_part_gives_everybody_a_share_of_equal_chance() -> None:
    """With a fifth equal, the lightest class keeps at least a fifth of the mean rate."""
    weights = {f"a{number}": 1 for number in range(900)} | {f"d{number}": 1000 for number in range(100)}
    rates = rates_for(weights, 50, equal_ppm=200_000)
    assert rates["a0"] >= 10_000
    assert sum(rates.values()) == 50 * MILLION


@pytest.mark.parametrize(
    ("weights", "take", "floor", "words"),
    [({"a": 1}, 2, 1, "cannot be drawn"), ({"a": 1}, 0, 1, "cannot be drawn"), ({"a": 1, "b": 1}, 1, 500_001, "floor"),
     ({"a": 1}, 1, 0, "floor"), ({"a": 0, "b": 1}, 1, 1, "weights")],
)  # fmt: skip
def test_an_impossible_quota_is_refused_in_words(weights: dict[str, int], take: int, floor: int, words: str) -> None:
    """Nothing is silently drawn by another design."""
    with pytest.raises(DrawRefused, match=words) as refusal:
        rates_for(weights, take, floor_ppm=floor)
    assert refusal.value.text.zh
