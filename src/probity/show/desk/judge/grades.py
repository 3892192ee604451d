"""Grades: how the enterprises of a run are spread over its bands."""

from collections.abc import Sequence
from dataclasses import dataclass

from probity.judge.evaluation.types import RunLine
from probity.rulebook.index_systems import IndexSystem
from probity.terms import Text


@dataclass(frozen=True, slots=True)
class GradeCount:
    """One grade with its number; `width` in per cent of the largest, so that bars start at zero."""

    grade: str
    label: Text
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """The grades of one run, best first, then those that no band names."""

    run: RunLine
    counts: Sequence[GradeCount]
    total: int


def distribution(system: IndexSystem | None, run: RunLine) -> Distribution:
    """Return the distribution of a run; grades nobody has are shown with nought."""
    labels = {band.grade: band.label for band in system.bands} if system else {}
    grades = [*labels, *sorted(grade for grade in run.grades if grade not in labels)]
    most = max(run.grades.values(), default=0)
    unrated = Text("不评级", "not rated")
    counts = tuple(
        GradeCount(
            grade,
            labels.get(grade, unrated if grade == "unrated" else Text(grade, grade)),
            run.grades.get(grade, 0),
            round(100 * run.grades.get(grade, 0) / most, 2) if most else 0.0,
        )
        for grade in grades
    )
    return Distribution(run, counts, sum(run.grades.values()))
