"""Dice: repeatable chance, one stream per purpose, so that none shifts another."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

SEED = "linlan-2025"
"""Changing it makes another year; the committed files belong to this one."""

Thing = TypeVar("Thing")


class Dice:
    """A stream of chance named by its purpose; built on `random()` alone, which no release changes."""

    def __init__(self, *purpose: object) -> None:
        """Open the stream of this purpose under the city's seed."""
        self._next = Random("|".join(map(str, (SEED, *purpose)))).random

    def chance(self, share: float) -> bool:
        """Return true in `share` of the cases (0 to 1)."""
        return self._next() < share

    def number(self, least: int, most: int) -> int:
        """Return a whole number between `least` and `most`, both included."""
        return least + int(self._next() * (most - least + 1))

    def between(self, least: float, most: float) -> float:
        """Return a number at least `least` and below `most`."""
        return least + self._next() * (most - least)

    def one(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things, each as likely as the other."""
        return things[int(self._next() * len(things))]

    def several(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Return `count` different things (fewer when there are fewer), in the order drawn."""
        left = list(things)
        taken: list[Thing] = []
        while left and len(taken) < count:
            place = int(self._next() * len(left))
            taken.append(left[place])
            left[place] = left[-1]
            left.pop()
        return taken

    def weighted(self, shares: Mapping[Thing, float]) -> Thing:
        """Return a key with a chance in proportion to its share."""
        mark = self._next() * sum(shares.values())
        for thing, share in shares.items():
            mark -= share
            if mark < 0:
                return thing
        return list(shares)[-1]

    def day(self, first: date, last: date) -> date:
        """Return a day between `first` and `last`, both included."""
        return first + timedelta(days=self.number(0, (last - first).days))
