"""Reading a programme of a list, from a rule file and its text."""

from collections.abc import Mapping

from probity.rulebook.lists.types import (
    Arrival,
    Exit,
    ExitKind,
    Ground,
    ListKind,
    ListTerm,
    Programme,
    Reach,
    TermStart,
    Threshold,
)
from probity.rulebook.reading import FaultList, Node
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import RecordType, RuleFile
from probity.terms import LegalReference

LEVELS = ("county", "city", "province", "national")
"""Levels of a public body, from below."""


def read_programme(node: Node, texts: RuleTexts, file: RuleFile, record_types: Mapping[str, RecordType]) -> Programme:
    """Read one edition of a programme.

    Args:
        node: the parsed rule file.
        texts: its labels: `summary`, `grounds.<key>`, `exits.<kind>.<condition>`.
        file: where the rule stands.
        record_types: the catalogue of its first day.

    Raises:
        RulebookFaults: all faults of the file together.
    """
    reading = _Reading(node, texts, record_types)
    programme = reading.programme(file)
    with reading.faults.gathering():
        node.close()
    with reading.faults.gathering():
        texts.close()
    reading.faults.settle()
    return programme


class _Reading:
    """The parts of one programme; the instrument and the record type are shared by all."""

    def __init__(self, node: Node, texts: RuleTexts, record_types: Mapping[str, RecordType]) -> None:
        self.node, self.texts, self.faults = node, texts, FaultList()
        self.reference = node.reference()
        self.kind = ListKind(node.need("kind").choice(*ListKind))
        stated = node.need("record_type")
        if stated.text() not in record_types:
            stated.fail(f"没有记录类型「{stated.text()}」", f"there is no record type {stated.text()!r}")
        self.record_type = record_types[stated.text()]

    def programme(self, file: RuleFile) -> Programme:
        """Return the whole; what a part lacks is gathered, so that all faults are shown together."""
        regulation = self.node.take("regulation")
        reach = Reach(self.node.need("reach").choice(*Reach))
        if regulation and reach is Reach.NATIONAL:
            regulation.fail("全国性名单无须地方性法规", "a national list needs no local regulation")
        limitation, objection = self.node.take("limitation"), self.node.take("objection")
        fresh = self.node.need("fresh")
        arrivals = self._words("arrivals", Arrival)
        programme = Programme(
            key=file.key,
            file=file,
            title=self.texts.title,
            summary=self.texts.label("summary"),
            kind=self.kind,
            reach=reach,
            regulation=self._reference(regulation) if regulation else None,
            arrivals=frozenset(Arrival(word) for word in arrivals),
            reference=self.reference,
            record_type=self.record_type.key,
            names=self.node.need("names").texts(),
            sectors=frozenset(self.node.need("sectors").texts()),
            levels=self._levels(Arrival.DECIDED in arrivals),
            grounds=self._grounds(),
            needs=self._needs(),
            term=self._term(),
            exits=self._exits(),
            limitation_months=limitation.need("months").integer(least=1) if limitation else None,
            limitation=self._reference(limitation) if limitation else None,
            lapses_on=frozenset(ListKind(word) for word in self._words("lapses_on", ListKind, needed=False)),
            objection_days=objection.need("working_days").integer(least=1) if objection else None,
            objection=self._reference(objection) if objection else None,
            fresh_days=fresh.need("days").integer(least=1),
            confidence=self.texts.confidence,
            notes=self.texts.notes,
        )
        self._reference(fresh)
        for part in (regulation, limitation, objection, fresh):
            if part:
                part.close()
        return programme

    def _reference(self, node: Node) -> LegalReference:
        return node.reference(self.reference.instrument)

    def _words(self, key: str, words: type[Arrival] | type[ListKind], *, needed: bool = True) -> tuple[str, ...]:
        stated = self.node.need(key) if needed else self.node.take(key)
        if stated is None:
            return ()
        nodes = stated.items() if stated.is_sequence else [stated]
        return tuple(one.choice(*words) for one in nodes)

    def _levels(self, is_decided_here: bool) -> Mapping[str, Threshold]:
        stated = self.node.take("levels")
        if stated is None:
            if is_decided_here:
                self.node.need("levels")  # refuses: somebody must be able to decide
            return {}
        levels: dict[str, Threshold] = {}
        for level, part in stated.entries():
            with self.faults.gathering():
                if level not in LEVELS:
                    part.fail(f"没有层级「{level}」", f"there is no level {level!r}; levels are {', '.join(LEVELS)}")
                above = part.need("approved_above").flag()
                levels[level] = Threshold(level, above, self._reference(part))
                part.close()
        return levels

    def _grounds(self) -> Mapping[str, Ground]:
        grounds: dict[str, Ground] = {}
        for key, part in self.node.need("grounds").entries():
            with self.faults.gathering():
                penalties = part.take("penalties")
                grounds[key] = Ground(
                    key,
                    self.texts.label(f"grounds.{key}"),
                    self._reference(part),
                    frozenset(penalties.texts()) if penalties else frozenset(),
                )
                part.close()
        return grounds

    def _needs(self) -> tuple[str, ...]:
        stated = self.node.need("needs")
        found = stated.need("fields")
        for one in found.items():
            if one.text() not in self.record_type.fields:
                one.fail(f"记录类型没有字段「{one.text()}」", f"the record type has no field {one.text()!r}")
        self._reference(stated)
        stated.close()
        return found.texts()

    def _term(self) -> ListTerm:
        stated = self.node.need("term")
        months, most = stated.take("months"), stated.take("most_months")
        if months and most:
            most.fail("已写明期限，不得再写最长期限", "a stated term has no longest one beside it")
        term = ListTerm(
            months.integer(least=1) if months else None,
            most.integer(least=1) if most else None,
            TermStart(stated.need("starts").choice(*TermStart)),
            self._reference(stated),
        )
        stated.close()
        if term.months is None and self.record_type.until is None:
            stated.fail("期限须由记录写明终止日期", "without a term the record type must state an end")
        return term

    def _exits(self) -> Mapping[ExitKind, Exit]:
        """Correction and annulment are always open: no programme may close them."""
        exits: dict[ExitKind, Exit] = {}
        stated = self.node.need("exits")
        for key, part in stated.entries():
            with self.faults.gathering():
                kind = self._exit_kind(key, part)
                exits[kind] = self._exit(kind, part)
        for kind in (ExitKind.CORRECTION, ExitKind.ANNULMENT):
            if kind not in exits:
                stated.fail(f"缺少退出「{kind}」", f"the exit {kind.value!r} is missing: it can never be closed")
        return exits

    def _exit_kind(self, key: str, part: Node) -> ExitKind:
        if key not in list(ExitKind):
            part.fail(f"没有退出「{key}」", f"there is no exit {key!r}; exits are {', '.join(ExitKind)}")
        return ExitKind(key)

    def _exit(self, kind: ExitKind, part: Node) -> Exit:
        months, days, conditions = part.take("after_months"), part.take("working_days"), part.take("conditions")
        found = Exit(
            kind,
            months.integer(least=1) if months else 0,
            {key: self.texts.label(f"exits.{kind}.{key}") for key in conditions.texts()} if conditions else {},
            days.integer(least=1) if days else None,
            self._reference(part),
        )
        part.close()
        return found
