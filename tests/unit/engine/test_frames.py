"""Frames: which rows count on a day, as known at a revision."""

from datetime import date

import polars as pl
import pytest

from probity.engine.frames import FOREVER, Fact, visible
from tests.unit.engine.make import DAY, rows
from tests.unit.engine.systems import SCHEMA


def frame(**changes: object) -> pl.LazyFrame:
    """Return a frame of one row, changed."""
    row = pl.DataFrame(rows({1: [Fact(1, "penalty", DAY)]}), schema=SCHEMA)
    return row.with_columns(pl.lit(value).cast(SCHEMA[name]).alias(name) for name, value in changes.items()).lazy()


@pytest.mark.parametrize(
    ("changes", "is_visible"),
    [
        ({}, True),
        ({"from_revision": 5}, True),
        ({"from_revision": 6}, False),
        ({"until_revision": 6}, True),
        ({"until_revision": 5}, False),
        ({"until_revision": FOREVER}, True),
        ({"day": date(2026, 7, 1)}, False),
        ({"ends_on": date(2026, 7, 1)}, True),
        ({"ends_on": DAY}, False),
    ],
)
def test_a_row_counts_while_it_is_known_and_holds(changes: dict[str, object], is_visible: bool) -> None:
    assert visible(frame(**changes), as_of=DAY, revision=5).collect().height == int(is_visible)
