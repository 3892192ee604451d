"""Replaying: an example city's calendar acted out with a past clock."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from probity.guard.procedures.actions import move_cursor
from probity.guard.procedures.queries import cursor, has_cursor, only_replayed
from probity.know.records import actions as records
from probity.know.records.queries import by_document
from probity.know.registry import actions as registry
from probity.know.sources.queries import was_delivered
from probity.terms import Actor, CreditCode, Text, shanghai_day
from probity.wiring.delivering import deliver_one
from probity.wiring.saying import Refused, say

ENDS = {"repair": "repair", "annul": "annulment", "expire": "expiry", "correct": "correction"}
BY = Actor.system("example-city")


def steps_of(city: Path) -> list[Mapping[str, Any]]:
    """Return the steps of a city's calendar in the order of time.

    Raises:
        Refused: when the folder holds no calendar.
    """
    place = city / "calendar.yaml"
    if not place.exists():
        raise Refused(Text(f"{city} 中没有 calendar.yaml", f"{city} holds no calendar.yaml"))
    stated = yaml.load(place.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return sorted(stated["steps"], key=lambda step: _moment(step["at"]))


def last_day(city: Path) -> date:
    """Return the legal day of a city's last step."""
    return shanghai_day(_moment(steps_of(city)[-1]["at"]))


def is_unfinished(city: Path) -> bool:
    """Whether a replay of this city was begun and did not reach its end."""
    return has_cursor(_name(city)) and cursor(_name(city)) < len(steps_of(city))


def replay(city: Path, *, quiet: bool = False) -> int:
    """Act out every step not done yet and return their number; a killed replay goes on where it was.

    Raises:
        Refused: on a database that holds deliveries from outside.
    """
    if not only_replayed():
        raise Refused(
            Text(
                "数据库中已有真实递交，示例城市不能混入",
                "the database holds deliveries from outside: an example city is not mixed in",
            )
        )
    steps = steps_of(city)
    done = cursor(_name(city))
    move_cursor(name=_name(city), revision=done)  # begun, even if killed within the first step
    for place, step in enumerate(steps[done:], done + 1):
        at = _moment(step["at"])
        (verb,) = [key for key in step if key not in ("at", "file")]
        VERBS.get(verb, _unknown)(city, step, verb, at)
        move_cursor(name=_name(city), revision=place)
        if not quiet and (verb == "deliver" or place == len(steps)):
            say(
                Text(
                    f"   {place}/{len(steps)} {at:%Y-%m-%d} {step.get('file', verb)}",
                    f"   {place}/{len(steps)} {at:%Y-%m-%d} {step.get('file', verb)}",
                )
            )
    return len(steps) - done


def _deliver(city: Path, step: Mapping[str, Any], _: str, at: datetime) -> None:
    file = city / step["file"]
    if not was_delivered(feed=step["deliver"], file_name=file.name, at=at):  # killed before it was counted
        deliver_one(file, feed=step["deliver"], at=at, replayed=True)


def _rename(_: Path, step: Mapping[str, Any], verb: str, at: datetime) -> None:
    stated = step[verb]
    day = stated.get("from") or shanghai_day(at)
    registry.rename(
        code=CreditCode(stated["code"]), name=stated["name"], from_day=day, source="example-city", by=BY, at=at
    )


def _branch(_: Path, step: Mapping[str, Any], verb: str, at: datetime) -> None:
    stated = step[verb]
    registry.attach_branch(code=CreditCode(stated["code"]), parent=CreditCode(stated["parent"]), by=BY, at=at)


def _end(_: Path, step: Mapping[str, Any], verb: str, at: datetime) -> None:
    stated = step[verb]
    records.end(
        record=by_document(stated["feed"], stated["document_number"]),
        kind=ENDS[verb],
        effective_on=stated["effective_on"],
        reason=stated["reason"],
        by=BY,
        at=at,
        replayed=True,
    )


def _unknown(_: Path, __: Mapping[str, Any], verb: str, at: datetime) -> None:
    raise Refused(Text(f"日历中不认识的步骤「{verb}」（{at}）", f"unknown step {verb!r} in the calendar ({at})"))


VERBS: dict[str, Callable[[Path, Mapping[str, Any], str, datetime], None]] = {
    "deliver": _deliver,
    "rename": _rename,
    "branch": _branch,
    **dict.fromkeys(ENDS, _end),
}


def _name(city: Path) -> str:
    return f"example_city:{city.resolve().name}"


def _moment(stated: object) -> datetime:
    return stated if isinstance(stated, datetime) else datetime.fromisoformat(str(stated))
