"""Frequencies: who was visited as often as prescribed, and who is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One supervised place and how often it is to be visited (规定频次).

    `every_days` is the longest time between two visits; None where nothing is prescribed.
    `since` is the day from which it was to be supervised; None where that is unknown.
    """

    key: str
    group: str
    every_days: int | None
    last_visit: date | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """How a group stands on a day (频次执行情况): prescribed, in time, overdue, never visited.

    `never` are those without any visit known; they are not counted as overdue unless it is known
    since when they were to be visited.
    """

    group: str
    prescribed: int
    in_time: int
    overdue: int
    never: int

    @property
    def share_in_time(self) -> float | None:
        """The share in time among those of whom it can be told; None where of nobody."""
        told = self.in_time + self.overdue
        return self.in_time / told if told else None


def due_day(place: Prescribed) -> date | None:
    """Return the last day on which the next visit is in time; None where none is prescribed or nothing is known."""
    begins = place.last_visit or place.since
    if place.every_days is None or begins is None:
        return None
    return begins + timedelta(days=place.every_days)


def overdue(places: Iterable[Prescribed], on: date) -> list[tuple[Prescribed, int]]:
    """Return the overdue places with their days over, longest first, then by key."""
    late = [(place, (on - due).days) for place in places if (due := due_day(place)) is not None and due < on]
    return sorted(late, key=lambda pair: (-pair[1], pair[0].key))


def frequency(places: Iterable[Prescribed], on: date) -> list[Frequency]:
    """Return how each group stands on a day, groups by name; places without prescription are left out."""
    counted: dict[str, list[int]] = {}
    for place in places:
        if place.every_days is None:
            continue
        row = counted.setdefault(place.group, [0, 0, 0, 0])
        due = due_day(place)
        row[0] += 1
        row[1] += due is not None and due >= on
        row[2] += due is not None and due < on
        row[3] += place.last_visit is None
    return [Frequency(group, *row) for group, row in sorted(counted.items())]
