"""Amounts: exact in fen and hundredths, rounded once, half up on the magnitude."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.terms import scaled_half_up, show_points, ten_thousand_yuan, yuan

WHOLE = st.integers(-(10**12), 10**12)


@given(WHOLE, WHOLE, WHOLE.filter(bool))
def test_rounding_is_half_up_on_the_magnitude(value: int, numerator: int, denominator: int) -> None:
    """The same as reckoning with fractions: |x| + 1/2 cut off, then the sign."""
    exact = Fraction(value) * numerator / denominator
    magnitude = int(abs(exact) + Fraction(1, 2))
    assert scaled_half_up(value, numerator, denominator) == (magnitude if exact >= 0 else -magnitude)


@pytest.mark.parametrize(("value", "expected"), [(1, 1), (-1, -1), (3, 2), (-3, -2), (5, 3), (-5, -3), (0, 0)])
def test_halves_go_away_from_zero(value: int, expected: int) -> None:
    """A deduction rounds like an addition: 0.5 to 1 and −0.5 to −1, never to even."""
    assert scaled_half_up(value, 1, 2) == expected


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("1.2", 1_200_000), ("0.000001", 1), ("1,234.5", 1_234_500_000), ("10000", 10_000_000_000)],
)
def test_ten_thousand_yuan_are_exact_to_the_fen(text: str, fen: int) -> None:
    """Six decimals of 万元 are one fen, so nothing is ever rounded."""
    assert ten_thousand_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "-1", "0.0000001", "1e3", "1.", ".5", "一万", "１２", "1 2", "NaN"])
def test_amounts_that_are_none_are_refused(text: str) -> None:
    """A seventh decimal would be less than a fen; a negative fine is a mistake."""
    with pytest.raises(ValueError, match="not an amount"):
        ten_thousand_yuan(text)


@pytest.mark.parametrize(("text", "fen"), [("0.01", 1), ("12", 1200), ("12.3", 1230), ("1,000.05", 100_005)])
def test_yuan_are_exact_to_the_fen(text: str, fen: int) -> None:
    """Tax arrears come in yuan."""
    assert yuan(text) == fen


def test_yuan_with_three_decimals_are_refused() -> None:
    """A tenth of a fen does not exist."""
    with pytest.raises(ValueError, match="two decimals"):
        yuan("1.005")


@pytest.mark.parametrize(
    ("points", "shown"), [(0, "0"), (250, "2.5"), (-250, "−2.5"), (5, "0.05"), (-5, "−0.05"), (10000, "100")]
)
def test_points_are_shown_without_needless_zeros(points: int, shown: str) -> None:
    """With a true minus, so that columns align."""
    assert show_points(points) == shown
