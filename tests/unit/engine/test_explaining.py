"""Explaining: the heaviest reasons, alike for one and for all."""

import polars as pl

from probity.engine.explaining import running, top_reasons, top_reasons_of
from probity.engine.frames import Fact
from probity.engine.reference import judge
from probity.engine.scoring import evaluate
from tests.unit.engine.make import DAY, rows
from tests.unit.engine.systems import SCHEMA, SYSTEM, day


def test_the_running_total_ends_at_the_score() -> None:
    evaluation = judge(
        SYSTEM, [Fact(1, "penalty", day(1), degree="serious"), Fact(2, "visit", day(2), kind="fail")], DAY
    )
    told = list(running(evaluation.contributions))
    assert told[0][1] == SYSTEM.starts_at
    assert told[-1][1] == evaluation.score


def test_reasons_are_the_same_for_one_and_for_all_and_ties_follow_the_file() -> None:
    """`penalties` and `listed` both take five points here: the one earlier in the file comes first."""
    dossiers = {
        1: [Fact(1, "penalty", day(1), degree="ordinary"), Fact(2, "listing", day(1)), Fact(3, "award", day(2))],
        2: [Fact(4, "visit", day(1), kind="fail"), Fact(5, "penalty", day(2), degree="serious")],
        3: [],
    }
    frame = pl.LazyFrame(rows(dossiers), schema=SCHEMA)
    evaluated = evaluate(SYSTEM, frame, pl.LazyFrame({"enterprise": list(dossiers)}), DAY)
    found = {row["enterprise"]: row for row in top_reasons(SYSTEM, evaluated, count=3).collect().to_dicts()}
    for number, facts in dossiers.items():
        expected = top_reasons_of(SYSTEM, judge(SYSTEM, facts, DAY), count=3)
        assert [found[number][f"reason_{place}"] for place in (1, 2, 3)] == (expected + [None] * 3)[:3]
    assert found[1]["reason_1"] == "penalties"
    assert found[1]["reason_2"] == "listed"
    assert found[1]["reason_3"] is None
    assert found[2]["reason_1"] == "penalties"
