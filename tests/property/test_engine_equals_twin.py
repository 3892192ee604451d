"""The frame engine equals the slow twin: same records, same result."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from probity.engine.frames import COLUMNS, Fact, visible
from probity.engine.reference import judge
from probity.engine.scoring import evaluate
from probity.engine.types import Evaluation
from probity.rulebook.index_systems import IndexSystem
from tests.property import strategies as made
from tests.unit.engine.make import rows

POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
SCHEMA = {name: POLARS[kind] for name, kind in COLUMNS.items()}


def line(system: IndexSystem, number: int, evaluation: Evaluation) -> dict[str, object]:
    """Return a twin's evaluation as the row the frame engine should give."""
    return {
        "enterprise": number,
        "score": evaluation.score,
        "grade": evaluation.grade,
        **{f"d:{key}": points for key, points in evaluation.dimensions.items()},
        **{f"p:{key}": points for key, points in evaluation.points.items()},
        "fired": " ".join(fired.key for fired in evaluation.fired),
    }


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(made.systems(), st.lists(made.facts(), min_size=1, max_size=4), made.AS_OF)
def test_frame_and_twin_agree_on_everything(system: IndexSystem, everyone: Sequence[list[Fact]], as_of: date) -> None:
    """Score, grade, dimensions, points and fired rules are equal, and contributions sum exactly."""
    dossiers = dict(enumerate(everyone, 1))
    frame = pl.LazyFrame(rows(dossiers), schema=SCHEMA)
    enterprises = pl.LazyFrame({"enterprise": list(dossiers)}, schema={"enterprise": pl.Int64})
    found = evaluate(system, visible(frame, as_of=as_of, revision=1), enterprises, as_of).collect()
    assert found.schema["score"] == pl.Int64
    by_number = {row["enterprise"]: row for row in found.to_dicts()}
    for number, facts in dossiers.items():
        evaluation = judge(system, facts, as_of)
        expected, row = line(system, number, evaluation), by_number[number]
        if evaluation.score is None:
            assert evaluation.contributions == ()
        else:
            assert sum(one.points for one in evaluation.contributions) == evaluation.score
        assert row == expected


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(made.systems(), st.lists(made.facts(), min_size=1, max_size=4), made.AS_OF)
def test_the_same_columns_run_on_a_database_engine(system: IndexSystem, everyone, as_of: date) -> None:
    """The compiled index system gives the same rows on DuckDB as on Polars, integer widths included."""
    duckdb = pytest.importorskip("duckdb")
    dossiers = dict(enumerate(everyone, 1))
    frame = pl.DataFrame(rows(dossiers), schema=SCHEMA)
    enterprises = pl.DataFrame({"enterprise": list(dossiers)}, schema={"enterprise": pl.Int64})
    here = evaluate(system, frame.lazy(), enterprises.lazy(), as_of).collect().sort("enterprise")
    with duckdb.connect() as base:
        base.register("frame", frame.to_arrow())
        base.register("enterprises", enterprises.to_arrow())
        there = evaluate(system, base.table("frame"), base.table("enterprises"), as_of).pl().sort("enterprise")
    assert here.schema == there.schema
    assert here.to_dicts() == there.to_dicts()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made.systems(), made.facts(), made.AS_OF, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_handed_in_means_nothing(system, facts, as_of, random) -> None:
    """Facts are a set: shuffling them changes no part of the evaluation."""
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert judge(system, shuffled, as_of) == judge(system, facts, as_of)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made.systems(), made.facts(), made.AS_OF)
def test_a_running_sum_is_held_at_the_maximum_after_each_event(system, facts, as_of) -> None:
    """Rolling points never stand above their maximum once an event is told in full."""
    if not system.rolling or system.at_most is None:
        return
    told = judge(system, facts, as_of).contributions
    standing = 0
    for place, one in enumerate(told):
        standing += one.points
        is_last_of_event = place + 1 == len(told) or told[place + 1].record != one.record
        if is_last_of_event:
            assert standing <= system.at_most
