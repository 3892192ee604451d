"""Texts: every label is there in both languages, and none speaks of nothing."""

import pytest

from probity.rulebook.reading import Node, RuleFault
from probity.rulebook.texts import RuleTexts
from probity.terms import Text

WHOLE = """\
title: {zh: 题, en: Title}
confidence: likely
notes: {zh: 注, en: Note}
labels:
  a: {zh: 甲, en: A}
  a.b: {zh: 乙, en: B}
"""


def read(text: str = WHOLE) -> RuleTexts:
    return RuleTexts.read(Node.read("a.text.yaml", text))


def test_labels_are_taken_by_their_path() -> None:
    texts = read()
    assert (texts.label("a"), texts.label("a.b")) == (Text("甲", "A"), Text("乙", "B"))
    assert texts.confidence == "likely" and texts.notes == Text("注", "Note")
    texts.close()


def test_a_label_nobody_took_is_refused_where_it_stands() -> None:
    texts = read()
    texts.label("a")
    with pytest.raises(RuleFault, match=r"a.text.yaml:6: labels.a.b: the rule has no such place"):
        texts.close()


def test_a_missing_label_is_named() -> None:
    with pytest.raises(RuleFault, match=r"the label 'c' is missing"):
        read().label("c")


def test_confidence_must_be_stated() -> None:
    with pytest.raises(RuleFault, match="'confidence' is missing"):
        read("title: {zh: 题, en: Title}")
