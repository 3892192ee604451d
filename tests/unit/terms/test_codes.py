"""Codes: the published vectors hold, and no code survives one wrong character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.terms import CreditCode, OrganisationCode, RegistrationNumber
from probity.terms.codes import check_character

VECTORS = ("91350100M000100Y43", "91230100128025258G", "914403001922038216")
"""DOMAIN 2.1: the example of the standard, and two seen in public code and registers."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("code", VECTORS)
def test_published_codes_are_taken(code: str) -> None:
    """A code the standard prints must never be refused."""
    assert CreditCode(code) == code


def test_a_code_tells_its_region_and_organisation() -> None:
    """Positions 3-8 are the region, 9-17 the organisation code."""
    code = CreditCode("91350100M000100Y43")
    assert (code.region, code.organisation) == ("350100", "M000100Y4")


def test_eighteen_zeros_are_refused() -> None:
    """Zeros satisfy the check sum, but no department registers under 0."""
    with pytest.raises(ValueError, match="no registering department '0'"):
        CreditCode("0" * 18)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "18 characters, got 0"),
        ("91350100M000100Y4", "18 characters, got 17"),
        ("91350100M000100Y433", "18 characters, got 19"),
        ("91350100M000100Yo3", "position 17"),
        ("9135O100M000100Y43", "position 5"),
        ("9135010AM000100Y43", "a region is six digits"),
        ("91350100M000100Y44", "'3' was expected"),
        (" 91350100M000100Y4", "position 1"),
        ("91350100m000100Y43", "position 9"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, said: str) -> None:
    """Nothing is trimmed, folded or repaired in the code itself."""
    with pytest.raises(ValueError, match=said):
        CreditCode(text)


@given(st.sampled_from(VECTORS), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_changed_character_fails(code: str, place: int, character: str) -> None:
    """DOMAIN 2.1: any single-character change must fail."""
    changed = code[:place] + character + code[place + 1 :]
    if changed != code:
        with pytest.raises(ValueError, match=r"position|region"):
            CreditCode(changed)


@given(
    st.sampled_from("123456789ANY"),
    st.sampled_from("1239"),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
    st.integers(0, 17),
    st.sampled_from(ALPHABET),
)
def test_made_codes_hold_and_fail_when_changed(
    department: str, category: str, region: str, organisation: str, place: int, character: str
) -> None:
    """The check character closes any body, and tells every single change of it."""
    body = f"{department}{category}{region}{organisation}"
    code = CreditCode(body + check_character(body))
    changed = code[:place] + character + code[place + 1 :]
    if changed != code:
        with pytest.raises(ValueError):
            CreditCode(changed)


def test_an_unusual_category_is_a_warning_only() -> None:
    """Practice runs ahead of the table: 54 is a village committee and must pass without a warning."""
    body = "94350100M000100Y4"
    assert CreditCode(body + check_character(body)).warnings() == ("category",)
    village = "54350100M000100Y4"
    assert CreditCode(village + check_character(village)).warnings() == ()


def test_a_broken_organisation_code_inside_is_a_warning_only() -> None:
    """Some registers gave out codes whose inner check does not hold."""
    body = "91350100M000100Y5"
    assert CreditCode(body + check_character(body)).warnings() == ("organisation",)


def test_sole_traders_are_told_by_92() -> None:
    """Their name may be a person's, so everything asks this first."""
    body = "92350100M000100Y4"
    assert CreditCode(body + check_character(body)).is_sole_trader
    assert not CreditCode(VECTORS[0]).is_sole_trader


@pytest.mark.parametrize("text", ["M000100Y4", "M000100Y-4", "192203821", "12802525-8"])
def test_organisation_codes_are_taken_with_or_without_hyphen(text: str) -> None:
    """GB 11714 prints a hyphen before the check character; both forms are one code."""
    try:
        assert OrganisationCode(text) == text.replace("-", "")
    except ValueError as refusal:
        pytest.fail(f"{text}: {refusal}")


@pytest.mark.parametrize("text", ["", "M000100Y5", "M000100Y", "m000100Y4", "M000-100Y4", "M000100Y44"])
def test_wrong_organisation_codes_are_refused(text: str) -> None:
    """Length, alphabet and check character are looked at."""
    with pytest.raises(ValueError, match=r"organisation code|check character"):
        OrganisationCode(text)


def registration_number(body: str) -> str:
    """Return fourteen digits with the ISO 7064 MOD 11,10 check digit, reckoned the other way round."""
    for digit in "0123456789":
        product = 10
        for each in body:
            total = (product + int(each)) % 10 or 10
            product = total * 2 % 11
        if (product + int(digit)) % 10 == 1:
            return body + digit
    raise AssertionError(body)


@given(st.from_regex(r"[1-9][0-9]{13}", fullmatch=True), st.integers(0, 14), st.sampled_from("0123456789"))
def test_registration_numbers_hold_and_fail_when_changed(body: str, place: int, digit: str) -> None:
    """GS 15-2006: MOD 11,10 tells every single wrong digit."""
    number = registration_number(body)
    assert RegistrationNumber(number) == number
    changed = number[:place] + digit + number[place + 1 :]
    if changed != number:
        with pytest.raises(ValueError, match=r"check digit|begins with a region"):
            RegistrationNumber(changed)


@pytest.mark.parametrize(
    "text", ["", "11010500034567", "1101050003456789", "00000000000000A", "１１０１０５０００３４５６７８"]
)
def test_other_than_fifteen_ascii_digits_is_no_registration_number(text: str) -> None:
    """Full-width digits are digits for Python, not for a register."""
    with pytest.raises(ValueError, match="fifteen digits"):
        RegistrationNumber(text)


def test_a_registration_number_of_zeros_is_refused() -> None:
    """Its first six digits are a region."""
    with pytest.raises(ValueError, match="begins with a region"):
        RegistrationNumber("0" * 15)
