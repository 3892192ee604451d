"""Selecting: windows, choices and what one fact is worth."""

from datetime import date

import pytest

from probity.engine.frames import Fact
from probity.engine.selecting import is_meant, months_begun, worth
from probity.rulebook.index_systems import AmountStep, PerAmount, PerChoice, PerMonth, Selection, Slot, Stated


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), 0),
        (date(2026, 1, 15), date(2026, 1, 16), 1),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 1, 15), date(2026, 2, 16), 2),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2025, 12, 31), date(2026, 1, 1), 1),
        (date(2026, 3, 1), date(2026, 2, 1), 0),
    ],
)
def test_a_month_counts_once_it_has_begun(start: date, end: date, months: int) -> None:
    assert months_begun(start, end) == months


def test_a_window_leaves_out_its_first_day_and_holds_its_last() -> None:
    window = Selection(("penalty",), months=1)
    assert not is_meant(window, Fact(1, "penalty", date(2026, 2, 28)), date(2026, 3, 31))
    assert is_meant(window, Fact(1, "penalty", date(2026, 3, 1)), date(2026, 3, 31))
    assert is_meant(window, Fact(1, "penalty", date(2026, 3, 31)), date(2026, 3, 31))


def test_standing_ends_on_the_day_the_fact_names() -> None:
    standing = Selection(("listing",), standing=True)
    entry = Fact(1, "listing", date(2026, 1, 1), until=date(2026, 6, 30))
    assert is_meant(standing, entry, date(2026, 6, 29))
    assert not is_meant(standing, entry, date(2026, 6, 30))


def test_a_fact_without_the_choice_is_not_admitted_where_choices_are_named() -> None:
    assert not is_meant(
        Selection(("penalty",), kinds=frozenset({"fine"}), months=12),
        Fact(1, "penalty", date(2026, 6, 1)),
        date(2026, 6, 30),
    )


def test_worth_of_what_is_not_stated() -> None:
    """No amount and no points are worth nothing; no choice is worth what `others` says."""
    plain, as_of = Fact(1, "penalty", date(2026, 6, 1)), date(2026, 6, 30)
    assert worth(PerAmount((AmountStep(0, 100),)), plain, as_of) == 0
    assert worth(Stated(100, 1200), plain, as_of) == 0
    assert worth(PerChoice(Slot.KIND, {"fine": 300}, 50), plain, as_of) == 50


def test_stated_points_are_held_in_the_range_the_law_gives() -> None:
    stated = Stated(100, 1200)
    for points, expected in ((50, 100), (500, 500), (1500, 1200)):
        assert worth(stated, Fact(1, "penalty", date(2026, 6, 1), points=points), date(2026, 6, 30)) == expected


def test_months_stop_at_the_end_of_the_fact() -> None:
    fact = Fact(1, "listing", date(2026, 1, 15), until=date(2026, 3, 15))
    assert worth(PerMonth(50), fact, date(2026, 2, 16)) == 100
    assert worth(PerMonth(50), fact, date(2026, 6, 30)) == 100


def test_an_amount_is_worth_the_last_step_it_reaches() -> None:
    steps = PerAmount((AmountStep(0, 0), AmountStep(1000, 100), AmountStep(5000, 300)))
    for amount, expected in ((0, 0), (999, 0), (1000, 100), (4999, 100), (5000, 300)):
        assert worth(steps, Fact(1, "penalty", date(2026, 6, 1), amount=amount), date(2026, 6, 30)) == expected
