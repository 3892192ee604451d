"""Strategies: random index systems and facts, small enough that things happen."""

from datetime import date, timedelta

from hypothesis import strategies as st

from probity.engine.frames import Fact
from probity.rulebook.index_systems import (
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
)
from probity.rulebook.types import RuleFile
from probity.terms import Family, LegalReference, Status, Text, months_before

KEYS = ("penalty", "visit", "listing")
KINDS = ("fine", "warning", "closure")
DEGREES = ("minor", "ordinary", "serious")
GRADES = ("A", "B", "C", "D")
WORD = Text("试", "made up")
ARTICLE = LegalReference("made-up-measure", "1")

points = st.integers(0, 5000)
some_points = st.integers(1, 5000)
ASKED = (date(2024, 2, 29), date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 1))
MONTHS = (1, 6, 12, 24, 37)
EDGES = tuple(
    months_before(asked, months) + timedelta(days=beside)
    for asked in ASKED
    for months in (0, *MONTHS)
    for beside in (-1, 0, 1)
)
"""Days on which a window opens or closes, and their neighbours: where mistakes show."""

AS_OF = st.sampled_from(ASKED)
days = st.sampled_from(EDGES) | st.dates(date(2022, 1, 1), date(2026, 9, 30))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    """Return the strategy, or None half of the time."""
    return st.none() | strategy


def some_of(values: tuple[str, ...]) -> st.SearchStrategy:
    """Return one or more of these values."""
    return st.lists(st.sampled_from(values), min_size=1, unique=True)


selections = st.builds(
    Selection,
    counts=some_of(KEYS).map(tuple),
    kinds=maybe(some_of(KINDS).map(frozenset)),
    degrees=maybe(some_of(DEGREES).map(frozenset)),
    months=maybe(st.sampled_from(MONTHS)),
    standing=st.booleans(),
)


@st.composite
def amounts(draw: st.DrawFn) -> PerAmount:
    """Draw rising steps, the first from zero."""
    starts = [0, *sorted(draw(st.sets(st.integers(1, 50_000_00), max_size=3)))]
    return PerAmount(tuple(AmountStep(start, draw(points)) for start in starts))


@st.composite
def choices(draw: st.DrawFn) -> PerChoice:
    """Draw points for some choices, and for the others."""
    slot = draw(st.sampled_from(Slot))
    named = draw(some_of(KINDS if slot is Slot.KIND else DEGREES))
    return PerChoice(slot, {choice: draw(points) for choice in named}, draw(points))


tariffs = st.one_of(
    st.builds(PerOccurrence, some_points),
    st.builds(PerMonth, some_points),
    choices(),
    amounts(),
    st.tuples(points, points).map(lambda pair: Stated(min(pair), max(pair))),
)


@st.composite
def indicators(draw: st.DrawFn, key: str, rolling: bool) -> Indicator:
    """Draw one indicator."""
    at_most = None if rolling else draw(maybe(some_points))
    at_least = None if rolling else draw(maybe(st.integers(0, at_most or 5000)))
    sign = draw(st.sampled_from([-1, 1]))
    return Indicator(key, WORD, ARTICLE, draw(selections), sign, draw(tariffs), at_most, at_least)


def limits(draw: st.DrawFn) -> tuple[int | None, int | None]:
    """Draw a floor and a cap, either of which may be missing."""
    low, high = sorted(draw(st.tuples(st.integers(-20000, 20000), st.integers(-20000, 20000))))
    return draw(maybe(st.just(low))), draw(maybe(st.just(high + 1)))


@st.composite
def dimensions(draw: st.DrawFn, key: str, rolling: bool, weight: int | None) -> Dimension:
    """Draw one dimension with one to three indicators."""
    count = draw(st.integers(1, 3))
    inside = tuple(draw(indicators(f"{key}-{place}", rolling)) for place in range(count))
    if rolling:
        return Dimension(key, WORD, ARTICLE, inside)
    low, high = limits(draw)
    return Dimension(key, WORD, ARTICLE, inside, draw(st.integers(-5000, 5000)), low, high, weight)


@st.composite
def systems(draw: st.DrawFn) -> IndexSystem:
    """Draw an index system whose bands cover every score."""
    rolling = draw(st.booleans())
    weights = [None, None] if rolling or draw(st.booleans()) else draw(st.sampled_from([[30, 70], [1, 99], [50, 50]]))
    inside = tuple(draw(dimensions(f"d{place}", rolling, weight)) for place, weight in enumerate(weights))
    edges = sorted(draw(st.sets(st.integers(-10000, 20000), min_size=3, max_size=3)), reverse=True)
    bands = tuple(
        Band(grade, WORD, start, below)
        for grade, start, below in zip(GRADES, [*edges, None], [None, *edges], strict=True)
    )
    rules = [
        GradeRule(effect, f"{effect}-{place}", WORD, ARTICLE, draw(selections), grade, draw(st.integers(1, 3)))
        for effect in Effect
        for place in range(draw(st.integers(0, 2)))
        for grade in ["D" if effect is Effect.VETO else draw(st.sampled_from(GRADES))]
    ]
    low, high = limits(draw)
    start = draw(st.integers(-5000, 15000))
    return IndexSystem(
        key="made-up",
        file=RuleFile("index_systems", "made-up", date(2020, 1, 1), "0", "made-up.yaml"),
        title=WORD,
        notes=None,
        confidence="unsure",
        reference=ARTICLE,
        family=Family.SECTOR,
        status=Status.ILLUSTRATION,
        publication=Publication.INTERNAL,
        silence=draw(st.sampled_from(Silence)),
        rolling=rolling,
        starts_at=start,
        at_least=None if rolling else low,
        at_most=start + draw(points) if rolling else high,
        dimensions=inside,
        bands_reference=ARTICLE,
        bands=bands,
        grade_rules=tuple(rules),
    )


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Draw up to eight facts with distinct records, in any order."""
    records = draw(st.lists(st.integers(1, 99), unique=True, max_size=8))
    happened = st.just(draw(days)) | days
    return [
        Fact(
            record,
            draw(st.sampled_from(KEYS)),
            draw(happened),
            draw(maybe(days)),
            draw(maybe(st.sampled_from(KINDS))),
            draw(maybe(st.sampled_from(DEGREES))),
            draw(maybe(st.integers(0, 80_000_00))),
            draw(maybe(st.integers(0, 6000))),
        )
        for record in records
    ]
