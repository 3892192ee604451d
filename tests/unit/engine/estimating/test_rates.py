"""Rates: yield and rate are two figures, and the interval holds what it promises."""

import random
from hashlib import sha256

import pytest

from probity.engine.drawing import draw, rates_for
from probity.engine.drawing.types import DrawUnit, Stratum
from probity.engine.estimating import Outcome, SampledVisit, estimated, yield_of

F, C, U = Outcome.FOUND, Outcome.CLEAN, Outcome.UNKNOWN


def test_yield_and_rate_differ_where_risk_was_weighed() -> None:
    """Two risky ones drawn surely with findings, two of many drawn rarely without: 50 % of visits, 2 % of all."""
    visits = [SampledVisit("s", 1_000_000, F)] * 2 + [SampledVisit("s", 20_000, C)] * 2
    told = estimated(visits)
    assert yield_of(visits) == 0.5
    assert told.rate == pytest.approx(2 / 102) and told.total == pytest.approx(2)
    assert told.low < told.rate < told.high and not told.shows_point


def test_a_census_has_no_uncertainty() -> None:
    """Where everybody was visited the rate is known."""
    told = estimated([SampledVisit("s", 1_000_000, F), SampledVisit("s", 1_000_000, C)])
    assert (told.low, told.rate, told.high) == (0.5, 0.5, 0.5)


def test_unknown_outcomes_give_bounds_and_are_never_called_clean() -> None:
    """Not found at the address, refused: left out of the rate, both ways in the bounds."""
    visits = [SampledVisit("s", 100_000, outcome) for outcome in [F] * 2 + [C] * 6 + [U] * 2]
    told = estimated(visits)
    assert (told.rate, told.least, told.most, told.visits) == pytest.approx((0.25, 0.2, 0.4, 8))
    assert yield_of(visits) == 0.25 and yield_of(visits[-2:]) is None
    with pytest.raises(ValueError, match="known"):
        estimated(visits[-2:])


def test_nothing_found_is_no_proof_of_zero() -> None:
    """The upper limit stays above nothing; with fewer visits further above."""
    few, many = (estimated([SampledVisit("s", 50_000, C)] * count) for count in (10, 100))
    assert few.low == few.rate == 0 and few.high > many.high > 0


def test_strata_of_one_visit_still_count() -> None:
    """A lone visit cannot make the interval narrower than without it."""
    visits = [SampledVisit("a", 100_000, F), SampledVisit("b", 100_000, C), SampledVisit("b", 100_000, F)]
    told = estimated(visits)
    assert 0 < told.low < told.rate < told.high <= 1
    assert estimated(visits[:1]).high == 1.0


FRAMES = [(400, 40), (2_000, 60), (5_000, 200), (20_000, 1_000)]


def coverage(size: int, take: int, draws: int) -> float:
    """Return how often the interval holds the true rate of an invented frame with weighed risks."""
    chance = random.Random(size)
    risks = {f"{number:05d}": chance.choice([0.02, 0.02, 0.05, 0.1, 0.35]) for number in range(size)}
    truth = {key: chance.random() < risk for key, risk in risks.items()}
    rate = sum(truth.values()) / size
    rates = rates_for({key: int(risk * 100) for key, risk in risks.items()}, take, equal_ppm=200_000)
    frame = [DrawUnit(key, "s", ppm) for key, ppm in rates.items()]
    held = 0
    for number in range(draws):
        taken = draw(frame, [Stratum("s", size, take, 0)], sha256(f"{size}/{number}".encode()).digest()).drawn["s"]
        told = estimated([SampledVisit("s", rates[key], F if truth[key] else C) for key in taken])
        held += told.low <= rate <= told.high
    return held / draws


def test_the_interval_holds_the_truth_in_95_of_100_draws() -> None:
    """The promise of the interval, by drawing as one really draws."""
    assert coverage(400, 40, 250) >= 0.95


@pytest.mark.soak
@pytest.mark.parametrize(("size", "take"), FRAMES)
def test_the_interval_holds_the_truth_over_3_000_draws(size: int, take: int) -> None:
    """The issue's number, on the four frames of INSPECTION 3.6."""
    found = coverage(size, take, 3_000 if size <= 5_000 else 600)
    print(f"\nframe {size}, take {take}: coverage {found:.3f}")
    assert found >= 0.95
