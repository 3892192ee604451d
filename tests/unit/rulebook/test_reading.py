"""Reading: nodes know their line and refuse what could be read two ways."""

import pytest

from probity.rulebook.reading import FaultList, Node, RulebookFaults, RuleFault
from probity.terms import Text


def read(text: str) -> Node:
    return Node.read("a.yaml", text)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\n\tb: 2", 2, "not YAML"),
        ("", 1, "empty"),
        ("a: 1\nb: 2\na: 3", 3, "twice"),
        ("x:\n  a: 1\n  a: 2", 3, "twice"),
        ("a: &name [1]\nb: *name", 1, "aliases"),
        ("a: " + "[" * 40 + "]" * 40, 1, "too deep"),
        ("? [a]\n: 1", 1, "plain text"),
    ],
)
def test_what_cannot_be_read_names_file_line_and_reason_in_both_languages(text: str, line: int, reason: str) -> None:
    with pytest.raises(RuleFault) as caught:
        read(text)
    assert (caught.value.file, caught.value.line) == ("a.yaml", line)
    assert reason in caught.value.reason.en and caught.value.reason.zh


def test_a_key_nobody_took_is_refused_on_its_line() -> None:
    node = read("a: 1\nremark: 2")
    node.need("a")
    with pytest.raises(RuleFault, match=r"a.yaml:2: unknown key 'remark'"):
        node.close()


def test_entries_count_as_taken() -> None:
    node = read("a: 1\nb: 2")
    assert [(key, value.text()) for key, value in node.entries()] == [("a", "1"), ("b", "2")]
    node.close()


def test_points_are_hundredths_and_refuse_a_third_decimal() -> None:
    node = read("[2.5, -1, 0.05, 1.005]")
    assert [item.points() for item in node.items()[:3]] == [250, -100, 5]
    with pytest.raises(RuleFault, match="two decimals"):
        node.items()[3].points()


def test_the_digest_is_of_the_meaning_not_of_the_layout() -> None:
    assert read("a: 1\nb: [x, y]").digest() == read("# why\nb:\n  - x\n  - y\na: '1'\n").digest()
    assert read("a: 1").digest() != read("a: 2").digest()


def test_the_digest_can_be_recomputed_with_the_plain_yaml_reader() -> None:
    """Anybody can check a frozen digest: BaseLoader, canonical JSON, SHA-256."""
    import hashlib
    import json

    import yaml

    text = "a: 2026-01-01\nb: {c: [yes, 1.50, ]}\n"
    meaning = yaml.load(text, Loader=yaml.BaseLoader)
    canonical = json.dumps(meaning, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert read(text).digest() == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_reference_takes_the_instrument_around_it() -> None:
    assert str(read("article: art. 1").reference("law")) == "law art. 1"
    assert read("instrument: other\narticle: art. 1").reference("law").instrument == "other"
    with pytest.raises(RuleFault, match="'instrument' is missing"):
        read("article: art. 1").reference()


def test_both_languages_are_needed() -> None:
    with pytest.raises(RuleFault, match="'en' is missing"):
        read("zh: 一").both()


def test_a_choice_lists_what_was_expected() -> None:
    with pytest.raises(RuleFault, match="one of law, rule was expected"):
        read("[decree]").items()[0].choice("law", "rule")


def test_gathered_faults_come_together_in_order() -> None:
    faults = FaultList()
    for line in (9, 3):
        with faults.gathering():
            raise RuleFault("a.yaml", line, Text("错", "wrong"))
    with pytest.raises(RulebookFaults) as caught:
        faults.settle()
    assert [fault.line for fault in caught.value.faults] == [3, 9]
