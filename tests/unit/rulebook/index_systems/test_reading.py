"""Reading an index system: every mistake is refused with its line."""

import re

import pytest

from probity.rulebook.index_systems import Effect, PerChoice, Silence
from probity.rulebook.reading import RuleFault
from tests.unit.engine.make import system
from tests.unit.engine.systems import RULE, SYSTEM, TEXT

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def refused(rule: str, text: str = TEXT) -> RuleFault:
    """Return the fault a rule is refused with."""
    with pytest.raises(RuleFault) as caught:
        system(rule, text)
    fault = caught.value
    assert fault.line > 0
    assert CHINESE.search(fault.reason.zh)
    return fault


def test_what_the_file_says_is_what_is_read() -> None:
    assert [dimension.key for dimension in SYSTEM.dimensions] == ["supervision", "standing"]
    penalties = SYSTEM.indicators[0]
    assert isinstance(penalties.tariff, PerChoice)
    assert penalties.tariff.points == {"minor": 100, "ordinary": 500, "serious": 2000}
    assert (penalties.sign, penalties.at_most, penalties.selection.months) == (-1, 3000, 24)
    assert SYSTEM.indicators[3].selection.months == 36, "`within: retention` is the record type's own term"
    assert [rule.effect for rule in SYSTEM.grade_rules] == [Effect.DIRECT, Effect.CEILING, Effect.VETO]
    assert SYSTEM.record_types == {"penalty", "visit", "listing", "award"}
    assert SYSTEM.longest_window_months is None, "`standing` looks back without limit"
    assert SYSTEM.silence is Silence.NEUTRAL
    assert {reference.article for reference in SYSTEM.references()} == {"1", "2", "3", "4", "5"}


# What is changed in the rule, and a word of the reason it is refused with.
CHANGES = {
    "an unknown key": ("takes: {each: 5}}", "takes: {each: 5}, weighs: 3}", "weighs"),
    "an unknown key above": ("silence: neutral", "silence: neutral\nmood: good", "mood"),
    "a missing policy of silence": ("silence: neutral\n", "", "silence"),
    "an unknown policy of silence": ("silence: neutral", "silence: bad", "neutral or unrated"),
    "an indicator without article": ("listed: {article: 3, ", "listed: {", "article"),
    "a dimension without article": ("supervision:\n    article: 2\n", "supervision:\n", "article"),
    "a score without article": ("at_most: 100, article: 1}", "at_most: 100}", "article"),
    "bands without article": ("bands:\n  article: 4\n", "bands:\n", "article"),
    "a veto without article": ("closed: {article: 5, ", "closed: {", "article"),
    "an unknown record type": ("counts: visit", "counts: visits", "visits"),
    "a record type named twice": ("counts: visit", "counts: [visit, visit]", "twice"),
    "an unknown field": ("when: {result: fail}", "when: {outcome: fail}", "outcome"),
    "a field that is neither kind nor degree": ("when: {result: fail}", "when: {note: x}", "neither"),
    "an unknown choice": ("when: {result: fail}", "when: {result: failed}", "failed"),
    "an unknown choice of a tariff": ("minor: 1,", "tiny: 1, minor: 1,", "tiny"),
    "a choice without points": ("minor: 1, ordinary: 5, serious: 20}, others: 2", "minor: 1, serious: 20}", "ordinary"),
    "negative points": ("takes: {each: 5}", "takes: {each: -5}", "above zero"),
    "points of three decimals": ("takes: {each: 5}", "takes: {each: 0.125}", "decimals"),
    "two ways of counting": ("takes: {each: 5}", "takes: {each: 5, month: 1}", "exactly one"),
    "no way of counting": ("takes: {each: 5}", "takes: {}", "exactly one"),
    "taking and adding": ("takes: {each: 5}}", "takes: {each: 5}, adds: {each: 1}}", "either"),
    "no window": ("within: {months: 12}, takes: {each: 3}", "takes: {each: 3}", "within"),
    "a window of nothing": ("within: {months: 12}, takes", "within: {months: 0}, takes", "out of range"),
    "a window beyond retention": ("within: {months: 12}, takes", "within: {months: 61}, takes", "60 months"),
    "standing without an end": ("counts: visit, when", "counts: visit, standing: true, when", "states no end"),
    "standing that is false": ("standing: true, takes", "standing: false, takes", "true or not stated"),
    "an unknown grade": ("standing: true, grade: B", "standing: true, grade: E", "'E'"),
    "a veto to a middling grade": ("within: {months: 36}, grade: D", "within: {months: 36}, grade: C", "worst grade"),
    "a ceiling at the best grade": ("standing: true, grade: B", "standing: true, grade: A", "no ceiling"),
    "a gap between bands": ("B: {from: 70, below: 90}", "B: {from: 70, below: 85}", "gap"),
    "an overlap of bands": ("B: {from: 70, below: 90}", "B: {from: 70, below: 95}", "overlap"),
    "bands out of order": ("B: {from: 70, below: 90}", "B: {from: 95, below: 90}", "not below"),
    "a band inside without limit": ("B: {from: 70, below: 90}", "B: {below: 90}", "overlap"),
    "a band no score reaches": (
        "A: {from: 90}",
        "A: {from: 101}\n    B2: {from: 90, below: 101}",
        "no score can reach",
    ),
    "a worst band no score reaches": (
        "starts_at: 100, at_least: 0,",
        "starts_at: 100, at_least: 60,",
        "no score can reach",
    ),
    "scores below the last band": ("D: {below: 60}", "D: {from: 55, below: 60}", "below the last band"),
    "scores above the first band": ("A: {from: 90}", "A: {from: 90, below: 95}", "highest"),
    "a grade nothing leads to": ("A: {from: 90}", "A: {from: 90}\n    A2: by_rule", "no rule leads"),
    "a floor above a cap": ("at_least: 0, at_most: 100", "at_least: 100, at_most: 0", "floor"),
    "an indicator's floor above its cap": (
        "takes: {each: 3}, at_least: 4",
        "takes: {each: 3}, at_least: 4, at_most: 2",
        "floor",
    ),
    "a weight for some": ("at_least: -50", "weight: 50", "sum to 100"),
    "a riskier direction": ("family: sector", "family: sector\ndirection: riskier", "not yet"),
    "decay": ("takes: {each: 5}}", "takes: {each: 5}, decay: {months: 6}}", "not yet"),
    "a matrix": ("family: sector", "family: sector\nmatrix: {}", "not yet"),
    "a start by information": (
        "starts_at: 100, at_least",
        "start_by_information: {}, starts_at: 100, at_least",
        "not yet",
    ),
    "a key of two parts": ("      awards:", "      listed:", "two parts"),
    "a score and rolling points": (
        "dimensions:",
        "rolling: {starts_at: 1, at_most: 2, article: 1}\ndimensions:",
        "either",
    ),
    "an unknown family": ("family: sector", "family: mixed", "family"),
    "amounts of a type": ("takes: {each: 3}", "takes: {amount: [{from: 1, points: 2}]}", "gap"),
    "amounts that overlap": (
        "takes: {each: 3}",
        "takes: {amount: [{from: 0, below: 10, points: 1}, {from: 5, points: 2}]}",
        "overlap",
    ),
    "amounts that fall": ("takes: {each: 3}", "takes: {amount: [{from: 0, below: 0, points: 1}]}", "rising"),
    "amounts that end": ("takes: {each: 3}", "takes: {amount: [{from: 0, below: 10, points: 1}]}", "no `below`"),
    "amounts after the end": (
        "takes: {each: 3}",
        "takes: {amount: [{from: 0, points: 1}, {from: 9, points: 2}]}",
        "overlap",
    ),
    "stated points out of order": ("takes: {each: 3}", "takes: {stated: {from: 5, to: 1}}", "rising"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_refuses(change: str) -> None:
    """Each mistake is refused on its own, for its own reason."""
    before, after, word = CHANGES[change]
    assert before in RULE, "the mistake has to change something"
    text = TEXT + "".join(f"  {key}: {{zh: 级, en: grade}}\n" for key in ("A2", "B2") if f"{key}:" in after)
    assert word in refused(RULE.replace(before, after, 1), text).reason.en


def test_a_fault_names_its_file_and_line() -> None:
    fault = refused(RULE.replace("counts: visit,", "counts: visits,"))
    assert fault.file == "index_systems/made-up/2026-01-01.yaml"
    assert fault.line == 1 + RULE.split("counts: visit,")[0].count("\n")


def test_rolling_points_allow_no_caps_of_their_parts() -> None:
    rolling = RULE.replace("score: {starts_at: 100, at_least: 0, at_most: 100,", "rolling: {starts_at: 9, at_most: 12,")
    assert "at_most" in refused(rolling).reason.en
    above = rolling.replace("starts_at: 9,", "starts_at: 13,")
    assert "above the maximum" in refused(above).reason.en


def test_every_part_has_its_label_and_every_label_its_part() -> None:
    assert "visits" in refused(RULE, TEXT.replace("  visits: {zh: visits, en: visits}\n", "")).reason.en
    fault = refused(RULE, TEXT + "  ghost: {zh: 鬼, en: ghost}\n")
    assert fault.file.endswith(".text.yaml")


def test_a_text_in_one_language_is_refused() -> None:
    assert "zh" in refused(RULE, TEXT.replace("zh: visits, ", "")).reason.en
