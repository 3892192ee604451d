"""Readings: the rule of purposes, and the days it counts."""

from datetime import date

import pytest

from probity.rulebook import Rulebook, shipped
from probity.rulebook.readings import ReadingRules
from tests.unit.rulebook.small import INSTRUMENT, INSTRUMENT_TEXT, faults

RULE = "readings/dossier/2021-01-01.yaml"
MEANING = """\
instrument: measure
article: art. 1
purposes:
  case: {asks: number, waits: true, tells: words, article: art. 1}
  running: {asks: reason, terminal: true, waits: true, tells: kind, article: art. 1}
words: {least: 4, article: art. 1}
sitting: {minutes: 30, article: art. 1}
release: {day: 10, over_months: 3, article: art. 2}
retention: {months: 120, article: art. 2}
"""
TEXT = """\
title: {zh: 查阅, en: Reading}
confidence: sure
labels:
  case: {zh: 案件, en: Case}
  case.words: {zh: 案号, en: Number}
  running: {zh: 运行, en: Running}
  running.words: {zh: 事由, en: Reason}
"""


def read(meaning: str = MEANING, text: str = TEXT) -> list[tuple[str, int, str]]:
    """Return the faults of a small rulebook with this rule."""
    day = "2021-01-01"
    return faults(
        {
            f"instruments/measure/{day}.yaml": INSTRUMENT,
            f"instruments/measure/{day}.text.yaml": INSTRUMENT_TEXT,
            RULE: meaning,
            RULE.replace(".yaml", ".text.yaml"): text,
        }
    )


@pytest.fixture(scope="module")
def rules() -> ReadingRules:
    """The shipped rule."""
    return Rulebook.read([shipped()]).reading_rules(date(2026, 6, 30))


def test_the_rule_as_written_reads() -> None:
    """So that each spoilt one below is refused for its own reason."""
    assert read() == []


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("day: 10", "day: 31", "out of range"),
        ("over_months: 3", "over_months: 0", "out of range"),
        ("months: 120", "months: 5", "out of range"),
        ("asks: number", "asks: name", "one of number, reason"),
        ("waits: true", "waits: maybe", "true or false"),
        ("terminal: true", "terminal: false", "exactly one purpose is the terminal's"),
        ("minutes: 30, ", "", "'minutes' is missing"),
        ("least: 4, article: art. 1", "least: 4", "'article' is missing"),
        ("  case:", "  other:", "label 'other' is missing"),
        ("words: {least", "strange: 1\nwords: {least", "unknown key 'strange'"),
    ],
)
def test_a_spoilt_rule_is_refused_with_its_line(good: str, bad: str, said: str) -> None:
    """Nothing in it is guessed."""
    found = read(MEANING.replace(good, bad, 1))
    assert any(said in str(fault) for fault in found), found


def test_a_reading_is_told_in_one_of_the_months_after_it(rules: ReadingRules) -> None:
    """Never in its own month, whatever its day; December is followed by January."""
    assert rules.due_on(date(2026, 9, 1), 0) == rules.due_on(date(2026, 9, 30), 0) == date(2026, 10, 10)
    assert rules.due_on(date(2026, 11, 30), rules.over_months - 1) == date(2027, 2, 10)


def test_a_release_day_is_the_last_that_came(rules: ReadingRules) -> None:
    """A wheel that stood still releases late, under the day it should have been."""
    assert [rules.release_on(day) for day in (date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 31))] == [
        date(2026, 9, 10), date(2026, 10, 10), date(2026, 10, 10),
    ]  # fmt: skip
    assert rules.release_on(date(2026, 1, 2)) == date(2025, 12, 10)


def test_readings_are_kept_ten_years(rules: ReadingRules) -> None:
    """The longest term found; a leap day has no anniversary and is kept to the 28th."""
    assert rules.keep_until(date(2026, 11, 25)) == date(2036, 11, 25)
    assert rules.keep_until(date(2028, 2, 29)) == date(2038, 2, 28)


def test_what_the_enterprise_occasioned_never_waits(rules: ReadingRules) -> None:
    """It knows of its own application: a reading that is missing would tell of a sealed matter."""
    assert {key for key, kind in rules.purposes.items() if not kind.may_wait} == {"application", "remedy"}
    assert not rules.purposes["lead"].tells_words, "the number of a lead would tell of the one who reported"
