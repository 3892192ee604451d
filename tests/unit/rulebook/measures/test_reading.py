"""Measures: a measure bites enterprises only, and each kind has the triggers and bites it may have."""

from datetime import date

import pytest

from probity.rulebook import Rulebook
from probity.rulebook.measures import Bite, MeasureKind, Verdict
from tests.unit.rulebook.lists import test_reading as lists
from tests.unit.rulebook.small import faults

MEASURE = "measures/exclusion/2021-01-01.yaml"
SCENARIO = "decision_rules/procurement/2021-01-01.yaml"
LEGALITY = "decision_rules/legality/2021-01-01.yaml"
MEANINGS = {
    MEASURE: """\
instrument: measure
article: art. 1
kind: restriction
subject: enterprise
bite: bars
triggers:
  - {list: serious}
scenarios: [procurement]
bodies: [finance]
term: {months: 12, article: art. 1}
""",
    SCENARIO: """\
instrument: measure
article: art. 1
bodies: [finance]
answers: {article: art. 1, bars: hold, conditions: commitment, no_commitment: proceed, scrutinises: proceed, favours: proceed}
commitment: {article: art. 2}
""",
    LEGALITY: """\
instrument: measure
article: art. 1
bases: {article: art. 1, restriction: [law, regulation], management: [law, rule], market: [law], incentive: [law]}
""",
}
TEXTS = {
    MEASURE: "title: {zh: 禁止, en: Barred}\nconfidence: sure\nlabels:\n  content: {zh: 内容, en: Content}\n",
    SCENARIO: "title: {zh: 采购, en: Procurement}\nconfidence: sure\nlabels:\n  case: {zh: 项目编号, en: Tender number}\n",
    LEGALITY: "title: {zh: 合法性, en: Legality}\nconfidence: sure\n",
}


def texts(path: str = "", before: str = "", after: str = "") -> dict[str, str]:
    """Return a small rulebook with list, measure, scenario and rule of legality, one place spoilt."""
    found = lists.texts() | MEANINGS | {key.replace(".yaml", ".text.yaml"): text for key, text in TEXTS.items()}
    if path:
        assert before in found[path]
        found[path] = found[path].replace(before, after, 1)
    return found


def test_every_part_arrives() -> None:
    rulebook = Rulebook.read([texts()])
    day = date(2024, 1, 1)
    found = rulebook.measures(day)["exclusion"]
    assert (found.kind, found.bite, found.months) == (MeasureKind.RESTRICTION, Bite.BARS, 12)
    assert found.place == "exclusion 2021-01-01"
    assert rulebook.scenarios(day)["procurement"].answers[Bite.BARS] is Verdict.HOLD
    assert "law" in rulebook.legality(day).bases[MeasureKind.MARKET]


@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        (MEASURE, "subject: enterprise", "subject: person", "bites a person"),
        (MEASURE, "subject: enterprise", "subject: legal-representative", "bites a person"),
        (MEASURE, "bite: bars", "bite: favours", "one of bars"),
        (MEASURE, "kind: restriction", "kind: incentive", "one of favours"),
        (MEASURE, "{list: serious}", "{list: gossip}", "there is no list"),
        (MEASURE, "{list: serious}", "{list: serious, system: general}", "one list or one index system"),
        (MEASURE, "{list: serious}", "{system: astrology, grades: [A]}", "no index system"),
        (MEASURE, "scenarios: [procurement]", "scenarios: [marriage]", "no scenario"),
        (MEASURE, "term: {months: 12, article: art. 1}", "term: {months: 12}", "'article' is missing"),
        (SCENARIO, "bars: hold", "bars: proceed", "what bars holds"),
        (SCENARIO, "scrutinises: proceed", "scrutinises: hold", "nothing else does"),
        (SCENARIO, "commitment: {article: art. 2}\n", "", "needs its ground"),
        (SCENARIO, ", favours: proceed", "", "'favours' is missing"),
        (LEGALITY, "restriction: [law, regulation]", "restriction: [proposal]", "a proposal of ours"),
        (LEGALITY, ", incentive: [law]", "", "'incentive' is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: str, before: str, after: str, said: str) -> None:
    found = faults(texts(path, before, after))
    assert any(said in fault.reason.en and fault.file == path for fault in found), found


@pytest.mark.parametrize(
    ("kind", "measure_kind", "said"),
    [("red", "restriction", "incentives follow red lists"), ("abnormal", "restriction", "no black list")],
)
def test_a_list_sets_off_only_what_suits_it(kind: str, measure_kind: str, said: str) -> None:
    """A red list constrains nobody, and the abnormal list reduces nobody's rights."""
    found = texts(MEASURE, "kind: restriction", f"kind: {measure_kind}")
    found[lists.PATH] = lists.MEANING.replace("kind: serious", f"kind: {kind}")
    assert any(said in fault.reason.en for fault in faults(found))
