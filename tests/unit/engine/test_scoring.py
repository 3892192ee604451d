"""Scoring: what the columns are called, and who is in the result."""

import polars as pl

from probity.engine.frames import Fact
from probity.engine.scoring import evaluate
from tests.unit.engine.make import DAY, rows
from tests.unit.engine.systems import SCHEMA, SYSTEM, day


def test_everyone_listed_is_judged_and_nobody_else() -> None:
    facts = pl.LazyFrame(
        rows({1: [Fact(1, "penalty", day(1), degree="serious")], 9: [Fact(2, "visit", day(1))]}), schema=SCHEMA
    )
    found = evaluate(SYSTEM, facts, pl.LazyFrame({"enterprise": [1, 2]}), DAY).collect().sort("enterprise")
    assert found["enterprise"].to_list() == [1, 2]
    assert found["score"].to_list() == [8000, 10000]
    assert found["grade"].to_list() == ["B", "A"]
    assert found["fired"].to_list() == ["", ""]


def test_columns_and_their_widths_are_those_promised() -> None:
    found = evaluate(SYSTEM, pl.LazyFrame(rows({}), schema=SCHEMA), pl.LazyFrame({"enterprise": [1]}), DAY).collect()
    points = ["d:supervision", "d:standing", "p:penalties", "p:visits", "p:listed", "p:awards"]
    assert found.columns == ["enterprise", "score", "grade", *points, "fired"]
    assert {found.schema[name] for name in ["score", *points]} == {pl.Int64}


def test_texts_may_be_stored_as_categories() -> None:
    """Frames keep the three text columns as categories: the same rows come out."""
    plain = pl.DataFrame(rows({1: [Fact(1, "penalty", day(1), kind="closure", degree="minor")]}), schema=SCHEMA)
    stored = plain.with_columns(pl.col("type", "kind", "degree").cast(pl.Categorical))
    everyone = pl.LazyFrame({"enterprise": [1]})
    assert (
        evaluate(SYSTEM, stored.lazy(), everyone, DAY)
        .collect()
        .equals(evaluate(SYSTEM, plain.lazy(), everyone, DAY).collect())
    )
