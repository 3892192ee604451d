"""Scoring: what the columns are called, and who is in the result."""

import polars as pl

from probity.engine.frames import Fact
from probity.engine.scoring import evaluate
from tests.unit.engine.make import DAY, labels, rows, system
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


def test_rolling_points_run_by_day_and_then_by_record_in_columns_too() -> None:
    """Adding first loses what is beyond the maximum, so the order of two events of one day shows."""
    rule = """
instrument: made-up-measure
family: sector
status: illustration
publication: internal
silence: neutral
rolling: {starts_at: 9, at_most: 12, article: 1}
dimensions:
  conduct:
    article: 2
    indicators:
      taken: {article: 2, counts: penalty, within: retention, takes: {each: 4}}
      added: {article: 2, counts: award, within: retention, adds: {each: 5}}
bands: {article: 3, grades: {good: {from: 9}, poor: {below: 9}}}
"""
    rolling = system(rule, labels("conduct", "taken", "added", "good", "poor"))
    dossiers = {
        1: [Fact(2, "award", day(1)), Fact(1, "penalty", day(1))],
        2: [Fact(4, "penalty", day(1)), Fact(3, "award", day(1))],
    }
    everyone = pl.LazyFrame({"enterprise": [1, 2]})
    found = evaluate(rolling, pl.LazyFrame(rows(dossiers), schema=SCHEMA), everyone, DAY).collect().sort("enterprise")
    assert found["score"].to_list() == [1000, 800]
    assert found["grade"].to_list() == ["good", "poor"]
