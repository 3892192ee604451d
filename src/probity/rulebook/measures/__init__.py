"""Measures: incentives and constraints with their basis, and what they answer."""

from probity.rulebook.measures.reading import read_measure
from probity.rulebook.measures.scenarios import read_legality, read_scenario
from probity.rulebook.measures.types import Bite, Legality, Measure, MeasureKind, Scenario, Trigger, Verdict

__all__ = [
    "Bite",
    "Legality",
    "Measure",
    "MeasureKind",
    "Scenario",
    "Trigger",
    "Verdict",
    "read_legality",
    "read_measure",
    "read_scenario",
]
