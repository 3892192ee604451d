"""Rates: yield and estimated rate, two figures under two names, never one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from probity.engine.estimating.intervals import korn_graubard

MILLION = 1_000_000

FEWEST_FOR_A_POINT = 60
"""Below this many visits the interval is shown first and the point in grey (INSPECTION 3.6)."""


class Outcome(StrEnum):
    """What became of a drawn visit (检查结局); not found and refused are their own outcome, never *clean*."""

    FOUND = "found"
    CLEAN = "clean"
    UNKNOWN = "unknown"


class SampledVisit(NamedTuple):
    """One drawn visit: its stratum, the probability with which it was drawn in millionths, what came of it."""

    stratum: str
    ppm: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate among all enterprises of the frame, from those drawn (估计发现率).

    `rate` leaves unknown outcomes out; `low` and `high` are its 95 per cent interval; `least` and
    `most` count all unknown outcomes as clean, or as found. `total` is how many enterprises of
    the frame would show a finding (Horvitz and Thompson). `visits` are those with a known outcome.
    """

    rate: float
    low: float
    high: float
    total: float
    visits: int
    least: float
    most: float

    @property
    def shows_point(self) -> bool:
        """Whether there are visits enough to show the point beside the interval."""
        return self.visits >= FEWEST_FOR_A_POINT


def yield_of(visits: Iterable[SampledVisit]) -> float | None:
    """Return the yield: the share of visits with a finding; says nothing of enterprises not visited."""
    known = [visit for visit in visits if visit.outcome is not Outcome.UNKNOWN]
    return sum(visit.outcome is Outcome.FOUND for visit in known) / len(known) if known else None


def estimated(visits: Sequence[SampledVisit]) -> Estimate:
    """Return the estimated rate of the frame: Hájek's form, Korn and Graubard's interval.

    Raises:
        ValueError: when no visit has a known outcome.
    """
    known = [visit for visit in visits if visit.outcome is not Outcome.UNKNOWN]
    if not known:
        raise ValueError("no visit with a known outcome")
    rate = _hajek(known, {Outcome.FOUND})
    uncertain = [visit for visit in known if visit.ppm < MILLION]
    low, high = _limits(known, uncertain, rate) if uncertain else (rate, rate)
    everybody = sum(MILLION / visit.ppm for visit in visits)
    unknown = sum(MILLION / visit.ppm for visit in visits if visit.outcome is Outcome.UNKNOWN) / everybody
    sure = _hajek(visits, {Outcome.FOUND})
    total = sum(MILLION / visit.ppm for visit in known if visit.outcome is Outcome.FOUND)
    return Estimate(rate, low, high, total, len(known), sure, min(sure + unknown, 1.0))


def _hajek(visits: Sequence[SampledVisit], counted: set[Outcome]) -> float:
    weights = [MILLION / visit.ppm for visit in visits]
    hits = sum(weight for visit, weight in zip(visits, weights, strict=True) if visit.outcome in counted)
    return hits / sum(weights)


def _limits(known: Sequence[SampledVisit], uncertain: Sequence[SampledVisit], rate: float) -> tuple[float, float]:
    weights = [MILLION / visit.ppm for visit in known]
    strata = {visit.stratum for visit in uncertain}
    kish = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    return korn_graubard(rate, _variance(uncertain, rate, sum(weights)), len(known), len(strata), kish)


def _variance(uncertain: Sequence[SampledVisit], rate: float, size: float) -> float:
    """Return Hájek's approximation of the variance from first-order probabilities alone, by stratum.

    Certainty units add nothing. A stratum of a single visit is joined to the next one, which can
    only make the interval wider.
    """
    by_stratum: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for visit in uncertain:
        share = visit.ppm / MILLION
        value = ((visit.outcome is Outcome.FOUND) - rate) / size
        by_stratum[visit.stratum].append((1 - share, value / share))
    single = [pair for pairs in by_stratum.values() if len(pairs) == 1 for pair in pairs]
    layers = [pairs for pairs in by_stratum.values() if len(pairs) > 1]
    if single and (len(single) > 1 or not layers):
        layers.append(single)
    elif single:
        layers[0] = layers[0] + single
    variance = 0.0
    for pairs in layers:
        free = sum(weight for weight, _ in pairs)
        centre = sum(weight * value for weight, value in pairs) / free
        count = len(pairs)
        spread = sum(weight * (value - centre) ** 2 for weight, value in pairs)
        variance += spread * count / (count - 1) if count > 1 else spread
    return variance
