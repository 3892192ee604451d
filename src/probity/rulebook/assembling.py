"""Assembling: layers of texts become shelves of rules, all faults together."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from probity.rulebook.calendars import Calendar, read_calendar
from probity.rulebook.freezing import check_frozen, read_frozen
from probity.rulebook.index_systems import IndexSystem, read_index_system
from probity.rulebook.industries import read_industries
from probity.rulebook.instruments import Citations, read_instrument
from probity.rulebook.layers import FROZEN
from probity.rulebook.lists import Programme, read_programme
from probity.rulebook.measures import Legality, Measure, Scenario, read_legality, read_measure, read_scenario
from probity.rulebook.measures.scenarios import LEGALITY
from probity.rulebook.reading import FaultList, Node, RuleFault
from probity.rulebook.readings import ReadingRules, read_reading_rules
from probity.rulebook.record_types import read_record_type
from probity.rulebook.regions import Gazetteer, read_regions
from probity.rulebook.shelves import Shelf
from probity.rulebook.sources import read_closing_words, read_feed, read_source
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import FeedProfile, Industry, Instrument, RecordType, RuleFile, Source
from probity.terms import Text

Rule = TypeVar("Rule")

KINDS = (
    "instruments",
    "record_types",
    "index_systems",
    "calendars",
    "regions",
    "industries",
    "lists",
    "measures",
    "decision_rules",
    "readings",
)
"""Folders of dated rules, in the order in which they are read."""

RESERVED = ("inspection_items", "warning_rules", "procedures")
"""Folders that will hold rules; refused until something reads them."""

_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_RULE = re.compile(rf"(?P<kind>[a-z_]+)/(?P<key>{_KEY})/(?P<day>\d{{4}}-\d\d-\d\d)(?P<text>\.text)?\.yaml\Z")
_SOURCE_DEFAULTS = "sources/defaults.yaml"
_SOURCE = re.compile(rf"sources/(?P<source>{_KEY})/(?P<feed>{_KEY})\.yaml\Z")


@dataclass(frozen=True)
class RuleSheet:
    """One dated rule file, parsed: its meaning and, unless it repeals, the text beside it."""

    file: RuleFile
    node: Node
    text: Node | None
    is_repeal: bool

    def texts(self) -> RuleTexts:
        """Return the text beside the rule.

        Raises:
            RuleFault: when there is none.
        """
        if self.text is None:
            reason = Text("缺少文字文件（.text.yaml）", "the text file (.text.yaml) is missing")
            raise RuleFault(self.file.path, 1, reason)
        return RuleTexts.read(self.text)


class Assembly:
    """Reads everything once; `faults` holds what is wrong, the shelves what is right."""

    def __init__(self, layers: Sequence[Mapping[str, str]]) -> None:
        """Read the layers in order; a later one adds rules and may mend texts and sources."""
        self.faults = FaultList()
        self.instruments: Shelf[Instrument] = Shelf("instrument")
        self.record_types: Shelf[RecordType] = Shelf("record type")
        self.index_systems: Shelf[IndexSystem] = Shelf("index system")
        self.programmes: Shelf[Programme] = Shelf("list")
        self.measures: Shelf[Measure] = Shelf("measure")
        self.scenarios: Shelf[Scenario] = Shelf("scenario")
        self.legality: Shelf[Legality] = Shelf("rule of legality")
        self.reading_rules: Shelf[ReadingRules] = Shelf("rule of readings")
        self.files: dict[str, Shelf[RuleFile]] = {kind: Shelf(f"rule of {kind}") for kind in KINDS}
        self.calendar = Calendar()
        self.regions = Gazetteer({})
        self.industries: dict[tuple[str, str], Industry] = {}
        self.sources: dict[str, Source] = {}
        self.feeds: dict[str, FeedProfile] = {}
        self.digests: list[str] = []
        self.closing_words: tuple[str, ...] = ()
        texts = self._joined(layers)
        self.sheets = self._sheets(texts)
        self._read_rules()
        self._read_sources(texts)
        self._check_frozen(texts.get(FROZEN, ""))
        self.faults.settle()

    def _joined(self, layers: Sequence[Mapping[str, str]]) -> dict[str, str]:
        joined: dict[str, str] = {}
        for layer in layers:
            for path, text in layer.items():
                may_change = path.endswith(".text.yaml") or path.startswith("sources/")
                if joined.setdefault(path, text) != text and not may_change:
                    self._fault(path, "后一层不得改写已有规则", "a later layer may not rewrite a rule")
                joined[path] = text
        return joined

    def _fault(self, path: str, zh: str, en: str) -> None:
        self.faults.found.append(RuleFault(path, 1, Text(zh, en)))

    def _sheets(self, texts: Mapping[str, str]) -> dict[str, list[RuleSheet]]:
        sheets: dict[str, list[RuleSheet]] = {kind: [] for kind in KINDS}
        for path in sorted(texts):
            found = _RULE.match(path)
            if path in (FROZEN, _SOURCE_DEFAULTS) or _SOURCE.match(path):
                continue
            if not found or found["kind"] not in KINDS:
                self._refuse_path(path)
            elif found["text"]:
                if path.replace(".text.yaml", ".yaml") not in texts:
                    self._fault(path, "没有对应的规则文件", "there is no rule beside this text")
            else:
                with self.faults.gathering():
                    sheets[found["kind"]].append(self._sheet(path, found, texts))
        return sheets

    def _refuse_path(self, path: str) -> None:
        if path.split("/", maxsplit=1)[0] in RESERVED:
            self._fault(path, "此类规则尚未启用", "rules of this kind are not read yet")
        else:
            self._fault(path, "文件名应为 类别/键/日期.yaml", "a rule is called kind/key/date.yaml")

    def _sheet(self, path: str, found: re.Match[str], texts: Mapping[str, str]) -> RuleSheet:
        try:
            starts_on = date.fromisoformat(found["day"])
        except ValueError:
            raise RuleFault(
                path, 1, Text("文件名中的日期不存在", "the day in the file's name does not exist")
            ) from None
        node = Node.read(path, texts[path])
        file = RuleFile(found["kind"], found["key"], starts_on, node.digest(), path)
        self.files[file.kind].put(file.key, starts_on, file)
        self.digests.append(f"{file.kind}/{file.key} {starts_on} {file.digest}")
        beside = path.removesuffix(".yaml") + ".text.yaml"
        text = Node.read(beside, texts[beside]) if beside in texts else None
        is_repeal = node.is_mapping and node.keys() == ("repealed",)
        if is_repeal:
            node.need("repealed").reference()
        return RuleSheet(file, node, text, is_repeal)

    def _read_rules(self) -> None:
        self._fill("instruments", read_instrument, self.instruments)
        self._date_repeals()
        known = frozenset(sheet.file.key for sheet in self.sheets["instruments"])
        citations = Citations(self.instruments, known)
        for sheet in self._all_sheets():
            citations.follow(sheet.node, sheet.file.starts_on)
        self.faults.found.extend(citations.faults)
        self._fill("record_types", read_record_type, self.record_types)
        self._fill("index_systems", self._read_index_system, self.index_systems)
        self._fill("lists", self._read_programme, self.programmes)
        self._fill("measures", self._read_measure, self.measures)
        self._read_decision_rules()
        self._fill("readings", read_reading_rules, self.reading_rules)
        years: Shelf[Calendar] = Shelf("calendar")
        self._fill("calendars", read_calendar, years)
        self.calendar = Calendar.joined({day.year: year for _, day, year in years.editions() if year}.values())
        gazetteers: Shelf[Gazetteer] = Shelf("table of regions")
        self._fill("regions", read_regions, gazetteers)
        for _, _, table in gazetteers.editions():
            self.regions = table or self.regions
        industries: Shelf[Mapping[tuple[str, str], Industry]] = Shelf("edition of industries")
        self._fill("industries", read_industries, industries)
        for _, _, edition in industries.editions():
            self.industries.update(edition or {})

    def _all_sheets(self) -> Iterable[RuleSheet]:
        return (sheet for kind in KINDS for sheet in self.sheets[kind])

    def _fill(self, kind: str, read: Callable[[Node, RuleTexts, RuleFile], Rule], shelf: Shelf[Rule]) -> None:
        for sheet in self.sheets[kind]:
            with self.faults.gathering():
                rule = None if sheet.is_repeal else read(sheet.node, sheet.texts(), sheet.file)
                shelf.put(sheet.file.key, sheet.file.starts_on, rule)

    def _read_index_system(self, node: Node, texts: RuleTexts, file: RuleFile) -> IndexSystem:
        """Read an index system against the catalogue of its first day."""
        fresh = Node(texts.node.file, "", texts.node.raw)
        return read_index_system(node, fresh, file, self.record_types.nearest(file.starts_on))

    def _read_programme(self, node: Node, texts: RuleTexts, file: RuleFile) -> Programme:
        """Read a list against the catalogue of its first day."""
        return read_programme(node, texts, file, self.record_types.nearest(file.starts_on))

    def _read_measure(self, node: Node, texts: RuleTexts, file: RuleFile) -> Measure:
        """Read a measure against the lists and index systems of its first day."""
        day = file.starts_on
        return read_measure(node, texts, file, self.programmes.nearest(day), self.index_systems.nearest(day))

    def _read_decision_rules(self) -> None:
        """Read scenarios and the rule of legality, and refuse measures for scenarios nobody knows."""
        for sheet in self.sheets["decision_rules"]:
            key, day = sheet.file.key, sheet.file.starts_on
            with self.faults.gathering():
                if key == LEGALITY:
                    self.legality.put(
                        key, day, None if sheet.is_repeal else read_legality(sheet.node, sheet.texts(), sheet.file)
                    )
                else:
                    self.scenarios.put(
                        key, day, None if sheet.is_repeal else read_scenario(sheet.node, sheet.texts(), sheet.file)
                    )
        for sheet in self.sheets["measures"]:
            measure = self.measures.find(sheet.file.key, sheet.file.starts_on)
            for key in sorted(measure.scenarios) if measure else ():
                if key not in self.scenarios:
                    self._fault(sheet.file.path, f"没有应用场景「{key}」", f"there is no scenario {key!r}")

    def _date_repeals(self) -> None:
        """Give the last edition of a repealed instrument the day on which it ends."""
        ended: Shelf[Instrument] = Shelf(self.instruments.noun)
        for key, day, instrument in self.instruments.editions():
            until = self.instruments.repealed_on(key)
            ended.put(key, day, replace(instrument, repealed_on=until) if instrument else None)
        self.instruments = ended

    def _read_sources(self, texts: Mapping[str, str]) -> None:
        by_source: dict[str, dict[str, str]] = {}
        if _SOURCE_DEFAULTS in texts:
            with self.faults.gathering():
                node = Node.read(_SOURCE_DEFAULTS, texts[_SOURCE_DEFAULTS])
                self.digests.append(f"{_SOURCE_DEFAULTS} {node.digest()}")
                self.closing_words = read_closing_words(node)
        for path in texts:
            found = _SOURCE.match(path)
            if found:
                by_source.setdefault(found["source"], {})[found["feed"]] = path
        catalogue = self.record_types.last()
        for source, paths in sorted(by_source.items()):
            if "source" not in paths:
                self._fault(f"sources/{source}/source.yaml", "缺少来源说明", "the source itself is missing")
            for feed, path in sorted(paths.items()):
                with self.faults.gathering():
                    self._read_source_file(source, feed, Node.read(path, texts[path]), catalogue)

    def _read_source_file(self, source: str, feed: str, node: Node, catalogue: Mapping[str, RecordType]) -> None:
        self.digests.append(f"sources/{source}/{feed} {node.digest()}")
        if feed == "source":
            self.sources[source] = read_source(node, source)
        else:
            profile = read_feed(node, source, feed, catalogue, self.closing_words)
            self.feeds[profile.key] = profile

    def _check_frozen(self, text: str) -> None:
        frozen, faults = read_frozen(FROZEN, text)
        files = [sheet.file for sheet in self._all_sheets()]
        self.faults.found.extend([*faults, *check_frozen(FROZEN, frozen, files)])
