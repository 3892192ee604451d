"""Waterfall: the bars by which a score is reached, one in each row of its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from probity.rulebook.index_systems import Band


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar in one row, in per cent of the column; `joins_from` and `joins_to` are where it hangs."""

    x: float
    width: float
    look: str  # start | taken | given | score
    joins_from: float | None
    joins_to: float | None


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a band begins on the scale, with the points and the letter written beside it."""

    x: float
    points: int
    grade: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars of all rows, the score's own bar, the limits of bands, and the letter at the left."""

    falls: tuple[Fall, ...]
    score: Fall
    limits: tuple[Limit, ...]
    lowest_grade: str
    starts_from: int


def waterfall(points: Sequence[int], bands: Sequence[Band]) -> Waterfall:
    """Return the bars for contributions in the order of their rows; the first is the start.

    Points are in hundredths. The scale does not begin at zero, so `starts_from` says from where.

    Raises:
        ValueError: when there is no contribution, because then there is no score.
    """
    if not points:
        raise ValueError("a waterfall needs at least the start")
    running = [sum(points[: place + 1]) for place in range(len(points))]
    least, most = _scale(running, bands)

    def place(value: int) -> float:
        return round((value - least) * 100 / (most - least), 3)

    falls = [Fall(0.0, place(running[0]), "start", None, place(running[0]) if len(points) > 1 else None)]
    for before, after in pairwise(running):
        look = "taken" if after < before else "given"
        low, high = place(min(before, after)), place(max(before, after))
        falls.append(Fall(low, round(high - low, 3), look, place(before), place(after)))
    score = Fall(0.0, place(running[-1]), "score", place(running[-1]), None)
    limits = tuple(
        Limit(place(band.starts_at), band.starts_at, band.grade)
        for band in reversed(bands)
        if band.starts_at is not None and least < band.starts_at < most
    )
    return Waterfall(tuple(falls), score, limits, _lowest(bands, least), least)


def _scale(running: Sequence[int], bands: Sequence[Band]) -> tuple[int, int]:
    low, high = min(running), max(running)
    below = [band.starts_at for band in bands if band.starts_at is not None and band.starts_at <= running[-1]]
    if below:
        low = min(low, max(below))
    room = max((high - low) // 6, 100)
    return low - room, high + max((high - low) // 40, 1)


def _lowest(bands: Sequence[Band], least: int) -> str:
    for band in bands:
        starts = band.starts_at
        if not band.by_rule and (starts is None or starts <= least) and (band.below is None or least < band.below):
            return band.grade
    return ""
