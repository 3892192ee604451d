"""Packing: sums that share one number never touch each other, and too many facts are refused aloud."""

from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from probity.engine import packing, scoring
from probity.engine.everyone import judge_bucket
from probity.engine.frames import Fact
from probity.engine.packing import MOST_FACTS, Sum, packed, unpacked
from tests.unit.engine.make import DAY, rows
from tests.unit.engine.systems import SCHEMA, SYSTEM, day


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=12), st.integers(0, 3))
def test_every_sum_comes_out_whole(mosts: Sequence[int], facts: int) -> None:
    """Whatever the widths, with every fact worth the most and with none."""
    sums = [Sum(str(place), nw.col("is_meant"), most, most) for place, most in enumerate(mosts)]
    meant = pl.LazyFrame({"is_meant": [True] * facts + [False]})
    total = nw.from_native(meant).select(*packed(sums)).select(nw.all().sum())
    found = total.select(*unpacked(sums)).collect().to_native()
    assert found.row(0, named=True) == {str(place): facts * most for place, most in enumerate(mosts)}
    assert set(found.dtypes) == {pl.Int64}


def test_no_column_holds_more_than_it_can() -> None:
    """The most facts, each worth the most, fill every place without running over."""
    sums = [Sum(str(place), nw.lit(True), most, most) for place, most in enumerate([1, 1, 1, 500, 800, 1500, 2**42])]
    for inside in packing._places(sums):
        assert sum(MOST_FACTS * one.most << shift for one, shift in inside) < 2**63
    assert len(packing._places(sums)) < len(sums)


def test_more_facts_than_can_be_summed_are_refused_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One enterprise beyond the limit stops the run; nobody gets a grade from sums that ran into each other."""
    monkeypatch.setattr(scoring, "MOST_FACTS", 2)
    facts = {1: [Fact(number, "penalty", day(1)) for number in range(3)], 2: [Fact(9, "penalty", day(1))]}
    with pytest.raises(OverflowError, match=r"\[1\]"):
        judge_bucket(SYSTEM, pl.LazyFrame(rows(facts), schema=SCHEMA), as_of=DAY, revision=1)
