"""Instruments: the laws, measures, standards and proposals that every rule cites."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from probity.rulebook.reading import Node, RuleFault
from probity.rulebook.shelves import Shelf
from probity.rulebook.texts import RuleTexts
from probity.rulebook.types import Instrument, InstrumentKind, RuleFile
from probity.terms import Text


def read_instrument(node: Node, texts: RuleTexts, file: RuleFile) -> Instrument:
    """Read one instrument; its first day in force is the day in the file's name.

    The file lists `kind`, `number` and the `articles` rules use; the text file has the title,
    the label `issuer` and one label per article. `repealed_on` is set by the rulebook.

    Raises:
        RuleFault: on anything missing, unknown or without its label.
    """
    kind = InstrumentKind(node.need("kind").choice(*InstrumentKind))
    number = node.need("number").text()
    listed = node.take("articles")
    articles: Mapping[str, Text] = {name: texts.label(name) for name in listed.texts()} if listed else {}
    issuer = texts.label("issuer")
    node.close()
    texts.close()
    return Instrument(
        file.key, kind, number, issuer, texts.title, file.starts_on, None, articles, texts.confidence, file
    )


@dataclass
class Citations:
    """Follows every citation of rule files and keeps a fault for each that leads nowhere.

    A mapping's `article` belongs to its own `instrument` or to that of the nearest mapping
    around it. The instrument must be in the rulebook, in force on the rule's first day, and
    list the article if it lists any. `known` holds every key that has a file, so that one
    faulty instrument is not reported again by each rule that cites it.
    """

    instruments: Shelf[Instrument]
    known: frozenset[str]
    faults: list[RuleFault] = field(default_factory=list)

    def follow(self, node: Node, day: date, around: str = "") -> None:
        """Follow the citations in a node of a rule whose first day is `day`."""
        if node.is_sequence:
            for inner in node.items():
                self.follow(inner, day, around)
        if not node.is_mapping:
            return
        inside = Node(node.file, node.path, node.raw)  # leaves the keys of the real node untaken
        own, article = inside.take("instrument"), inside.take("article")
        named = own.text() if own and own.is_text else around
        try:
            if own:
                self._follow_instrument(own, day)
            if article:
                self._follow_article(article, named, day)
        except RuleFault as fault:
            self.faults.append(fault)
        for _, inner in inside.entries():
            self.follow(inner, day, named)

    def _follow_instrument(self, node: Node, day: date) -> None:
        key = node.text()
        if key not in self.known:
            node.fail(f"规则库中没有规范性文件「{key}」", f"the instrument {key!r} is not in the rulebook")
        if key in self.instruments and self.instruments.find(key, day) is None:
            node.fail(f"规范性文件「{key}」在 {day} 未生效", f"the instrument {key!r} is not in force on {day}")

    def _follow_article(self, node: Node, key: str, day: date) -> None:
        if not key:
            node.fail("条款没有所属的规范性文件", "an article without an instrument around it")
        cited = self.instruments.find(key, day)
        if cited and cited.articles and node.text() not in cited.articles:
            node.fail(f"「{key}」未列出条款「{node.text()}」", f"{key!r} lists no article {node.text()!r}")
