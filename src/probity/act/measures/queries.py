"""Measures: the catalogue with its faults, and the one answer to a matter."""

from collections.abc import Mapping
from datetime import date, datetime

from probity.act.lists import queries as lists
from probity.act.measures.models import PublicationStep
from probity.act.measures.rules import answer as answered
from probity.act.measures.rules import refusals, stands
from probity.act.measures.telling import UNANSWERED, VERDICTS, matter_json
from probity.act.measures.types import MatterAnswer, MeasureLine, Published, StepKind
from probity.guard.authorities.queries import permit, tree
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.rulebook.measures.types import Measure, Scenario
from probity.terms import Actor, Unknown

__all__ = [
    "UNANSWERED",
    "VERDICTS",
    "catalogue",
    "latest_steps",
    "matter",
    "matter_json",
    "measure_of",
    "publications",
    "published_measures",
    "scenario_of",
    "stands",
]


def catalogue(*, on: date, by: Actor) -> tuple[MeasureLine, ...]:
    """Return every measure of a day with its publication and what keeps it from being applied.

    Raises:
        NotPermitted: when the actor may not read measures.
    """
    permit(by, Permission.MEASURE_READ)
    steps = latest_steps()
    lines = []
    for measure in lawbook().measures(on).values():
        step = steps.get(measure.place)
        faults = refusals(measure, lawbook(), on=on)
        if step is None:
            lines.append(MeasureLine(measure, None, None, "", faults))
        else:
            lines.append(MeasureLine(measure, StepKind(step.kind), step.since, step.by, faults))
    return tuple(lines)


def matter(
    code: str, *, scenario: str, as_of: date, known_at: datetime | None, by: Actor, at: datetime
) -> tuple[MatterAnswer, "lists.ListAnswer"]:
    """Return the one answer to a matter of an enterprise, and the lists it rests on.

    The sector of the asking body decides which measures it may apply. The caller states the
    purpose first: reading on behalf of a matter is logged like any other.

    Raises:
        NotPermitted: when the actor may not ask.
        Unknown: when there is no such scenario.
        ValueError: for what is no credit code.
    """
    permit(by, Permission.MEASURE_READ)
    asked = scenario_of(scenario, on=as_of)
    (found,) = lists.lookup([code], as_of=as_of, known_at=known_at, by=by, at=at)
    told = answered(
        asked,
        found.entries,
        grades={},
        rulebook=lawbook(),
        published=publications(on=as_of),
        body=_sector_of(by, asked),
        on=as_of,
    )
    return told, found


def measure_of(key: str, *, on: date) -> Measure:
    """Return a measure in its edition of a day.

    Raises:
        Unknown: when there is none.
    """
    found = lawbook().measures(on).get(key)
    if found is None:
        raise Unknown(f"{on} 没有措施「{key}」", f"there is no measure {key!r} on {on}")
    return found


def scenario_of(key: str, *, on: date) -> Scenario:
    """Return a scenario in its edition of a day.

    Raises:
        Unknown: when there is none, naming those there are.
    """
    known = lawbook().scenarios(on)
    if key not in known:
        listed = ", ".join(sorted(known))
        raise Unknown(f"没有应用场景「{key}」；有：{listed}", f"there is no scenario {key!r}; there are: {listed}")
    return known[key]


def _sector_of(by: Actor, scenario: Scenario) -> str:
    """Return in which sector an actor asks: that of the authority, or, for the platform itself, the scenario's."""
    body = tree().bodies.get(by.authority)
    if body is not None and body.sector:
        return str(body.sector)
    return min(scenario.bodies) if by.is_administrator else ""


def publications(*, on: date) -> tuple[Published, ...]:
    """Return the measures that are published on a day, by their edition."""
    return tuple(
        Published(place, step.since)
        for place, step in latest_steps().items()
        if step.kind == StepKind.PUBLISHED and step.since <= on
    )


def published_measures(*, on: date) -> tuple[Measure, ...]:
    """Return the published measures of a day as the rulebook has them."""
    places = {one.measure for one in publications(on=on)}
    return tuple(measure for measure in lawbook().measures(on).values() if measure.place in places)


def latest_steps() -> Mapping[str, PublicationStep]:
    """Return measure → its latest step."""
    return {step.measure: step for step in PublicationStep.objects.order_by("pk")}
