"""Everyone: judged at once or a few again, in full or after what changed, the result is the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.engine.everyone import (
    changed,
    due_by,
    grade_counts,
    judge_again,
    judge_bucket,
    newest,
    rows_of,
    set_digest,
)
from probity.engine.frames import COLUMNS, FOREVER, Fact
from probity.rulebook.index_systems import IndexSystem
from tests.property import strategies as made
from tests.unit.engine.make import rows

POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
SCHEMA = {name: POLARS[kind] for name, kind in COLUMNS.items()}
EASY = settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FEW = st.lists(made.facts(), min_size=1, max_size=3)


def bucket(everyone: Sequence[list[Fact]]) -> pl.LazyFrame:
    """Return the frame of enterprises one, two, three, and so on."""
    return pl.LazyFrame(rows(dict(enumerate(everyone, 1))), schema=SCHEMA)


@EASY
@given(made.systems(), FEW, made.AS_OF, st.integers(1, 45))
def test_nothing_changes_before_it_is_due(
    system: IndexSystem, everyone: Sequence[list[Fact]], as_of: date, ahead: int
) -> None:
    """The calendar alone changes a result only on a day that `due_on` had announced.

    Windows, ends, months counted: an incremental run skips whoever is not due, so one day too
    late would leave a wrong grade standing.
    """
    frame, after = bucket(everyone), as_of + timedelta(days=ahead)
    before = judge_bucket(system, frame, as_of=as_of, revision=1)
    due = due_by(before.lazy(), after)
    then = judge_bucket(system, frame, as_of=after, revision=1)
    quiet = before.filter(~pl.col("enterprise").is_in(sorted(due))).drop("due_on")
    assert quiet.to_dicts() == rows_of(then.drop("due_on").lazy(), quiet["enterprise"]).sort("enterprise").to_dicts()


@EASY
@given(made.systems(), FEW, made.AS_OF)
def test_the_few_judged_again_come_out_like_all(
    system: IndexSystem, everyone: Sequence[list[Fact]], as_of: date
) -> None:
    """By the slow twin, or by the frames: rows, order and columns are the same."""
    frame = bucket(everyone)
    whole = judge_bucket(system, frame, as_of=as_of, revision=1)
    some = [number for number in range(1, len(everyone) + 1) if number != 2] + [99]
    facts = {number: everyone[number - 1] if number < 99 else [] for number in some}
    expected = rows_of(whole.lazy(), some).sort("enterprise")
    for given_facts in (facts, None):
        again = judge_again(system, [frame], some, given_facts, as_of=as_of, revision=1)
        assert again.schema == whole.schema
        assert again.to_dicts() == expected.to_dicts()


def test_the_digest_of_a_set_is_the_sum_of_its_parts() -> None:
    """So that an incremental run states the digest of the whole; order and reading aids mean nothing."""
    frame = pl.DataFrame({"enterprise": [1, 2, 3], "score": [100, None, -5], "grade": ["A", "u", "B"]})
    aided = frame.with_columns(pl.lit(date(2026, 1, 1)).alias("due_on")).reverse()
    parts = [set_digest(frame.filter(pl.col("enterprise") == number)) for number in (1, 2, 3)]
    assert set_digest(frame) == set_digest(aided) == sum(parts) % 2**256
    other = frame.with_columns(pl.when(pl.col("enterprise") == 3).then(-6).otherwise("score").alias("score"))
    assert set_digest(other) != set_digest(frame)


def test_a_missing_score_is_not_a_zero() -> None:
    """Unrated and zero points are two results."""
    unrated = pl.DataFrame({"enterprise": [1], "score": [None], "grade": ["B"]}, schema_overrides={"score": pl.Int64})
    zero = pl.DataFrame({"enterprise": [1], "score": [0], "grade": ["B"]})
    assert set_digest(unrated) != set_digest(zero)
    assert changed(unrated.lazy(), zero).height == changed(zero.lazy(), unrated).height == 1
    assert changed(unrated.lazy(), unrated).height == changed(zero.lazy(), zero).height == 0


def test_only_what_differs_is_a_change() -> None:
    """Points that moved between dimensions without touching score or grade are none; a first result is one."""
    before = pl.DataFrame({"enterprise": [1, 2, 3], "score": [1, 2, 3], "grade": ["A", "A", "A"]})
    after = pl.DataFrame({"enterprise": [1, 2, 3, 4], "score": [1, 9, 3, 4], "grade": ["A", "A", "B", "A"]})
    assert changed(before.lazy(), after).rows() == [(2, 9, "A"), (3, 3, "B"), (4, 4, "A")]
    assert changed(None, before).rows() == before.rows()


def test_later_layers_stand_in_the_place_of_earlier(tmp_path: Path) -> None:
    """Enterprise by enterprise, whatever the layers hold beside."""
    layers = [{"enterprise": [1, 2], "grade": ["A", "A"]}, {"enterprise": [2, 3], "grade": ["B", "B"]}]
    places = [tmp_path / f"{number}.parquet" for number in range(2)]
    for place, layer in zip(places, layers, strict=True):
        pl.DataFrame(layer).write_parquet(place)
    assert newest(places).sort("enterprise").collect().rows() == [(1, "A"), (2, "B"), (3, "B")]
    assert grade_counts(newest(places).collect()) == {"A": 1, "B": 2}


@settings(EASY, max_examples=15)
@given(made.systems(), FEW, made.AS_OF)
def test_who_is_not_graded_or_not_heard_of_has_no_row(
    system: IndexSystem, everyone: Sequence[list[Fact]], as_of: date
) -> None:
    """Sole traders are left out; so is whoever became known after the revision asked about."""
    frame = bucket(everyone).with_columns(pl.lit(FOREVER).alias("until_revision"))
    whole = judge_bucket(system, frame, as_of=as_of, revision=1)
    assert judge_bucket(system, frame, as_of=as_of, revision=0).is_empty()
    left = judge_bucket(system, frame, as_of=as_of, revision=1, ungraded=[1])
    assert left.to_dicts() == whole.filter(pl.col("enterprise") != 1).to_dicts()
