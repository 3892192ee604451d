"""Everyone: judged at once or a few again, in full or after what changed, the result is the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probity.engine.everyone import (
    changed,
    due_by,
    grade_counts,
    judge_bucket,
    judge_selected,
    judge_some,
    rows_of,
    sealed,
    set_digest,
    standing,
)
from probity.engine.frames import COLUMNS, FOREVER, Fact
from probity.rulebook.index_systems import IndexSystem
from tests.property import strategies as made
from tests.unit.engine.make import rows

POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}
SCHEMA = {name: POLARS[kind] for name, kind in COLUMNS.items()}
EASY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FEW = st.lists(made.facts(), min_size=1, max_size=3)


def bucket(everyone: Sequence[list[Fact]]) -> pl.LazyFrame:
    """Return the frame of enterprises one, two, three, and so on."""
    return pl.LazyFrame(rows(dict(enumerate(everyone, 1))), schema=SCHEMA)


@EASY
@given(made.systems(), FEW, made.AS_OF, st.integers(1, 45))
def test_nothing_changes_before_it_is_due(
    tmp_path_factory: pytest.TempPathFactory,
    system: IndexSystem,
    everyone: Sequence[list[Fact]],
    as_of: date,
    ahead: int,
) -> None:
    """The calendar alone changes a result only on a day that `due_on` had announced.

    Windows, ends, months counted: an incremental run skips whoever is not due, so one day too
    late would leave a wrong grade standing.
    """
    frame, after = bucket(everyone), as_of + timedelta(days=ahead)
    before = judge_bucket(system, frame, as_of=as_of, revision=1)
    due = due_by(kept(tmp_path_factory.mktemp("due"), before), after)
    then = judge_bucket(system, frame, as_of=after, revision=1)
    quiet = before.filter(~pl.col("enterprise").is_in(sorted(due)))["enterprise"].to_list()
    same = pl.col("enterprise").is_in(quiet)
    assert before.filter(same).drop("due_on").to_dicts() == then.filter(same).drop("due_on").to_dicts()


@EASY
@given(made.systems(), FEW, made.AS_OF)
def test_the_few_judged_again_come_out_like_all(
    system: IndexSystem, everyone: Sequence[list[Fact]], as_of: date
) -> None:
    """By the slow twin, or by the frames: rows, order and columns are the same."""
    frame = bucket(everyone)
    whole = judge_bucket(system, frame, as_of=as_of, revision=1)
    some = [number for number, facts in enumerate(everyone, 1) if number != 2 and facts]  # others are not heard of
    expected = whole.filter(pl.col("enterprise").is_in(some))
    by_frames = judge_selected(system, [frame], some, as_of=as_of, revision=1)
    assert by_frames.to_dicts() == expected.to_dicts()
    by_twin = judge_some(system, {number: everyone[number - 1] for number in some}, as_of=as_of)
    assert by_twin.schema == whole.schema
    assert by_twin.drop("due_on").to_dicts() == expected.drop("due_on").to_dicts()
    assert set(by_twin["due_on"]) <= {as_of + timedelta(days=1)}, "never due too late"


def result(**columns: list[Any]) -> pl.DataFrame:
    """Return a sealed result with a column of due days."""
    frame = pl.DataFrame(columns, schema_overrides={"score": pl.Int64})
    return sealed(frame.with_columns(pl.lit(date(2026, 1, 1)).alias("due_on")))


def kept(folder: Path, *layers: pl.DataFrame) -> list[str]:
    """Write layers, oldest first, and return their paths."""
    paths = [str(folder / f"{number}.parquet") for number in range(len(layers))]
    for path, layer in zip(paths, layers, strict=True):
        layer.write_parquet(path)
    return paths


def test_the_digest_of_a_set_is_the_sum_of_its_parts() -> None:
    """So that an incremental run states the digest of the whole; order and reading aids mean nothing."""
    frame = result(enterprise=[1, 2, 3], score=[100, None, -5], grade=["A", "u", "B"])
    later = sealed(frame.drop("row").with_columns(pl.lit(date(2026, 2, 2)).alias("due_on"))).reverse()
    parts = [set_digest(frame.filter(pl.col("enterprise") == number)["row"]) for number in (1, 2, 3)]
    assert set_digest(frame["row"]) == set_digest(later["row"]) == sum(parts) % 2**256
    other = result(enterprise=[1, 2, 3], score=[100, None, -6], grade=["A", "u", "B"])
    assert set_digest(other["row"]) != set_digest(frame["row"])


def test_a_missing_score_is_not_a_zero() -> None:
    """Unrated and zero points are two results."""
    unrated, zero = (result(enterprise=[1], score=[score], grade=["B"]) for score in (None, 0))
    assert set_digest(unrated["row"]) != set_digest(zero["row"])
    assert changed(unrated, zero).height == changed(zero, unrated).height == 1
    assert changed(unrated, unrated).height == changed(zero, zero).height == 0


def test_only_what_differs_is_a_change() -> None:
    """Points that moved between dimensions without touching score or grade are none; a first result is one."""
    before = pl.DataFrame({"enterprise": [1, 2, 3], "score": [1, 2, 3], "grade": ["A", "A", "A"]})
    after = pl.DataFrame({"enterprise": [1, 2, 3, 4], "score": [1, 9, 3, 4], "grade": ["A", "A", "B", "A"]})
    assert changed(before, after).rows() == [(2, 9, "A"), (3, 3, "B"), (4, 4, "A")]
    assert changed(None, before).rows() == before.rows()


def test_later_layers_stand_in_the_place_of_earlier(tmp_path: Path) -> None:
    """Enterprise by enterprise, however many layers lie on it."""
    first = result(enterprise=[1, 2, 3], score=[1, 1, 1], grade=["A", "A", "A"])
    second = result(enterprise=[2, 3], score=[2, 2], grade=["B", "B"])
    third = result(enterprise=[3, 4], score=[3, 3], grade=["C", "C"])
    layers = kept(tmp_path, first, second, third)
    top = standing(layers, "score", "grade").sort("enterprise").collect()
    assert top.select("enterprise", "grade").rows() == [(1, "A"), (2, "B"), (3, "C"), (4, "C")]
    assert grade_counts(top) == {"A": 1, "B": 1, "C": 2}
    assert rows_of(layers, [2, 9])["score"].to_list() == [2]


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
