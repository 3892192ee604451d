"""Frequencies: in time, overdue, never visited, told apart; tried on a real city where it is at hand."""

from datetime import date, timedelta

import pytest

from probity.engine.estimating import Prescribed, frequency, overdue
from tests.house.source import ROOT

ON = date(2018, 7, 1)
PLACES = [
    Prescribed("a", "High", 180, ON - timedelta(days=180)),
    Prescribed("b", "High", 180, ON - timedelta(days=181)),
    Prescribed("c", "High", 180, None),
    Prescribed("d", "High", 180, None, ON - timedelta(days=200)),
    Prescribed("e", "Low", None, None),
    Prescribed("f", "Medium", 365, ON),
]


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    """Overdue begins on the day after; longest first."""
    assert [(place.key, days) for place, days in overdue(PLACES, ON)] == [("d", 20), ("b", 1)]


def test_each_group_is_accounted_for() -> None:
    """Never visited is told apart from overdue; without a prescription there is no lateness."""
    high, medium = frequency(PLACES, ON)
    assert (high.prescribed, high.in_time, high.overdue, high.never) == (4, 1, 2, 2)
    assert high.share_in_time == pytest.approx(1 / 3) and medium.share_in_time == 1.0
    assert frequency([PLACES[2]], ON)[0].share_in_time is None


@pytest.mark.real
def test_a_real_city_is_accounted_for() -> None:
    """Detroit's establishments with their review frequencies, on the day after its last visit."""
    folder = ROOT.parent / "shared" / "data" / "detroit"
    if not folder.exists():
        pytest.skip("the real data lie beside the checkout, not in it")
    import polars as pl

    last = dict(
        pl.read_parquet(folder / "inspections.parquet")
        .group_by("establishmentid")
        .agg(pl.col("inspection_date").max().dt.date())
        .iter_rows()
    )
    rows = pl.read_parquet(folder / "establishments.parquet").select(
        "establishmentid", "risk_category", "review_frequency_days"
    )
    places = [
        Prescribed(key, group or "–", int(days) if days else None, last.get(key))
        for key, group, days in rows.iter_rows()
    ]
    on = max(last.values()) + timedelta(days=1)
    told = frequency(places, on)
    assert sum(row.prescribed for row in told) == sum(place.every_days is not None for place in places)
    assert len(overdue(places, on)) == sum(row.overdue for row in told) > 0
