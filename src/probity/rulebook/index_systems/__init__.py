"""Index systems: how conduct is weighed, read from dated files and checked."""

from probity.rulebook.index_systems.reading import read_index_system
from probity.rulebook.index_systems.types import (
    AmountStep,
    Band,
    Dimension,
    Effect,
    GradeRule,
    IndexSystem,
    Indicator,
    PerAmount,
    PerChoice,
    PerMonth,
    PerOccurrence,
    Publication,
    Selection,
    Silence,
    Slot,
    Stated,
    Tariff,
)

__all__ = [
    "AmountStep",
    "Band",
    "Dimension",
    "Effect",
    "GradeRule",
    "IndexSystem",
    "Indicator",
    "PerAmount",
    "PerChoice",
    "PerMonth",
    "PerOccurrence",
    "Publication",
    "Selection",
    "Silence",
    "Slot",
    "Stated",
    "Tariff",
    "read_index_system",
]
