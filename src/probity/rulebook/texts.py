"""Texts beside a rule: title, labels, notes, confidence, in both languages."""

from dataclasses import dataclass, field

from probity.rulebook.reading import Node, RuleFault
from probity.terms import Text

CONFIDENCES = ("sure", "likely", "unsure")
"""How well the source in law was read: DOMAIN's S, L and U."""


@dataclass
class RuleTexts:
    """What a person reads of one rule file; labels are taken, `close` refuses the idle ones."""

    node: Node
    title: Text
    labels: dict[str, tuple[Node, Text]]
    notes: Text | None
    confidence: str
    taken: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, node: Node) -> "RuleTexts":
        """Read `{title, labels, notes, confidence}`.

        Raises:
            RuleFault: on a missing language, an unknown key or an unknown confidence.
        """
        title = node.need("title").both()
        stated = node.take("labels")
        labels = {path: (label, label.both()) for path, label in stated.entries()} if stated else {}
        notes = node.take("notes")
        confidence = node.need("confidence").choice(*CONFIDENCES)
        return cls(node, title, labels, notes.both() if notes else None, confidence)

    def label(self, path: str) -> Text:
        """Return the label of `path`, a place in the rule file such as `category.fine`.

        Raises:
            RuleFault: when the text file has none.
        """
        if path not in self.labels:
            reason = Text(f"缺少标签「{path}」", f"the label {path!r} is missing")
            raise RuleFault(self.node.file, self.node.line, reason)
        self.taken.add(path)
        return self.labels[path][1]

    def close(self) -> None:
        """Refuse labels of nothing, and keys nobody asked for.

        Raises:
            RuleFault: naming the first of them.
        """
        self.node.close()
        for path, (label, _) in self.labels.items():
            if path not in self.taken:
                label.fail("没有对应的规则内容", "the rule has no such place")
