"""Types of the engine: they do not change once made."""

import dataclasses

import pytest

from probity.engine.reference import judge
from tests.unit.engine.make import DAY
from tests.unit.engine.systems import SYSTEM


def test_an_evaluation_and_its_contributions_are_frozen() -> None:
    evaluation = judge(SYSTEM, [], DAY)
    with pytest.raises(dataclasses.FrozenInstanceError):
        evaluation.score = 0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        evaluation.contributions[0].points = 0  # type: ignore[misc]
