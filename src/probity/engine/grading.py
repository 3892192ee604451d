"""Grading: from a score and the rules that fired to a grade, for both engines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from probity.engine.types import Fired
from probity.rulebook.index_systems import Effect, GradeRule, IndexSystem

if TYPE_CHECKING:
    import narwhals as nw


def grade_of(system: IndexSystem, score: int, fired: Sequence[Fired]) -> str:
    """Return the grade.

    The score finds its band; the first direct grade that fired replaces it; ceilings that fired
    lower it; a veto that fired makes it the worst one. Grades are ordered as the file lists its
    bands, never by their letters.
    """
    ranks = {band.grade: rank for rank, band in enumerate(system.bands)}
    direct = [rule for rule in fired if rule.effect is Effect.DIRECT]
    reached = ranks[direct[0].grade] if direct else band_of(system, score)
    others = [ranks[rule.grade] for rule in fired if rule.effect is not Effect.DIRECT]
    return system.bands[max([reached, *others])].grade


def band_of(system: IndexSystem, score: int) -> int:
    """Return the place of the band in which a score lies, best first; the reader leaves no gap."""
    for rank, band in enumerate(system.bands):
        if not band.by_rule and (band.starts_at is None or score >= band.starts_at):
            return rank
    raise AssertionError(f"no band of {system.key} holds {score}")


def rank_column(system: IndexSystem, score: "nw.Expr", fired: Sequence[tuple[GradeRule, "nw.Expr"]]) -> "nw.Expr":
    """Return the same as `grade_of` for a column: the place of the grade in the bands, int64.

    Args:
        system: the index system.
        score: the column of scores in hundredths.
        fired: each grade rule with the column that says whether it fired, in the file's order.
    """
    import narwhals as nw

    ranks = {band.grade: nw.lit(rank, nw.Int64) for rank, band in enumerate(system.bands)}
    scored = [band for band in system.bands if not band.by_rule]
    rank = ranks[scored[-1].grade]
    for band in reversed(scored[:-1]):
        rank = nw.when(score >= band.starts_at).then(ranks[band.grade]).otherwise(rank)
    for rule, has_fired in reversed([pair for pair in fired if pair[0].effect is Effect.DIRECT]):
        rank = nw.when(has_fired).then(ranks[rule.grade]).otherwise(rank)
    for rule, has_fired in (pair for pair in fired if pair[0].effect is not Effect.DIRECT):
        rank = nw.max_horizontal(rank, nw.when(has_fired).then(ranks[rule.grade]).otherwise(nw.lit(0, nw.Int64)))
    return rank
