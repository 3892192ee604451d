"""Numbers of natural persons are found so that they are never kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.know.records.persons import HIDDEN, is_old_resident_number, is_resident_number, masked
from tests.unit.know.records.test_codes import resident_check

VALID = "11010119900307001" + resident_check("11010119900307001")


def test_a_resident_number_needs_province_birthday_and_check() -> None:
    assert is_resident_number(VALID)
    assert not is_resident_number(VALID[:-1] + ("0" if VALID[-1] != "0" else "1"))
    assert not is_resident_number("91" + VALID[2:])
    assert not is_resident_number("110101199013070011")


def test_an_old_number_is_told_by_province_and_birthday() -> None:
    assert is_old_resident_number("110101900307001")
    assert not is_old_resident_number("110101901307001")
    assert not is_old_resident_number("111111111111111")


@pytest.mark.parametrize(
    ("text", "shown", "count"),
    [
        (f"当事人某某（身份证号{VALID}）", f"当事人某某（身份证号{HIDDEN}）", 1),
        ("联系电话13812345678。", f"联系电话{HIDDEN}。", 1),
        (f"{VALID}，13812345678", f"{HIDDEN}，{HIDDEN}", 2),
        ("罚款2000元", "罚款2000元", 0),
        ("91350100M000100Y43", "91350100M000100Y43", 0),
        ("文号20231381234567890", "文号20231381234567890", 0),
        ("e31de98d-b15000959449", "e31de98d-b15000959449", 0),
    ],
)
def test_numbers_of_persons_in_free_text_are_hidden_and_counted(text: str, shown: str, count: int) -> None:
    assert masked(text) == (shown, count)


def test_a_document_number_keeps_what_only_looks_like_a_telephone() -> None:
    assert masked("京税字13812345678号", is_number=True) == ("京税字13812345678号", 0)
    assert masked(f"京字{VALID}号", is_number=True) == (f"京字{HIDDEN}号", 1)


@given(st.text(alphabet="当事人，。：()", max_size=10), st.text(alphabet="当事人，。：()", max_size=10))
def test_a_valid_number_never_survives_wherever_it_stands(before: str, after: str) -> None:
    assert VALID not in masked(before + VALID + after)[0]
