"""The rulebook: all rules of its layers, asked by key and day."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from probity.rulebook.assembling import Assembly
from probity.rulebook.calendars import Calendar
from probity.rulebook.index_systems import IndexSystem
from probity.rulebook.industries import find_industry
from probity.rulebook.lists import Programme
from probity.rulebook.measures import Legality, Measure, Scenario
from probity.rulebook.measures.scenarios import LEGALITY
from probity.rulebook.readings import DOSSIER, ReadingRules
from probity.rulebook.types import FeedProfile, Industry, Instrument, RecordType, Region, RuleFile, Source


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything the law says, as read from layers of texts (规则库).

    In force on a day is the latest file of a key that is not after it, unless that file says
    `repealed:`. `digest` covers the meaning of every rule, source and feed, and no texts.
    """

    digest: str
    feeds: Mapping[str, FeedProfile]
    sources: Mapping[str, Source]
    calendar: Calendar
    _assembly: Assembly = field(repr=False)

    @classmethod
    def read(cls, layers: Sequence[Mapping[str, str]]) -> "Rulebook":
        """Read layers of `{path: text}`, the shipped one first; later layers add.

        Raises:
            RulebookFaults: with every fault found, each with file, line and reason.
        """
        assembly = Assembly(layers)
        digest = hashlib.sha256("\n".join(sorted(assembly.digests)).encode()).hexdigest()
        return cls(digest, assembly.feeds, assembly.sources, assembly.calendar, assembly)

    def instrument(self, key: str, on: date | None = None) -> Instrument:
        """Return an instrument in its edition of a day, or in its last one.

        Raises:
            KeyError: when there is none.
        """
        shelf = self._assembly.instruments
        return shelf.latest(key) if on is None else shelf.get(key, on)

    def record_type(self, key: str, on: date) -> RecordType:
        """Return a record type as the catalogue has it on a day.

        Ask with the day of the delivery or of the question, not with the day of the fact: an
        old fact delivered today is taken by today's catalogue.

        Raises:
            KeyError: when it is unknown or not in force.
        """
        return self._assembly.record_types.get(key, on)

    def record_types(self, on: date) -> Mapping[str, RecordType]:
        """Return the whole catalogue of a day by key."""
        return self._assembly.record_types.on(on)

    def index_system(self, key: str, on: date) -> IndexSystem:
        """Return an index system in its edition of a day.

        Raises:
            KeyError: when it is unknown or not in force.
        """
        return self._assembly.index_systems.get(key, on)

    def index_systems(self, on: date) -> Mapping[str, IndexSystem]:
        """Return all index systems of a day by key."""
        return self._assembly.index_systems.on(on)

    def programme(self, key: str, on: date) -> Programme:
        """Return a list in its edition of a day.

        Raises:
            KeyError: when it is unknown or not in force.
        """
        return self._assembly.programmes.get(key, on)

    def programmes(self, on: date) -> Mapping[str, Programme]:
        """Return all lists of a day by key, those that are off included."""
        return self._assembly.programmes.on(on)

    def measures(self, on: date) -> Mapping[str, Measure]:
        """Return all measures of a day by key; which of them may be applied, the gate says."""
        return self._assembly.measures.on(on)

    def scenarios(self, on: date) -> Mapping[str, Scenario]:
        """Return all scenarios of a day by key."""
        return self._assembly.scenarios.on(on)

    def legality(self, on: date) -> Legality:
        """Return what a measure must rest on, on a day.

        Raises:
            KeyError: when no such rule is in force: then no measure may be applied.
        """
        return self._assembly.legality.get(LEGALITY, on)

    def reading_rules(self, on: date) -> ReadingRules:
        """Return how dossiers that are not public are read, on a day.

        Raises:
            KeyError: when no such rule is in force: then no dossier may be read.
        """
        return self._assembly.reading_rules.get(DOSSIER, on)

    def region(self, code: str, on: date | None = None) -> Region | None:
        """Return the place a six-digit code named on a day, or the last one it named, or None."""
        return self._assembly.regions.find(code, on)

    def industry(self, code: str, edition: str) -> Industry | None:
        """Return the section or division of a code in an edition such as `2017`, or None."""
        return find_industry(self._assembly.industries, code, edition)

    def file(self, kind: str, key: str, on: date) -> RuleFile:
        """Return where the rule of a kind stands that is in force on a day, a repeal included.

        Raises:
            KeyError: when there is none.
        """
        if kind not in self._assembly.files:
            raise KeyError(f"there are no rules of kind {kind!r}")
        return self._assembly.files[kind].get(key, on)

    def files(self) -> tuple[RuleFile, ...]:
        """Return where every dated rule stands, by kind, key and day."""
        shelves = self._assembly.files.values()
        return tuple(file for shelf in shelves for _, _, file in shelf.editions() if file is not None)
