"""Bands: which scores share a grade; what no score can reach is refused."""

from collections.abc import Sequence
from typing import NamedTuple

from probity.rulebook.index_systems.tariffs import points_of
from probity.rulebook.index_systems.types import Band, Dimension, Indicator, PerAmount, PerChoice, Stated
from probity.rulebook.reading import Node
from probity.terms import Text, scaled_half_up

ENDLESS = 2**53
"""Stands for points without limit; no real index system comes near (9 × 10^13 points)."""


class Reach(NamedTuple):
    """The least and the most a sum can come to, in hundredths, both included."""

    least: int
    most: int


def of_indicator(indicator: Indicator) -> Reach:
    """Return what an indicator can come to, over any number of facts."""
    tariff = indicator.tariff
    is_nothing = (
        (isinstance(tariff, PerChoice) and not any((*tariff.points.values(), tariff.others)))
        or (isinstance(tariff, PerAmount) and not any(step.points for step in tariff.steps))
        or (isinstance(tariff, Stated) and tariff.most == 0)
    )
    most = 0 if is_nothing else ENDLESS
    if indicator.at_most is not None:
        most = min(most, indicator.at_most)
    return Reach(-most, 0) if indicator.sign < 0 else Reach(0, most)


def of_dimension(dimension: Dimension) -> Reach:
    """Return what a dimension can come to, after its limits and its weight."""
    reaches = [of_indicator(indicator) for indicator in dimension.indicators]
    sums = held(
        Reach(
            dimension.starts_at + sum(reach.least for reach in reaches),
            dimension.starts_at + sum(reach.most for reach in reaches),
        ),
        dimension.at_least,
        dimension.at_most,
    )
    if dimension.weight is None:
        return sums
    return Reach(*(scaled_half_up(edge, dimension.weight, 100) for edge in sums))


def of_score(starts_at: int, dimensions: Sequence[Dimension], at_least: int | None, at_most: int | None) -> Reach:
    """Return what a score can come to."""
    reaches = [of_dimension(dimension) for dimension in dimensions]
    least = starts_at + sum(reach.least for reach in reaches)
    most = starts_at + sum(reach.most for reach in reaches)
    return held(Reach(least, most), at_least, at_most)


def held(reach: Reach, at_least: int | None, at_most: int | None) -> Reach:
    """Return a reach cut at its limits, as the engine cuts: the cap first, then the floor."""
    edges = [edge if at_most is None else min(edge, at_most) for edge in reach]
    return Reach(*(edge if at_least is None else max(edge, at_least) for edge in edges))


def read_bands(node: Node, labels: dict[str, Text], reach: Reach) -> tuple[Band, ...]:
    """Return the bands, best first, from `grades`.

    A band is `{from, below}`; the best has no `below` and the worst no `from`, or they lie
    beyond what a score can reach. `by_rule` is a grade that no score leads to.

    Raises:
        RuleFault: on a gap, an overlap, a wrong order, or a band that no score reaches.
    """
    bands: list[Band] = []
    edge: int | None = None  # where the band above begins; None before the first
    open_above = True
    for grade, found in node.entries():
        if not found.is_mapping:
            if found.text() != "by_rule":
                found.fail("应为 {from, below} 或 by_rule", "{from, below} or by_rule was expected")
            bands.append(Band(grade, labels[grade], None, None, by_rule=True))
            continue
        start, below = found.take("from"), found.take("below")
        found.close()
        starts_at, ends_below = points_of(start), points_of(below)
        _refuse_misfit(found, edge, ends_below, is_first=open_above)
        if starts_at is not None and ends_below is not None and starts_at >= ends_below:
            found.fail("界限未按顺序排列", "`from` is not below `below`")
        if not open_above and edge is None:
            found.fail("等级区间重叠", "the bands overlap: the one above has no `from`")
        if (starts_at is not None and starts_at > reach.most) or (ends_below is not None and ends_below <= reach.least):
            found.fail("没有分数能达到此等级", "no score can reach this band")
        bands.append(Band(grade, labels[grade], starts_at, ends_below))
        edge, open_above = starts_at, False
    if open_above:
        node.fail("至少应有一个由分数达到的等级", "at least one grade is reached by a score")
    if edge is not None and edge > reach.least:
        node.fail("最低分以下没有等级", "scores below the last band have no grade")
    _refuse_uncovered_top(node, bands, reach)
    return tuple(bands)


def _refuse_misfit(found: Node, edge: int | None, below: int | None, *, is_first: bool) -> None:
    if is_first:
        return
    if below is None:
        found.fail("等级区间重叠：缺少 below", "the bands overlap: `below` is missing")
    if edge is not None and below > edge:
        found.fail("等级区间重叠，或未按由好到差排列", "the bands overlap, or are not listed best first")
    if edge is not None and below < edge:
        found.fail("等级区间之间有空隙", "there is a gap between the bands")


def _refuse_uncovered_top(node: Node, bands: Sequence[Band], reach: Reach) -> None:
    best = next(band for band in bands if not band.by_rule)
    if best.below is not None and best.below <= reach.most:
        node.fail("最高分没有等级", "the highest scores have no grade")
