"""Judged: a small city of random facts, and what its runs and outcomes say."""

import random
from datetime import date, datetime, timedelta

from probity.engine.frames import Fact
from probity.guard.procedures.queries import lawbook
from probity.judge.evaluation import queries
from probity.judge.evaluation.actions import run
from probity.judge.evaluation.types import RunLine
from probity.know.registry.queries import enterprises
from tests.unit.know.dossiers.acted import BEGAN, BY, Stage

SYSTEMS = ("general", "jiangsu-environment-2020")
DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2026-01-30", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31", "2026-06-30")
)
"""A calendar that crosses ends of months and edges of windows."""


def fact(dice: random.Random, system: str) -> Fact:
    """Return a random fact of a type the index system counts, near the edges of its windows."""
    rules = lawbook().index_system(system, on=DAYS[0])
    type_ = lawbook().record_type(dice.choice(sorted(rules.record_types)), on=DAYS[0])
    months = dice.choice([0, 6, 12, 24, 36, 60])
    day = dice.choice(DAYS) - timedelta(days=round(months * 30.44) + dice.randint(-3, 3))
    kinds, degrees = (sorted(type_.fields[key].choices) if key else [None] for key in (type_.kind, type_.degree))
    return Fact(
        0,
        type_.key,
        day,
        until=day + timedelta(days=dice.randint(1, 400)) if dice.random() < 0.4 else None,
        kind=dice.choice(kinds),
        degree=dice.choice(degrees),
        amount=dice.choice([None, dice.randint(0, 10**9)]),
        points=dice.choice([None, dice.randint(0, 1200)]),
    )


def judged(system: str, as_of: date, *, known_at: datetime | None = None, full: bool = False) -> RunLine:
    """Judge everyone."""
    return run(system=system, as_of=as_of, known_at=known_at, full=full, by=BY, at=BEGAN)


def outcomes(stage: Stage, system: str) -> dict[int, tuple[int | None, str]]:
    """Return enterprise → (score, grade) by its latest outcome."""
    found = {number: queries.outcome(number, system=system, by=BY) for number in stage.enterprises}
    return {number: one[:2] for number, one in found.items() if one}


def explained(stage: Stage, system: str, as_of: date, known_at: datetime | None = None) -> dict[int, tuple]:
    """Return enterprise → (score, grade) as explained one by one."""
    found = {}
    for number, line in enterprises(stage.enterprises).items():
        if not line.is_sole_trader:
            told = queries.explain(line.code, system=system, as_of=as_of, known_at=known_at, by=BY)
            found[number] = (told.evaluation.score, told.evaluation.grade)
    return found
