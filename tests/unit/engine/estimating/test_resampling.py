"""Resampling: fixed by the seed, evenly spread, values that belong together stay together."""

from statistics import mean

import pytest

from probity.engine.estimating.resampling import interval_of, resampled_means, thrown


def test_the_same_seed_throws_the_same() -> None:
    """Two people get the same interval from the same file."""
    assert thrown("a", 5) == thrown("a", 5) != thrown("b", 5)
    assert abs(mean(thrown("a", 20_000)) / 2**31 - 1) < 0.02


def test_groups_are_drawn_whole() -> None:
    """A group of ten equal values moves the mean as one."""
    means = set(resampled_means([[1.0] * 10, [0.0] * 10], seed="s", draws=200))
    assert means == {0.0, 0.5, 1.0}


def test_the_interval_is_the_middle() -> None:
    """95 of 100 values, and one value is its own interval."""
    assert interval_of(list(range(1, 1001))) == (25, 975)
    assert interval_of([7]) == (7, 7)
    with pytest.raises(ValueError, match="needs values"):
        interval_of([])
