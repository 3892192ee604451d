"""Accounting: the bar shows the four counts and never hides what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from probity.show.parts.accounting import LEAST_SHARE, accounting_bar

COUNTS = st.integers(0, 10**6)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_parts_fill_the_bar_and_small_ones_can_be_read(
    accepted: int, unchanged: int, superseding: int, quarantined: int
) -> None:
    """Widths make up the whole; a part of any rows is wide enough for its count."""
    total = accepted + unchanged + superseding + quarantined
    bar = accounting_bar(total, accepted, unchanged, superseding, quarantined)
    assert bar.missing == 0
    assert sum(part.count for part in bar.parts) == total
    if bar.parts:
        assert abs(sum(part.width for part in bar.parts) - 100) < 0.01
        assert all(part.width >= LEAST_SHARE - 0.01 for part in bar.parts) or len(bar.parts) == 1


def test_a_missing_row_is_said() -> None:
    """A page that balances when the books do not would be a lie."""
    assert accounting_bar(10, 5, 2, 1, 1).missing == 1


def test_widening_is_admitted() -> None:
    """The page says that lengths are not to scale only where they are not."""
    assert accounting_bar(1000, 999, 0, 0, 1).is_widened
    assert not accounting_bar(100, 50, 0, 0, 50).is_widened
