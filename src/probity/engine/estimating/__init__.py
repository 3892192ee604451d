"""Estimating: what drawn visits say about all enterprises, and how surely."""

from probity.engine.estimating.calibrating import Calibration, calibrated
from probity.engine.estimating.frequencies import Frequency, Prescribed, frequency, overdue
from probity.engine.estimating.intervals import binomial_limits, korn_graubard
from probity.engine.estimating.rates import Estimate, Outcome, SampledVisit, estimated, yield_of

__all__ = [
    "Calibration",
    "Estimate",
    "Frequency",
    "Outcome",
    "Prescribed",
    "SampledVisit",
    "binomial_limits",
    "calibrated",
    "estimated",
    "frequency",
    "korn_graubard",
    "overdue",
    "yield_of",
]
