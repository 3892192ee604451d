"""Texts: what a person reads exists in both languages or not at all."""

import pytest

from probity.terms import Text


@pytest.mark.parametrize(("zh", "en"), [("", "word"), ("词", ""), (" ", "word"), ("词", "\n")])
def test_half_a_text_is_refused(zh: str, en: str) -> None:
    """One of our readers could not read it."""
    with pytest.raises(ValueError, match="both languages"):
        Text(zh, en)


def test_the_reader_gets_their_language() -> None:
    """Every kind of Chinese is Chinese, everything else English."""
    text = Text("企业", "enterprise")
    assert [text.of(tongue) for tongue in ("zh", "zh-hans", "ZH-TW", "en", "fr")] == ["企业"] * 3 + ["enterprise"] * 2


def test_places_are_filled_alike_in_both_languages() -> None:
    """A number shown in one language only would be a lie in the other."""
    assert Text("第 {row} 行", "row {row}").filled(row=7) == Text("第 7 行", "row 7")
