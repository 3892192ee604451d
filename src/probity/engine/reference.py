"""The slow twin: one enterprise judged in plain steps, with every reason."""

from collections.abc import Iterator, Sequence
from datetime import date

from probity.engine.frames import Fact
from probity.engine.grading import grade_of
from probity.engine.selecting import in_order, selected, worth
from probity.engine.types import UNRATED, Contribution, ContributionKind, Evaluation, Fired
from probity.rulebook.index_systems import Dimension, IndexSystem, Indicator, Silence
from probity.terms import LegalReference, scaled_half_up

START, RECORD, CAP, FLOOR, ROUNDING = (
    ContributionKind.START,
    ContributionKind.RECORD,
    ContributionKind.CAP,
    ContributionKind.FLOOR,
    ContributionKind.ROUNDING,
)


def judge(system: IndexSystem, facts: Sequence[Fact], as_of: date) -> Evaluation:
    """Judge one enterprise on one day.

    Args:
        system: the index system.
        facts: its facts as known; those later than `as_of` are left out. Facts that were
            corrected, annulled, repaired or expired are not handed in.
        as_of: the day the question is asked about.
    """
    by_type: dict[str, list[Fact]] = {}
    for fact in sorted((fact for fact in facts if fact.day <= as_of), key=in_order):
        by_type.setdefault(fact.type, []).append(fact)

    told: list[Contribution] = []
    points: dict[str, int] = {}
    dimensions: dict[str, int] = {}
    for dimension in system.dimensions:
        lines: list[Contribution] = []
        for indicator in dimension.indicators:
            of_indicator = list(weigh(indicator, dimension.key, selected(indicator.selection, by_type, as_of), as_of))
            points[indicator.key] = total(of_indicator)
            lines += of_indicator
        lines = limited(dimension, lines)
        dimensions[dimension.key] = total(lines)
        told += weighted(dimension, lines)

    told = run(system, told) if system.rolling else summed(system, told)
    fired = tuple(fire(system, by_type, as_of))
    if system.silence is Silence.UNRATED and not any(selected(part, by_type, as_of) for part in system.selections):
        return Evaluation(None, UNRATED, dimensions, points, (), ())
    score = total(told)
    return Evaluation(score, grade_of(system, score, fired), dimensions, points, fired, tuple(told))


def weigh(indicator: Indicator, dimension: str, facts: Sequence[Fact], as_of: date) -> Iterator[Contribution]:
    """Yield what each fact takes or gives, oldest first.

    The cap falls on the newest facts, because it limits the sum and not the single fact: what
    such a fact would have counted beyond the cap is given back in a line that names it.
    """
    key, reference, sign, spent = indicator.key, indicator.reference, indicator.sign, 0
    for fact in facts:
        value = worth(indicator.tariff, fact, as_of)
        yield Contribution(RECORD, dimension, key, reference, fact.record, sign * value, fact.day)
        spent += value
        if indicator.at_most is not None and spent > indicator.at_most:
            beyond = spent - indicator.at_most
            spent = indicator.at_most
            yield Contribution(CAP, dimension, key, reference, fact.record, -sign * beyond, fact.day)
    if facts and indicator.at_least is not None and spent < indicator.at_least:
        yield Contribution(FLOOR, dimension, key, reference, None, sign * (indicator.at_least - spent), None)


def limited(dimension: Dimension, lines: list[Contribution]) -> list[Contribution]:
    """Return the lines of a dimension with its start before them and its limits after them."""
    key, reference = dimension.key, dimension.reference
    if dimension.starts_at:
        lines = [Contribution(START, key, "", reference, None, dimension.starts_at, None), *lines]
    return [*lines, *limits(key, reference, total(lines), dimension.at_least, dimension.at_most)]


def weighted(dimension: Dimension, lines: list[Contribution]) -> list[Contribution]:
    """Return the lines as they enter the score: each its share, and what rounding each alone leaves."""
    if dimension.weight is None:
        return lines
    share = scaled_half_up(total(lines), dimension.weight, 100)
    lines = [line._replace(points=scaled_half_up(line.points, dimension.weight, 100)) for line in lines]
    left = share - total(lines)
    return (
        lines
        if not left
        else [*lines, Contribution(ROUNDING, dimension.key, "", dimension.reference, None, left, None)]
    )


def summed(system: IndexSystem, told: list[Contribution]) -> list[Contribution]:
    """Return the lines of the score: its start, all dimensions, its limits."""
    told = started(system, told)
    return [*told, *limits("", system.reference, total(told), system.at_least, system.at_most)]


def run(system: IndexSystem, told: list[Contribution]) -> list[Contribution]:
    """Return the lines in the order of events, held at the maximum after each event (rolling points).

    An event is one record, whatever number of indicators count it; events run by day, then
    record. There is no lower clamp.
    """
    most = system.starts_at if system.at_most is None else system.at_most
    told = sorted(told, key=lambda line: (line.day or date.max, line.record or 0))
    lines = started(system, [])
    standing = system.starts_at
    for place, line in enumerate(told):
        lines.append(line)
        standing += line.points
        is_last_of_event = place + 1 == len(told) or told[place + 1].record != line.record
        if is_last_of_event and standing > most:
            lines.append(Contribution(CAP, "", "", system.reference, line.record, most - standing, line.day))
            standing = most
    return lines


def started(system: IndexSystem, told: list[Contribution]) -> list[Contribution]:
    """Return the lines with the score's start before them, where it has one."""
    if not system.starts_at:
        return told
    return [Contribution(START, "", "", system.reference, None, system.starts_at, None), *told]


def limits(
    dimension: str, reference: LegalReference, reached: int, at_least: int | None, at_most: int | None
) -> Iterator[Contribution]:
    """Yield what a cap takes off, or a floor fills up, once `reached` is outside the limits."""
    if at_most is not None and reached > at_most:
        yield Contribution(CAP, dimension, "", reference, None, at_most - reached, None)
    if at_least is not None and reached < at_least:
        yield Contribution(FLOOR, dimension, "", reference, None, at_least - reached, None)


def fire(system: IndexSystem, by_type: dict[str, list[Fact]], as_of: date) -> Iterator[Fired]:
    """Yield the direct grades, ceilings and vetoes that fired, with the records that made them."""
    for rule in system.grade_rules:
        facts = selected(rule.selection, by_type, as_of)
        if len(facts) >= rule.times:
            records = tuple(fact.record for fact in facts)
            yield Fired(rule.effect, rule.key, rule.grade, rule.reference, records)


def total(lines: Sequence[Contribution]) -> int:
    """Return the sum of the points of some lines."""
    return sum(line.points for line in lines)
