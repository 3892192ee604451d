"""Readings: for which purposes a dossier is read, and when its subject is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from probity.rulebook.reading import Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RuleFile
from probity.terms import LegalReference, Text

DOSSIER = "dossier"
"""The key of the rule for dossiers that are not public."""

_LATEST_DAY = 28  # every month has one


@dataclass(frozen=True, slots=True)
class PurposeKind:
    """One kind of purpose (用途): what has to be typed, whether it may wait, what of it is told.

    One that is `at_terminal` belongs to whoever runs the machine, and no page offers it.
    """

    key: str
    title: Text
    words_title: Text
    asks_number: bool
    may_wait: bool
    tells_words: bool
    reference: LegalReference
    at_terminal: bool = False


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """How dossiers are read: purposes, the length of a sitting, the day of release, how long it is kept.

    Units: minutes, characters, a day of the month, months.
    """

    file: RuleFile
    purposes: Mapping[str, PurposeKind]
    least_characters: int
    sitting_minutes: int
    release_day: int
    over_months: int
    keep_months: int
    references: Mapping[str, LegalReference]

    @property
    def offered(self) -> tuple[PurposeKind, ...]:
        """The purposes among which a person chooses on a page."""
        return tuple(kind for kind in self.purposes.values() if not kind.at_terminal)

    @property
    def terminal(self) -> PurposeKind:
        """The purpose of whoever reads at the terminal and states no other."""
        return next(kind for kind in self.purposes.values() if kind.at_terminal)

    def due_on(self, day: date, later: int) -> date:
        """Return the release day of the `later`-th month after the next one; a reading is told then at the earliest."""
        return _month_after(day, 1 + later, self.release_day)

    def release_on(self, day: date) -> date:
        """Return the last release day that is not after a day."""
        this = day.replace(day=self.release_day)
        return this if this <= day else _month_after(day, -1, self.release_day)

    def keep_until(self, day: date) -> date:
        """Return the last day on which a reading of `day` must still be there."""
        return _month_after(day, self.keep_months, min(day.day, _LATEST_DAY))


def read_reading_rules(node: Node, texts: RuleTexts, file: RuleFile) -> ReadingRules:
    """Read the rule; every number carries its article.

    Raises:
        RuleFault: on anything missing, unknown, out of range or without its label.
    """
    reference = node.reference()
    stated = node.need("purposes")
    purposes = {key: _purpose(key, part, texts, reference.instrument) for key, part in stated.entries()}
    parts = {name: node.need(name) for name in ("words", "sitting", "release", "retention")}
    rules = ReadingRules(
        file=file,
        purposes=purposes,
        least_characters=parts["words"].need("least").integer(1, 40),
        sitting_minutes=parts["sitting"].need("minutes").integer(1, 480),
        release_day=parts["release"].need("day").integer(1, _LATEST_DAY),
        over_months=parts["release"].need("over_months").integer(1, 12),
        keep_months=parts["retention"].need("months").integer(6, 600),
        references={name: part.reference(reference.instrument) for name, part in parts.items()},
    )
    if sum(kind.at_terminal for kind in purposes.values()) != 1:
        stated.fail("应有且仅有一种终端用途", "exactly one purpose is the terminal's")
    for part in (*parts.values(), node):
        part.close()
    texts.close()
    return rules


def _purpose(key: str, node: Node, texts: RuleTexts, instrument: str) -> PurposeKind:
    terminal = node.take("terminal")
    found = PurposeKind(
        key,
        texts.label(key),
        texts.label(f"{key}.words"),
        node.need("asks").choice("number", "reason") == "number",
        node.need("waits").flag(),
        node.need("tells").choice("kind", "words") == "words",
        node.reference(instrument),
        at_terminal=terminal.flag() if terminal else False,
    )
    node.close()
    return found


def _month_after(day: date, months: int, day_of_month: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day_of_month)
