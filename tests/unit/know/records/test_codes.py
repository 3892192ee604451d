"""Which number a cell holds, mended only where a check proves it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from probity.know.records.codes import Coded, read_any_code, read_credit_code, read_other_code
from probity.know.records.types import Fault
from probity.terms import CreditCode
from probity.terms.codes import check_character
from tests.fixtures.make_intake import credit_code
from tests.unit.know.making import GOOD

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def fault(found: Coded | Fault) -> str:
    return found.code if isinstance(found, Fault) else f"read {found}"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.lower(),
        f" {GOOD} ",
        f"'{GOOD}",
        f"\u200b{GOOD}\n",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "9135 0100 M000 100Y 43",
    ],
)
def test_width_case_and_blanks_are_no_repair(text: str) -> None:
    assert read_credit_code(text) == Coded("credit_code", GOOD, repaired=False)


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("I", "1"), ("o", "0"), ("О", "0")])
def test_a_letter_that_looks_like_a_digit_is_mended_where_the_check_holds(typed: str, meant: str) -> None:
    assert meant in GOOD
    for place, sign in enumerate(GOOD):
        if sign == meant:
            found = read_credit_code(GOOD[:place] + typed + GOOD[place + 1 :])
            assert found == Coded("credit_code", GOOD, repaired=True)


def test_a_code_is_not_mended_where_the_check_fails() -> None:
    wrong = GOOD[:-1] + "7"
    assert fault(read_credit_code(wrong.replace("0", "O", 1))) == "CODE"


def test_a_failing_code_never_says_which_character_would_fit() -> None:
    """Who types in what fits names an enterprise by guess; it may be another one."""
    found = read_credit_code(GOOD[:-1] + "7")
    assert isinstance(found, Fault) and found.mendable
    assert "check character" in found.expected.en and f"{GOOD[-1]!r}" not in found.expected.en + found.expected.zh


@pytest.mark.parametrize("text", ["9.11E+17", "9.11101057689725e+17", "9.111E17", "911101057689725000"])
def test_a_code_cut_by_a_spreadsheet_is_refused_never_guessed(text: str) -> None:
    assert fault(read_credit_code(text)) == "CODE_CUT"
    assert fault(read_any_code(text)) == "CODE_CUT"


def test_zeros_alone_are_not_a_cut_code() -> None:
    assert fault(read_any_code("0" * 18)) == "CODE"


def test_a_true_code_that_ends_in_zeros_is_taken() -> None:
    """Digits only, both check characters hold, three zeros at the end: it exists, if rarely."""
    for number in range(100_000_000):
        body = f"91110105{number:08d}"
        if _organisation_check(body[8:16]) == "0" and check_character(body + "0") == "0" and body.endswith("0"):
            break
    assert read_credit_code(body + "00") == Coded("credit_code", body + "00")


def _organisation_check(body: str) -> str:
    left = 11 - sum(int(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(left, str(left))


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        (GOOD, "credit_code", GOOD),
        ("440301103097413", "registration_number", "440301103097413"),
        ("110108000000016", "registration_number", "110108000000016"),
        ("M000100Y-4", "organisation_code", "M000100Y4"),
        ("M000100Y4", "organisation_code", "M000100Y4"),
        ("350100M000100Y4", "tax_number", "350100M000100Y4"),
        ("350100M000100Y4000", "tax_number", "350100M000100Y4000"),
        ("1234567890123", "registration_number", "1234567890123"),
        ("110000000123", "institution_number", "110000000123"),
    ],
)
def test_any_code_is_told_by_length_and_check(text: str, kind: str, code: str) -> None:
    assert read_any_code(text) == Coded(kind, code)


@pytest.mark.parametrize("text", ["1", "营业执照", "440301103097414", "M000100Y5", "NO.104395094", "5411011967575995B"])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert fault(read_any_code(text)) == "CODE"


@pytest.mark.parametrize("text", ["11010119900307001X", "110101199003070011"])
def test_a_resident_number_marks_a_natural_person(text: str) -> None:
    valid = text[:17] + resident_check(text[:17])
    for found in (read_credit_code(valid), read_any_code(valid), read_any_code(valid + "01")):
        assert isinstance(found, Fault)
        assert (found.code, found.mendable) == ("PERSON", False)
        assert valid not in found.expected.zh + found.expected.en


def resident_check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def test_a_column_of_another_code_may_hold_the_credit_code() -> None:
    assert read_other_code("registration_number", GOOD) == Coded("credit_code", GOOD)
    assert read_other_code("association_number", "京民证字第0010001号") == Coded(
        "association_number", "京民证字第0010001号"
    )
    assert fault(read_other_code("registration_number", "无")) == "CODE"


@given(st.text(max_size=24))
def test_any_text_is_a_code_or_a_fault_never_an_exception(text: str) -> None:
    for found in (read_credit_code(text), read_any_code(text), read_other_code("tax_number", text)):
        assert isinstance(found, Coded | Fault)


@given(st.text(alphabet=ALPHABET + "OISVZabc０Ｏ", min_size=16, max_size=20))
def test_a_credit_code_that_is_read_always_holds_its_check(text: str) -> None:
    """Repaired or not: nothing passes whose check character fails."""
    for found in (read_credit_code(text), read_any_code(text)):
        if isinstance(found, Coded) and found.kind == "credit_code":
            assert CreditCode(found.code) == found.code


@given(st.integers(0, 999_999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_never_taken_for_another_enterprise(number: int, place: int, sign: str) -> None:
    good = credit_code(number)
    assume(good[place] != sign)
    found = read_credit_code(good[:place] + sign + good[place + 1 :])
    assert isinstance(found, Fault)
