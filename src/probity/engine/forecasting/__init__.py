"""Forecasting: how an ordering of visits would have done, told without mercy."""

from probity.engine.forecasting.backtesting import BACKTEST_SEED, Backtest, Ordering, backtest
from probity.engine.forecasting.past_visits import NotUsable, PastVisit, columns_of, past_visits
from probity.engine.forecasting.refusing import refuse_leaks, refuse_name

__all__ = [
    "BACKTEST_SEED",
    "Backtest",
    "NotUsable",
    "Ordering",
    "PastVisit",
    "backtest",
    "columns_of",
    "past_visits",
    "refuse_leaks",
    "refuse_name",
]
