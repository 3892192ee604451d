"""Glossary: one word per concept, kept by comparing code and table."""

import re
from dataclasses import dataclass

from tests.house.source import ROOT, modules, words


@dataclass(frozen=True)
class Row:
    """One line of the glossary."""

    term: str
    where: str
    meaning: str
    chinese: str
    never: tuple[str, ...]


def read_glossary(text: str) -> list[Row]:
    """Return the rows of every table, without heads and rules."""
    found = []
    for line in text.splitlines():
        if not line.startswith("|") or line.startswith(("| term ", "|---")):
            continue
        term, where, meaning, chinese, never = (cell.strip() for cell in line.strip("|").split("|"))
        found.append(Row(term, where, meaning, chinese, tuple(re.findall(r"`([^`]+)`", never))))
    return found


ROWS = read_glossary((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
TERMS = {row.term for row in ROWS}


def flat(name: str) -> str:
    """Bring a name of code or a word of the table to one spelling, in the singular."""
    plain = "".join(words(name.replace(" ", "_")))
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") else plain


def banned(rows: list[Row]) -> dict[str, str]:
    """Return the words never to use → the term to use; a word that is itself a term is allowed."""
    allowed = {flat(row.term) for row in rows}
    return {flat(word): row.term for row in rows for word in row.never if flat(word) not in allowed}


def test_the_glossary_is_whole() -> None:
    """Every line has its meaning and its Chinese, and no term stands twice."""
    assert len(TERMS) == len(ROWS) > 50
    for row in ROWS:
        assert row.meaning and row.where and re.search(r"[\u4e00-\u9fff]", row.chinese), row


def test_every_noun_of_the_platform_is_in_the_glossary() -> None:
    """A class of a types.py, a models.py or of terms is a word of ours; a word of ours is explained."""
    missing = [
        f"{module.at(node)}: {node.name}"
        for module in modules("src")
        if module.path.name in ("types.py", "models.py") or "terms" in module.path.parts
        for node in module.tree.body
        if hasattr(node, "bases") and not node.name.startswith("_") and node.name not in TERMS
    ]
    assert not missing, "\n".join(missing)


def test_no_word_has_two_meanings() -> None:
    """Two rooms that use one word for two things cannot be read together."""
    places: dict[str, list[str]] = {}
    for module in modules("src"):
        if module.path.name in ("types.py", "models.py") or "terms" in module.path.parts:
            for node in module.classes():
                if node.name != "Meta" and not node.name.startswith("_"):
                    places.setdefault(node.name, []).append(module.at(node))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_banned_word_names_a_module_or_a_class() -> None:
    """Where two words compete, the table decided."""
    refused = banned(ROWS)
    faults = []
    for module in modules("src"):
        for place, name in [(str(module.path), module.name)] + [
            (module.at(node), node.name) for node in module.classes()
        ]:
            if flat(name) in refused:
                faults.append(f"{place}: {name!r}; say {refused[flat(name)]}")
    assert not faults, "\n".join(faults)


def test_a_banned_word_is_seen_in_any_spelling() -> None:
    """The test above can fail."""
    refused = banned(ROWS)
    assert flat("Company") in refused and flat("TaxNo") in refused
    assert refused[flat("uploads")] == "Batch" and flat("RuleFile") not in refused
    assert flat("Publication") not in refused, "a word that is a term somewhere is no banned word"
