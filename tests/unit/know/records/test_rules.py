"""What is said of a refused row, and how much of it is kept."""

import pytest

from probity.know.records import rules
from probity.know.records.types import PROBLEM_CODES, Fault, Problem
from probity.terms import Text

FAULT = Fault("DATE", Text("应为日期", "a day was expected"))


def test_a_problem_says_row_column_and_what_was_expected_in_both_languages() -> None:
    found = rules.problem(7, "日期", FAULT, "昨天")
    assert found.message == Text(
        "第 7 行「日期」：应为日期，报送内容为「昨天」", "row 7, column “日期”: a day was expected; it reads “昨天”"
    )
    assert found.mendable


def test_numbers_of_persons_are_hidden_in_what_is_said() -> None:
    found = rules.problem(7, "日期", FAULT, "电话13812345678")
    assert "138" not in found.message.zh + found.message.en + found.delivered


def test_a_long_text_is_shown_short() -> None:
    assert len(rules.problem(7, "日期", FAULT, "长" * 5000).message.zh) < 200


def test_of_a_persons_row_only_the_row_and_the_code_are_kept() -> None:
    person = rules.problem(7, "代码", rules.PERSON_ROW, "110101199003070011")
    other = rules.problem(7, "日期", FAULT, "昨天")
    kept = rules.kept_problems([other, person])
    assert kept == [person]
    assert (person.delivered, person.mendable) == ("", False)
    assert rules.kept_values(kept, {"名称": "某某"}) == {}


def test_the_gravest_problem_names_the_row_and_one_cell_is_named_once() -> None:
    late = Problem(7, "日期", "LENGTH", FAULT.expected, "", True)
    missing = Problem(7, "名称", "MISSING", FAULT.expected, "", True)
    assert [one.code for one in rules.kept_problems([late, missing, missing])] == ["MISSING", "LENGTH"]


def test_every_code_a_rule_gives_has_its_rank() -> None:
    faults = (rules.RAGGED, rules.NO_OPERATION, rules.NO_ROUTE, rules.NO_SUBJECT, rules.TWO_CODES, rules.ENDS_EARLY)
    assert {fault.code for fault in (*faults, rules.conflict(1), rules.PERSON_ROW)} <= set(PROBLEM_CODES)


def test_a_row_is_mendable_only_when_every_problem_is_one_of_form() -> None:
    form, content = rules.problem(1, "甲", FAULT, ""), rules.problem(1, "乙", rules.conflict(3), "")
    assert rules.is_mendable([form])
    assert not rules.is_mendable([form, content])


@pytest.mark.parametrize(("text", "meant"), [("I", "i"), (" u ", "u"), ("删除", "d"), ("x", None), ("", None)])
def test_an_envelopes_operation_is_read_or_refused(text: str, meant: str | None) -> None:
    assert rules.operation(text) == meant


def test_values_kept_of_a_refused_row_hide_numbers_of_persons() -> None:
    kept = rules.kept_values([rules.problem(1, "日期", FAULT, "")], {"事实": "电话13812345678", "名称": "甲"})
    assert kept["名称"] == "甲" and "138" not in kept["事实"]
