"""Calibrating: one's own findings beside what such visits usually show."""

from collections.abc import Sequence
from dataclasses import dataclass

from probity.engine.estimating.intervals import binomial_limits

_PRIOR_VISITS = 40
"""How many usual visits one's own are weighed against: at 40 visits and a rate of 15 per cent the
error of a difference is 5.6 points (INSPECTION 3.7), as large as most true differences."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """An officer's own finding rate, for that officer alone (自我校准).

    `expected` is the rate of visits of the same kinds by everybody; `low` and `high` hold the own
    rate with 95 per cent; `shrunk` is the own rate drawn towards the expected one. There is no
    rank and no name of anybody else in it.
    """

    visits: int
    found: int
    expected: float
    low: float
    high: float
    shrunk: float

    @property
    def differs(self) -> bool:
        """Whether the usual rate lies outside the interval of the own one."""
        return not self.low <= self.expected <= self.high


def calibrated(found: Sequence[bool], usual: Sequence[float]) -> Calibration:
    """Return one's own calibration.

    Args:
        found: for each own visit, whether it found something.
        usual: for each own visit, the rate of visits of that kind by everybody else.

    Raises:
        ValueError: when there are no visits, or the two differ in length.
    """
    if not found or len(found) != len(usual):
        raise ValueError("every own visit has its usual rate, and there is at least one")
    count, hits = len(found), sum(found)
    expected = sum(usual) / count
    low, high = binomial_limits(hits, count)
    shrunk = (hits + _PRIOR_VISITS * expected) / (count + _PRIOR_VISITS)
    return Calibration(count, hits, expected, low, high, shrunk)
