"""Assembling: every kind of fault names file, line and reason in both languages."""

import pytest

from tests.unit.rulebook.small import PATHS, faults, layer, spoilt

FAULTS = [
    ("instrument", "kind: rule", "kind: decree", 1, "one of law, regulation"),
    ("instrument", "number: Order 1\n", "", 1, "'number' is missing"),
    ("instrument", "[art. 1, art. 2]", "[art. 1, art. 2, art. 3]", 1, "label 'art. 3' is missing"),
    ("instrument text", "en: City government", "en: ''", 4, "non-empty"),
    ("penalty", "instrument: measure", "instrument: hearsay", 1, "'hearsay' is not in the rulebook"),
    ("penalty", "months: 60, article: art. 1", "months: 60, article: art. 9", 15, "lists no article 'art. 9'"),
    ("penalty", "months: 60, article: art. 1", "months: 60", 15, "'article' is missing"),
    ("penalty", "stage: after", "stage: after\nremark: x", 4, "unknown key 'remark'"),
    ("penalty", "stage: after", "stage: later", 3, "one of before, during, after"),
    ("penalty", "occurred_on: decided_on", "occurred_on: number", 7, "should be of form day"),
    ("penalty", "decided_on: {form: day, required: true", "decided_on: {form: day", 7, "dates the fact is required"),
    ("penalty", "identity: [number]", "identity: [fine]", 6, "required in every row"),
    ("penalty", "kind: category", "kind: colour", 8, "no field 'colour'"),
    ("penalty", "refuses: {category: [warning", "refuses: {category: [rumour", 21, "offers no 'rumour'"),
    ("penalty", "  months: 3\n", "", 17, "states the shortest term"),
    ("penalty", "  fine: {form", "  credit_code: {form", 14, "the subject's own columns"),
    ("penalty", "bearing: adverse", "bearing: neutral", 5, "only an adverse type"),
    ("penalty", "months: 60", "months: none", 15, "a whole number"),
    ("penalty", "occurred_on: decided_on", "occurred_on: decided_on\nundated: delivery_day", 7, "'dated' with"),
    ("penalty text", "  fine: {zh: 罚款金额, en: Fine}\n", "", 1, "label 'fine' is missing"),
    ("penalty text", "  fine: {zh", "  finest: {zh: 甲, en: A}\n  fine: {zh", 10, "no such place"),
    ("penalty text", "en: Penalty", "de: Strafe", 1, "'en' is missing"),
    ("penalty text", "confidence: likely", "confidence: certain", 2, "one of sure, likely, unsure"),
    ("source", 'region: "110000"\n', "", 1, "'region' is missing"),
]


@pytest.mark.parametrize(("name", "before", "after", "line", "reason"), FAULTS)
def test_a_fault_names_its_file_its_line_and_its_reason(
    name: str, before: str, after: str, line: int, reason: str
) -> None:
    found = faults(spoilt(name, before, after))
    texts = {"instrument": "instrument text", "penalty": "penalty text"}
    places = {PATHS[name], PATHS[texts.get(name, name)]}
    hit = [fault for fault in found if reason in fault.reason.en]
    assert hit, [str(fault) for fault in found]
    assert hit[0].file in places and hit[0].reason.zh.strip()
    assert hit[0].line == line


def test_the_small_rulebook_has_no_fault() -> None:
    """Otherwise the cases above would prove nothing."""
    assert faults(layer()) == []


def test_a_missing_text_file_is_a_fault_of_the_rule() -> None:
    texts = layer()
    del texts[PATHS["penalty text"]]
    assert any("the text file" in fault.reason.en and fault.file == PATHS["penalty"] for fault in faults(texts))


def test_a_text_without_its_rule_is_a_fault() -> None:
    texts = layer()
    del texts[PATHS["penalty"]]
    assert any(fault.file == PATHS["penalty text"] for fault in faults(texts))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("warning_rules/rumour/2020-01-01.yaml", "not read yet"),
        ("opinions/mine/2020-01-01.yaml", "kind/key/date.yaml"),
        ("record_types/penalty/2020-02-30.yaml", "does not exist"),
        ("record_types/penalty.yaml", "kind/key/date.yaml"),
    ],
)
def test_a_file_in_the_wrong_place_is_refused(path: str, reason: str) -> None:
    (fault,) = faults(layer() | {path: "a: 1"})
    assert fault.file == path and reason in fault.reason.en


def test_faults_of_several_files_come_together() -> None:
    texts = spoilt("penalty", "stage: after", "stage: later")
    texts[PATHS["source"]] = "authority: city"
    texts[PATHS["feed"]] = "title: x"
    assert len({fault.file for fault in faults(texts)}) == 3


def test_a_faulty_instrument_is_not_reported_again_by_those_who_cite_it() -> None:
    found = faults(spoilt("instrument", "kind: rule", "kind: decree"))
    assert [fault.file for fault in found] == [PATHS["instrument"]]


def test_an_instrument_must_be_in_force_when_a_rule_begins() -> None:
    texts = layer()
    for name in ("penalty", "penalty text"):
        texts[PATHS[name].replace("2020-06-01", "2019-06-01")] = texts.pop(PATHS[name])
    assert any("'measure' is not in force on 2019-06-01" in fault.reason.en for fault in faults(texts))


def test_a_repeal_cites_its_ground() -> None:
    path = "record_types/penalty/2024-01-01.yaml"
    assert [fault.file for fault in faults(layer() | {path: "repealed: {instrument: measure}"})] == [path]
