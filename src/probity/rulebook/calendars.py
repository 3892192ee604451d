"""Calendars: which days are worked; weekends, and yearly notices of swapped days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RuleFile

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days: Monday to Friday, but for the days a notice frees or orders to be worked."""

    rests: frozenset[date] = frozenset()
    works: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()  # years whose notice is known

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day; in a year without a notice only weekends are free."""
        return day in self.works or (day.weekday() < _SATURDAY and day not in self.rests)

    def is_certain(self, day: date) -> bool:
        """Whether the notice of that day's year is in the calendar."""
        return day.year in self.years

    def add_working_days(self, day: date, number: int) -> date:
        """Return the `number`-th working day after `day`; `day` itself never counts.

        A negative number counts back; zero returns `day` unchanged, worked or not.
        """
        step = timedelta(days=1 if number > 0 else -1)
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    @classmethod
    def joined(cls, years: Iterable["Calendar"]) -> "Calendar":
        """Return one calendar of several years."""
        listed = list(years)
        return cls(
            frozenset().union(*(year.rests for year in listed)),
            frozenset().union(*(year.works for year in listed)),
            frozenset().union(*(year.years for year in listed)),
        )


def read_calendar(node: Node, texts: RuleTexts, file: RuleFile) -> Calendar:
    """Read the whole of one year, the file's: `rests` and `works`, days of that year.

    A notice that changes the year under way is a file of a later day in it, again with the
    whole year; the last one counts.

    Raises:
        RuleFault: when a day lies in another year or is listed twice, or a listed working day
            would be worked anyway.
    """
    node.reference()
    rests = _days(node.need("rests"), file)
    works = _days(node.need("works"), file)
    for day in sorted(works):
        if day in rests or day.weekday() < _SATURDAY:
            node.fail(f"{day} 不是调休上班的周末", f"{day} is not a weekend day to be worked")
    node.close()
    texts.close()
    return Calendar(rests, works, frozenset({file.starts_on.year}))


def _days(node: Node, file: RuleFile) -> frozenset[date]:
    found: set[date] = set()
    for stated in node.items():
        day = stated.day()
        if day.year != file.starts_on.year or day in found:
            stated.fail(f"{day} 不属于该年或重复", f"{day} lies in another year or is listed twice")
        found.add(day)
    return frozenset(found)
