"""Calibrating: an officer sees the own rate with its doubt, and nobody else's."""

from dataclasses import fields

import pytest

from probity.engine.estimating import Calibration, calibrated


def test_few_visits_say_little() -> None:
    """Three findings in ten against a usual rate of one in ten is within chance, and is drawn towards it."""
    told = calibrated([True] * 3 + [False] * 7, [0.1] * 10)
    assert not told.differs and told.low < 0.1 < told.high
    assert told.shrunk == pytest.approx(0.14)


def test_many_visits_can_differ() -> None:
    """A hundred visits without a finding where a fifth is usual."""
    assert calibrated([False] * 100, [0.2] * 100).differs


def test_there_is_no_rank_and_nobody_else_in_it() -> None:
    """The own page compares with the kind of visit, never with colleagues."""
    assert {each.name for each in fields(Calibration)} == {"visits", "found", "expected", "low", "high", "shrunk"}


def test_every_visit_has_its_usual_rate() -> None:
    """Otherwise the expectation would be of other visits."""
    for found, usual in (([], []), ([True], [0.1, 0.2])):
        with pytest.raises(ValueError, match="usual rate"):
            calibrated(found, usual)
