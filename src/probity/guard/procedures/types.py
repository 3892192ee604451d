"""Procedures: leases, what a wheel did, and jobs a person follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from probity.terms import Actor, Text


@dataclass(frozen=True, slots=True)
class Fence:
    """The number under which somebody holds a lease; checked again in every commit."""

    name: str
    number: int


class LeaseHeld(RuntimeError):
    """Somebody else is at work on the same thing and has not run out of time."""


class LeaseLost(RuntimeError):
    """The lease ran out and somebody else took the work over."""


@dataclass(frozen=True, slots=True)
class TurnNote:
    """What a turn of a wheel came to; `failure` is empty where it went well."""

    wheel: str
    kind: str  # global | node
    every: float  # seconds between two turns
    done: int = 0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class WheelLine:
    """A wheel as the page and the terminal show it."""

    lease: str
    wheel: str
    kind: str
    every: float
    holder: str
    turned_at: datetime
    done_at: datetime | None
    done: int
    total: int
    failures: int
    failure: str
    next_at: datetime | None
    is_held: bool


class JobState(StrEnum):
    """Where a job stands; the last three are its ends."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.FINISHED, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as its owner sees it: how far it is, what it says, where its result lies."""

    id: int
    kind: str
    detail: Mapping[str, object]
    state: JobState
    done: int
    total: int
    said: Text | None
    by: str
    authority: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    is_cancelling: bool
    result: str

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class BegunJob:
    """A job this process may work on now."""

    id: int
    kind: str
    detail: Mapping[str, object]
    by: Actor


@dataclass(frozen=True)
class RunningJob:
    """What the work of a job is given: its input, in whose name, and how to tell how far it is.

    The work may be begun again after a kill: it must be safe to repeat. `tell(done, total, said)`
    raises `JobCancelled` when its owner asked for an end, and `JobStopped` when the process ends
    and somebody else shall go on with it.
    """

    id: int
    detail: Mapping[str, object]
    by: Actor
    at: datetime
    tell: Callable[[int, int, Text], None]


class JobCancelled(Exception):
    """The owner of a job asked for its end."""


class JobStopped(Exception):
    """The process ends; the job waits for another one to go on with it."""


class JobOver(RuntimeError):
    """A job has ended already, or is not in the state the verb needs."""
