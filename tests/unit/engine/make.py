"""Making: record types, index systems and facts for the tests of the engine."""

from collections.abc import Mapping, Sequence
from datetime import date

from probity.engine.frames import FOREVER, Fact
from probity.rulebook.index_systems import IndexSystem, read_index_system
from probity.rulebook.reading import Node
from probity.rulebook.types import Bearing, Form, RecordField, RecordType, RuleFile, Stage
from probity.terms import LegalReference, Text

DAY = date(2026, 6, 30)
"""The day most tests ask about."""

ARTICLE = LegalReference("made-up-measure", "1")


def record_type(
    key: str,
    *,
    kind: Mapping[str, Sequence[str]] | None = None,
    degree: Mapping[str, Sequence[str]] | None = None,
    until: str | None = None,
    months: int = 60,
) -> RecordType:
    """Return a record type that states an amount and its points; `kind` and `degree` are {field: choices}."""
    fields = {
        name: RecordField(name, form, ARTICLE, Text(name, name))
        for name, form in (("fine_amount", Form.MONEY), ("points", Form.POINTS), ("note", Form.TEXT))
    }
    for stated in (kind or {}), (degree or {}):
        for name, choices in stated.items():
            offered = {choice: Text(choice, choice) for choice in choices}
            fields[name] = RecordField(name, Form.CHOICE, ARTICLE, Text(name, name), choices=offered)
    stated_parts = {
        "key": key,
        "file": RuleFile("record_types", key, date(2020, 1, 1), "0", f"record_types/{key}/2020-01-01.yaml"),
        "title": Text(key, key),
        "reference": ARTICLE,
        "stage": Stage.AFTER,
        "bearing": Bearing.ADVERSE,
        "adverse_when": {},
        "neutral_when": {},
        "identity": (),
        "fields": fields,
        "occurred_on": "decided_on",
        "until": until,
        "kind": next(iter(kind or {}), None),
        "degree": next(iter(degree or {}), None),
        "amount": "fine_amount",
        "points": "points",
        "retention_months": months,
        "retention_reference": ARTICLE,
        "publicity": None,
    }
    known = RecordType.__dataclass_fields__
    return RecordType(**{name: value for name, value in stated_parts.items() if name in known})


TYPES = {
    made.key: made
    for made in (
        record_type(
            "penalty",
            kind={"category": ["warning", "fine", "suspension", "closure"]},
            degree={"severity": ["minor", "ordinary", "serious"]},
        ),
        record_type("visit", kind={"result": ["pass", "fail", "corrected"]}, degree={"form": ["routine", "special"]}),
        record_type("listing", until="removed_on"),
        record_type("award", months=36),
    )
}


def system(rule: str, text: str, types: Mapping[str, RecordType] = TYPES, key: str = "made-up") -> IndexSystem:
    """Read an index system from the two texts of its files."""
    path = f"index_systems/{key}/2026-01-01.yaml"
    node = Node.read(path, rule)
    file = RuleFile("index_systems", key, date(2026, 1, 1), "0" * 64, path)
    return read_index_system(node, Node.read(path.replace(".yaml", ".text.yaml"), text), file, types)


def labels(*keys: str) -> str:
    """Return a text file that labels these keys."""
    lines = "".join(f"  {key}: {{zh: {key}, en: {key}}}\n" for key in keys)
    return f"title: {{zh: 试拟, en: Made up}}\nconfidence: unsure\nlabels:\n{lines}"


def rows(facts: Mapping[int, Sequence[Fact]]) -> dict[str, list[object]]:
    """Return the columns of a frame that holds these facts, by enterprise, all known from revision 1."""
    lines = [(number, fact) for number, listed in sorted(facts.items()) for fact in listed]
    columns: dict[str, list[object]] = {"enterprise": [number for number, _ in lines]}
    for name in ("record", "type", "day", "until", "kind", "degree", "amount", "points"):
        columns[name] = [getattr(fact, name) for _, fact in lines]
    return columns | {
        "from_revision": [1] * len(lines),
        "until_revision": [FOREVER] * len(lines),
        "ends_on": [None] * len(lines),
    }
