"""Selecting: which facts a rule means, and what each of them is worth."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from probity.engine.frames import Fact
from probity.rulebook.index_systems import PerAmount, PerChoice, PerMonth, PerOccurrence, Selection, Slot, Tariff
from probity.terms import months_before

window_opens = lru_cache(maxsize=4096)(months_before)
"""The last day before a window of `months`, remembered: one evaluation of many asks it millions of times."""


def selected(selection: Selection, by_type: Mapping[str, Sequence[Fact]], as_of: date) -> list[Fact]:
    """Return the facts a selection means, oldest first.

    Args:
        selection: what is meant.
        by_type: facts not later than `as_of` by record type, each in the order (day, record).
        as_of: the day the question is asked about.
    """
    found = [
        fact for key in selection.counts if key in by_type for fact in by_type[key] if is_meant(selection, fact, as_of)
    ]
    if len(selection.counts) > 1:
        found.sort(key=in_order)
    return found


def is_meant(selection: Selection, fact: Fact, as_of: date) -> bool:
    """Whether a fact of a selected type is inside the window and of an admitted choice."""
    return (
        (selection.months is None or window_opens(as_of, selection.months) < fact.day)
        and (selection.kinds is None or fact.kind in selection.kinds)
        and (selection.degrees is None or fact.degree in selection.degrees)
        and (not selection.standing or fact.until is None or as_of < fact.until)
    )


def in_order(fact: Fact) -> tuple[date, int]:
    """Return the place of a fact in the order in which facts count: day, then record."""
    return (fact.day, fact.record)


def worth(tariff: Tariff, fact: Fact, as_of: date) -> int:
    """Return what one fact is worth before caps: a magnitude in hundredths."""
    if isinstance(tariff, PerOccurrence):
        return tariff.points
    if isinstance(tariff, PerChoice):
        choice = fact.kind if tariff.slot is Slot.KIND else fact.degree
        return tariff.others if choice is None else tariff.points.get(choice, tariff.others)
    if isinstance(tariff, PerMonth):
        end = as_of if fact.until is None or fact.until > as_of else fact.until
        return tariff.points * months_begun(fact.day, end)
    if isinstance(tariff, PerAmount):
        reached = [step.points for step in tariff.steps if fact.amount is not None and step.starts_at <= fact.amount]
        return reached[-1] if reached else 0
    return 0 if fact.points is None else min(max(fact.points, tariff.least), tariff.most)


def months_begun(start: date, end: date) -> int:
    """Return how many months have begun between `start` and `end`; zero when none has.

    The first month begins on the day after `start`, each further one on the day after the same
    day of a later month: from 15 January to 15 February one month, to 16 February two. A start
    on the 31st asks for a day no shorter month has, so there the next begins on the first.
    """
    months = (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)
    return max(months, 0)
