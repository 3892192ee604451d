"""Backtesting: visits dealt again by a score, on the days there really were."""

from datetime import date, timedelta

import pytest

from probity.engine.forecasting import NotUsable, PastVisit, backtest
from probity.engine.forecasting.backtesting import auc_of

START = date(2026, 3, 2)


def visit(day: int, score: float, found: bool = False, **more: object) -> PastVisit:
    return PastVisit(str(more.pop("enterprise", f"{day}-{score}")), START + timedelta(days=day), found, score, **more)  # type: ignore[arg-type]


def test_by_hand() -> None:
    """Four visits on three days: the finding of day 10 scores highest and takes the first place of day 0."""
    visits = [visit(0, 1), visit(0, 2), visit(5, 3, True), visit(10, 9, True)]
    told = backtest(visits)
    assert (told.n, told.found) == (4, 2)
    assert told.score.days_earlier == (10 + 5) / 2, "day 10 to day 0, day 5 to the second place of day 0"
    assert told.score.share_later == 0 and told.first_half_actual == 0 and told.score.first_half == 2
    assert told.auc == 1.0 and told.share_of_gain == 1.0


def test_equal_scores_keep_the_order_of_the_file() -> None:
    """A score that says nothing deals the days in the order in which the visits stand."""
    visits = [visit(10, 0, True), visit(0, 0), visit(5, 0, True)]
    told = backtest(visits)
    assert told.score.days_earlier == ((10 - 0) + (5 - 10)) / 2 and told.score.share_later == 0.5


def test_capacity_is_kept_day_by_day() -> None:
    """Nobody is visited on a day without visits, and no day takes more than it did."""
    from collections import Counter

    from probity.engine.forecasting.backtesting import _dealt

    visits = [visit(day % 7 * 2, day % 5, day % 3 == 0) for day in range(60)]
    dealt = _dealt(visits, lambda at: -visits[at].score)
    assert Counter(dealt) == Counter(each.day for each in visits)


def test_the_first_half_is_whole_days_and_never_more_than_half() -> None:
    """Three on the first day, one each later: of six the first day is the half; of five it is too much."""
    three = [visit(0, 0, True), visit(0, 0, True), visit(0, 0, True)]
    assert backtest([*three, visit(1, 0), visit(2, 0), visit(3, 0)]).first_half_actual == 3
    assert backtest([*three, visit(1, 0), visit(2, 0)]).first_half_actual == 0


def test_units_keep_their_own_days() -> None:
    """An office cannot take another's place: the finding of B stays behind A's days."""
    visits = [visit(0, 1, unit="A"), visit(10, 9, True, unit="B"), visit(20, 1, unit="B")]
    assert backtest(visits).score.days_earlier == 0
    assert (
        backtest(
            [each.__class__(each.enterprise, each.day, each.found, each.score) for each in visits]
        ).score.days_earlier
        == 10
    )


def test_the_lines_it_is_held_against() -> None:
    """Chance lies within its own spread, the three rules order as they say, knowing all is best."""
    visits = [
        visit(
            number,
            number % 7,
            number % 4 == 0,
            enterprise=str(number),
            rule_key=(number % 4 == 0, False, float(number)),
            group="east" if number % 2 else "west",
        )
        for number in range(80)
    ]
    told = backtest(visits)
    assert told.rules is not None and told.rules.days_earlier > told.score.days_earlier
    assert told.random_interval[0] <= told.random <= told.random_interval[1] < told.perfect.days_earlier
    assert told.interval[0] < told.score.days_earlier < told.interval[1]
    assert set(told.by_group) == {"west"} and told.by_group["west"][:2] == (40, 20)
    assert told == backtest(visits), "the same file gives the same numbers to everybody"


def test_the_three_rules_in_their_order() -> None:
    """Found something before; never visited; longest ago."""
    from probity.engine.forecasting.backtesting import _by_rules

    keys = {
        "before": (True, False, 10.0), "never": (False, True, 0.0), "long ago": (False, False, 900.0), "lately": (False, False, 3.0)
    }  # fmt: skip
    assert sorted(keys, key=lambda name: _by_rules(visit(0, 0, rule_key=keys[name]))) == list(keys)


def test_auc_counts_ties_half() -> None:
    """As every textbook does; with one kind of outcome alone there is none."""
    assert auc_of([visit(0, 1, True), visit(0, 1)]) == 0.5
    assert auc_of([visit(0, 2, True), visit(0, 1), visit(0, 3)]) == 0.5
    assert auc_of([visit(0, 2, True)]) is None


def test_without_a_finding_there_is_nothing_to_compare() -> None:
    """Said in a sentence, not by dividing by zero."""
    with pytest.raises(NotUsable) as refusal:
        backtest([visit(0, 1)])
    assert refusal.value.text.zh
