"""Procedures: how long a wheel waits, and how an actor is written into a job."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from probity.terms import Actor, ActorKind

LONGEST_PAUSE = 900.0
"""Seconds after which a failing wheel tries again at the latest."""


def pause_after(failures: int, every: float) -> float:
    """Return how many seconds a wheel waits: its own beat, doubled with every failure in a row."""
    if not failures:
        return every
    return min(max(every, 1.0) * float(2 ** min(failures, 12)), max(LONGEST_PAUSE, every))


def actor_stated(by: Actor) -> dict[str, Any]:
    """Return in whose name a job was started, as JSON."""
    return {"kind": by.kind.value, "key": by.key, "authority": by.authority, "is_administrator": by.is_administrator}


def actor_read(stated: Mapping[str, Any]) -> Actor:
    """Return the actor a job was started by; fields a later version added keep their defaults."""
    known = {each.name for each in fields(Actor)}
    values = {name: value for name, value in stated.items() if name in known}
    return Actor(**values | {"kind": ActorKind(stated["kind"])})
