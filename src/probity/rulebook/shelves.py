"""Shelves: dated editions of rules; in force is the latest not after the day."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Generic, TypeVar

Rule = TypeVar("Rule")


class Shelf(Generic[Rule]):
    """All editions of one kind of rule by key; an edition without a rule says the key ended."""

    def __init__(self, noun: str) -> None:
        """Begin empty; `noun` names the kind in what the shelf says, such as `record type`."""
        self.noun = noun
        self._days: dict[str, list[date]] = {}
        self._rules: dict[str, list[Rule | None]] = {}

    def put(self, key: str, day: date, rule: Rule | None) -> None:
        """Add the edition that begins on `day`; None repeals the key from that day."""
        days, rules = self._days.setdefault(key, []), self._rules.setdefault(key, [])
        place = bisect_right(days, day)
        days.insert(place, day)
        rules.insert(place, rule)

    def __contains__(self, key: str) -> bool:
        """Whether any edition of `key` stands here."""
        return key in self._days

    def find(self, key: str, on: date) -> Rule | None:
        """Return what is in force on a day, or None."""
        place = bisect_right(self._days.get(key, []), on)
        return self._rules[key][place - 1] if place else None

    def get(self, key: str, on: date) -> Rule:
        """Return what is in force on a day.

        Raises:
            KeyError: with a sentence, when there is no such key or nothing is in force.
        """
        found = self.find(key, on)
        if found is None:
            why = f"is not in force on {on}" if key in self else "is not in the rulebook"
            raise KeyError(f"the {self.noun} {key!r} {why}")
        return found

    def latest(self, key: str) -> Rule:
        """Return the last edition that was not a repeal.

        Raises:
            KeyError: with a sentence, when there is no such key.
        """
        for rule in reversed(self._rules.get(key, [])):
            if rule is not None:
                return rule
        raise KeyError(f"the {self.noun} {key!r} is not in the rulebook")

    def last(self) -> dict[str, Rule]:
        """Return every key in its last edition, also of keys that have ended."""
        return {key: rule for key in sorted(self._rules) for rule in self._rules[key] if rule is not None}

    def nearest(self, on: date) -> dict[str, Rule]:
        """Return every key in its edition of that day, or, before its first day, in its first one."""
        return {key: rule for key in self._days if (rule := self.find(key, max(on, self._days[key][0]))) is not None}

    def on(self, day: date) -> dict[str, Rule]:
        """Return everything in force on a day, by key."""
        return {key: rule for key in sorted(self._days) if (rule := self.find(key, day)) is not None}

    def repealed_on(self, key: str) -> date | None:
        """Return the day from which the key has ended, if its last edition says so."""
        days, rules = self._days.get(key, []), self._rules.get(key, [])
        return days[-1] if rules and rules[-1] is None else None

    def editions(self) -> Iterator[tuple[str, date, Rule | None]]:
        """Yield key, first day and rule of every edition, in order."""
        for key in sorted(self._days):
            for day, rule in zip(self._days[key], self._rules[key], strict=True):
                yield key, day, rule
