"""Backtesting: past visits dealt again by a score, on the real days."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from probity.engine.estimating.resampling import interval_of, resampled_means, thrown
from probity.engine.forecasting.past_visits import NotUsable, PastVisit

BACKTEST_SEED = "probity-backtest-1"
"""The fixed seed of all resampling: the same file gives the same interval to everybody."""

_RESAMPLED, _RANDOM_RUNS = 2_000, 200


@dataclass(frozen=True, slots=True)
class Ordering:
    """What one ordering of the visits would have done (排序结果).

    `days_earlier` is the mean over visits with a finding of (real day − simulated day);
    `first_half` counts the findings on the days that hold the earliest half of the visits.
    """

    days_earlier: float
    first_half: int
    share_later: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """An ordering against current practice, chance, three rules and perfect knowledge (回溯检验).

    Intervals are 95 per cent: over enterprises, and over weeks. `share_of_gain` is the part of
    what perfect knowledge would gain. `auc` is None where every visit, or none, found something.
    """

    n: int
    found: int
    score: Ordering
    interval: tuple[float, float]
    interval_by_week: tuple[float, float]
    first_half_actual: int
    auc: float | None
    random: float
    random_interval: tuple[float, float]
    rules: Ordering | None
    perfect: Ordering
    by_group: Mapping[str, tuple[int, int, float]]

    @property
    def share_of_gain(self) -> float | None:
        """Which share of the possible gain the ordering reaches; None where nothing can be gained."""
        return self.score.days_earlier / self.perfect.days_earlier if self.perfect.days_earlier else None


def backtest(visits: Sequence[PastVisit]) -> Backtest:
    """Deal past visits again by their score and compare.

    Within each unit the real days with their real number of visits are kept, and the first go to
    the highest scores; equal scores keep the order of the file. Assumes that a finding of day 40
    would have been there on day 1.

    Raises:
        NotUsable: when there is nothing to measure.
    """
    if not any(visit.found for visit in visits):
        raise NotUsable("没有一次检查发现问题，无从比较", "no visit found anything: there is nothing to compare")
    half = _days_of_first_half(visits)
    scored = _dealt(visits, lambda at: -visits[at].score)
    gains = {at: (visit.day - scored[at]).days for at, visit in enumerate(visits) if visit.found}
    chance = [
        _told(
            visits, _dealt(visits, thrown(f"{BACKTEST_SEED}/order/{run}", len(visits)).__getitem__), half
        ).days_earlier
        for run in range(_RANDOM_RUNS)
    ]
    ruled = all(visit.rule_key is not None for visit in visits)
    return Backtest(
        n=len(visits),
        found=len(gains),
        score=_told(visits, scored, half),
        interval=_interval(visits, gains, lambda visit: visit.enterprise),
        interval_by_week=_interval(visits, gains, lambda visit: f"{visit.day - timedelta(visit.day.weekday())}"),
        first_half_actual=sum(visit.found and visit.day in half for visit in visits),
        auc=auc_of(visits),
        random=mean(chance),
        random_interval=interval_of(chance),
        rules=_told(visits, _dealt(visits, lambda at: _by_rules(visits[at])), half) if ruled else None,
        perfect=_told(visits, _dealt(visits, lambda at: not visits[at].found), half),
        by_group=_by_group(visits, gains),
    )


def auc_of(visits: Sequence[PastVisit]) -> float | None:
    """Return the chance that a visit with a finding outscores one without, ties counting half."""
    found = [visit.score for visit in visits if visit.found]
    others = sorted(visit.score for visit in visits if not visit.found)
    if not found or not others:
        return None
    above = sum(bisect_left(others, score) + bisect_right(others, score) for score in found)
    return above / (2 * len(found) * len(others))


def _dealt(visits: Sequence[PastVisit], key: Callable[[int], object]) -> list[date]:
    """Return the simulated day of each visit: a unit's real days, dealt in the order of the key."""
    days = [visit.day for visit in visits]
    units: dict[str, list[int]] = defaultdict(list)
    for at, visit in enumerate(visits):
        units[visit.unit].append(at)
    simulated = days.copy()
    for places in units.values():
        slots = sorted(days[at] for at in places)
        for at, day in zip(sorted(places, key=key), slots, strict=True):  # type: ignore[arg-type]
            simulated[at] = day
    return simulated


def _days_of_first_half(visits: Sequence[PastVisit]) -> set[date]:
    """Return the earliest days that together hold no more than half of the visits; whole days only."""
    counted, held, days = Counter(visit.day for visit in visits), 0, set()
    for day in sorted(counted):
        held += counted[day]
        if held * 2 > len(visits):
            break
        days.add(day)
    return days


def _told(visits: Sequence[PastVisit], simulated: Sequence[date], half: set[date]) -> Ordering:
    gains = [(visit.day - day).days for visit, day in zip(visits, simulated, strict=True) if visit.found]
    early = sum(visit.found and day in half for visit, day in zip(visits, simulated, strict=True))
    return Ordering(mean(gains), early, sum(gain < 0 for gain in gains) / len(gains))


def _by_rules(visit: PastVisit) -> tuple[bool, bool, float]:
    past, never, since = visit.rule_key or (False, False, 0.0)
    return (not past, not never, -since)


def _interval(
    visits: Sequence[PastVisit], gains: Mapping[int, int], together: Callable[[PastVisit], str]
) -> tuple[float, float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for at, gain in gains.items():
        groups[together(visits[at])].append(gain)
    return interval_of(list(resampled_means(list(groups.values()), seed=BACKTEST_SEED, draws=_RESAMPLED)))


def _by_group(visits: Sequence[PastVisit], gains: Mapping[int, int]) -> dict[str, tuple[int, int, float]]:
    """Return group → (visits, findings, mean days earlier): who waits longer must be seen."""
    if not any(visit.group for visit in visits):
        return {}
    counted = Counter(visit.group for visit in visits)
    grouped: dict[str, list[int]] = defaultdict(list)
    for at, gain in gains.items():
        grouped[visits[at].group].append(gain)
    return {group: (counted[group], len(grouped[group]), mean(grouped[group])) for group in sorted(grouped)}
