"""What typists vary in a text, made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.know.records.folding import document_number, fold, is_odd, narrow


@pytest.mark.parametrize("text", ["甲 乙", " 甲\n乙 ", "甲\r\n\t乙", "\u2002甲\u3000乙\u200b", "\ufeff甲\xa0乙"])
def test_blanks_and_line_breaks_become_one_blank(text: str) -> None:
    assert fold(text) == "甲 乙"


def test_names_keep_their_brackets() -> None:
    assert fold("甲（北京）有限公司") == "甲（北京）有限公司"


@pytest.mark.parametrize(
    "text",
    [
        "(京)应急罚〔2019〕执30号",
        "（京）应急罚〔2019〕执30号",
        "（京） 应急罚[2019]执30号",
        "(京)应急罚【2019】执30号",
        "(京)应急罚﹝２０１９﹞执30号",
        "（京）应急罚（2019）执30号",
    ],
)
def test_a_document_number_has_one_form(text: str) -> None:
    assert document_number(text) == "(京)应急罚〔2019〕执30号"


def test_what_a_broken_encoding_leaves_behind_is_odd() -> None:
    assert is_odd("北京\ufffd司") and is_odd("a\x00b") and is_odd("\ud800")
    assert not is_odd("甲\n乙\t丙\u3000")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert narrow(narrow(text)) == narrow(text)
    assert document_number(document_number(text)) == document_number(text)
