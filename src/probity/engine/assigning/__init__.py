"""Assigning: who goes where, by chance, within exclusions no chance passes."""

from probity.engine.assigning.chances import ChanceRange, pair_chances
from probity.engine.assigning.explaining import Shortage, shortage_of
from probity.engine.assigning.matching import broken_rules, cost_of, teams_by
from probity.engine.assigning.types import Inspector, Pool, Reason, Team, VisitNeed

__all__ = [
    "ChanceRange",
    "Inspector",
    "Pool",
    "Reason",
    "Shortage",
    "Team",
    "VisitNeed",
    "broken_rules",
    "cost_of",
    "pair_chances",
    "shortage_of",
    "teams_by",
]
