"""Rules of the registry: whose name wins, and what a typed question means."""

import pytest

from probity.know.registry.rules import folded_query, name_stated, spellings


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], ("", False)),
        ([("", False)], ("", False)),
        ([("", False), ("甲", False), ("乙", False)], ("甲", False)),
        ([("甲", False), ("乙", True)], ("乙", True)),
        ([("乙", True), ("甲", False)], ("乙", True)),
        ([("乙", True), ("丙", True), ("", True)], ("丙", True)),
    ],
)
def test_the_latest_registration_names_an_enterprise(said: list[tuple[str, bool]], expected: tuple[str, bool]) -> None:
    """Without one it goes by the first name anybody gave."""
    assert name_stated(said) == expected


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (" 91350100m000100y43 ", "91350100M000100Y43"),
        ("9135 0100 M000 100Y43", "91350100M000100Y43"),
        ("９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"),
        (" 灯笼 食品 ", "灯笼 食品"),
        ("灯笼（集团）", "灯笼(集团)"),
        ("", ""),
    ],
)
def test_a_question_is_folded(typed: str, asked: str) -> None:
    """A code is found however it was typed; a name keeps its blanks."""
    assert folded_query(typed) == asked


def test_a_name_is_looked_for_with_either_brackets() -> None:
    """Registers write full-width brackets, people type half-width ones."""
    assert spellings("灯笼(集团)") == ("灯笼(集团)", "灯笼（集团）")
    assert spellings("灯笼") == ("灯笼",)
