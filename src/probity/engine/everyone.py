"""Everyone: all enterprises of a bucket judged, and when that may change."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from probity.engine.frames import Fact, visible
from probity.engine.reference import judge
from probity.engine.scoring import evaluate
from probity.rulebook.index_systems import IndexSystem, PerMonth

if TYPE_CHECKING:
    import polars as pl

DIGEST_BITS = 256
_SPARE_DAYS = 3  # a window's edge moves by at most this at the end of a short month


def judge_bucket(
    system: IndexSystem,
    frame: "pl.LazyFrame",
    *,
    as_of: date,
    revision: int,
    ungraded: Iterable[int] = (),
    only: Iterable[int] | None = None,
) -> "pl.DataFrame":
    """Judge the enterprises of one bucket and return a row each, sorted by enterprise.

    Args:
        system: the index system.
        frame: the bucket, columns as in `frames.COLUMNS`.
        as_of: the day the question is asked about.
        revision: the last revision that was known; enterprises heard of later are left out.
        ungraded: enterprises that are not graded at all (sole traders).
        only: judge these alone; None judges all.

    Returns:
        The columns of `scoring.evaluate` and `due_on`, see `due_days`.
    """
    import polars as pl

    known = frame.filter(pl.col("from_revision") <= revision)
    if only is not None:
        known = known.join(_numbers(only), on="enterprise", how="semi")
    known = known.join(_numbers(ungraded), on="enterprise", how="anti")
    enterprises = known.select("enterprise").unique()
    judged = evaluate(system, visible(known, as_of=as_of, revision=revision), enterprises, as_of)
    due = due_days(system, known, as_of=as_of, revision=revision)
    return judged.join(due, on="enterprise", how="left").sort("enterprise").collect(engine="streaming")


def judge_again(
    system: IndexSystem,
    buckets: Sequence["pl.LazyFrame"],
    enterprises: Iterable[int],
    facts: Mapping[int, Sequence[Fact]] | None,
    *,
    as_of: date,
    revision: int,
) -> "pl.DataFrame":
    """Judge some enterprises and return a row each, as `judge_bucket` would.

    With `facts` (enterprise → visible facts) the slow twin judges them one by one, which is
    cheaper while they are few; without, the buckets are judged for these enterprises alone.
    """
    import polars as pl

    only = _numbers(enterprises)
    if facts is None:
        parts = [judge_bucket(system, bucket, as_of=as_of, revision=revision, only=enterprises) for bucket in buckets]
        return pl.concat(parts).sort("enterprise")
    known = pl.concat(buckets).join(only, on="enterprise", how="semi").collect(engine="streaming").lazy()
    like = judge_bucket(system, known, as_of=as_of, revision=revision, only=()).schema
    heard = known.filter(pl.col("from_revision") <= revision).select("enterprise").unique().collect()["enterprise"]
    rows = [_row(system, enterprise, facts[enterprise], as_of) for enterprise in sorted(heard)]
    judged = pl.DataFrame(rows, schema={name: kind for name, kind in like.items() if name != "due_on"}).lazy()
    due = due_days(system, known, as_of=as_of, revision=revision)
    return judged.join(due, on="enterprise", how="left").sort("enterprise").collect()


def _row(system: IndexSystem, enterprise: int, facts: Sequence[Fact], as_of: date) -> dict[str, object]:
    told = judge(system, facts, as_of)
    values: dict[str, object] = {"enterprise": enterprise, "score": told.score, "grade": told.grade}
    values |= {f"d:{key}": points for key, points in told.dimensions.items()}
    values |= {f"p:{key}": points for key, points in told.points.items()}
    return values | {"fired": " ".join(fired.key for fired in told.fired)}


def due_by(frame: "pl.LazyFrame", day: date) -> set[int]:
    """Return the enterprises of a result that are due on a day or before it."""
    import polars as pl

    return set(frame.filter(pl.col("due_on") <= day).select("enterprise").collect()["enterprise"])


def rows_of(frame: "pl.LazyFrame", enterprises: Iterable[int]) -> "pl.DataFrame":
    """Return the rows of some enterprises in a result."""
    return frame.join(_numbers(enterprises), on="enterprise", how="semi").collect()


def grade_counts(frame: "pl.DataFrame") -> dict[str, int]:
    """Return grade → number of enterprises in a result."""
    return dict(frame["grade"].value_counts().iter_rows())


def due_days(system: IndexSystem, frame: "pl.LazyFrame", *, as_of: date, revision: int) -> "pl.LazyFrame":
    """Return `enterprise`, `due_on`: the first day after `as_of` on which its result may differ.

    A fact may begin, leave a window, end by its own terms, or be repaired; one that is counted
    by the month makes every next day due. Never too late, at times some days too early.
    """
    import polars as pl

    today = pl.lit(as_of)
    counted = frame.filter(
        pl.col("type").is_in(sorted(system.record_types))
        & (pl.col("from_revision") <= revision)
        & (pl.col("until_revision") > revision)
    )
    edges = [pl.col("day"), pl.col("until"), pl.col("ends_on")]
    months = sorted({part.months for part in system.selections if part.months is not None})
    for edge in (pl.col("day").dt.offset_by(f"{count}mo") for count in months):
        near = (edge <= today) & (edge + timedelta(days=_SPARE_DAYS) > today)
        edges.append(pl.when(near).then(today + timedelta(days=1)).otherwise(edge))
    running = [key for part in system.indicators if isinstance(part.tariff, PerMonth) for key in part.selection.counts]
    still = pl.col("type").is_in(sorted(set(running))) & (pl.col("until").is_null() | (pl.col("until") > today))
    edges.append(pl.when(still).then(today + timedelta(days=1)).otherwise(None).cast(pl.Date))
    ahead = [pl.when(edge > today).then(edge).otherwise(None) for edge in edges]
    return (
        counted.select("enterprise", pl.min_horizontal(*ahead).alias("due_on"))
        .group_by("enterprise")
        .agg(pl.min("due_on"))
    )


def set_digest(frame: "pl.DataFrame") -> int:
    """Return the digest of a set of results: the sum of the SHA-256 of each row, modulo 2**256.

    A sum does not depend on order or buckets, and a changed row can be taken out and put in
    again, so an incremental run states the digest of the whole without reading it. `due_on` is
    a reading aid and left out.
    """
    import polars as pl

    columns = [pl.col(name).cast(pl.String).fill_null("") for name in frame.columns if name != "due_on"]
    texts = frame.select(pl.concat_str(columns, separator="\t").alias("row"))["row"]
    return sum(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") for text in texts) % 2**DIGEST_BITS


def newest(layers: Sequence[str]) -> "pl.LazyFrame":
    """Return results whose later layers stand in the place of earlier ones, enterprise by enterprise."""
    import polars as pl

    numbered = [pl.scan_parquet(path).with_columns(pl.lit(place).alias("layer")) for place, path in enumerate(layers)]
    stacked = pl.concat(numbered)
    top = stacked.group_by("enterprise").agg(pl.max("layer"))
    return stacked.join(top, on=["enterprise", "layer"], how="semi").drop("layer")


def changed(before: "pl.LazyFrame | None", after: "pl.DataFrame") -> "pl.DataFrame":
    """Return `enterprise`, `score`, `grade` of the rows of `after` that differ from `before`, or are new."""
    import polars as pl

    if before is None:
        return after.select("enterprise", "score", "grade")

    earlier = before.select("enterprise", pl.col("score").alias("was_score"), pl.col("grade").alias("was_grade"))
    both = after.lazy().select("enterprise", "score", "grade").join(earlier, on="enterprise", how="left")
    differs = pl.col("was_grade").is_null() | (pl.col("grade") != pl.col("was_grade"))
    differs |= pl.col("score").ne_missing(pl.col("was_score"))
    return both.filter(differs).select("enterprise", "score", "grade").collect()


def _numbers(numbers: Iterable[int]) -> "pl.LazyFrame":
    import polars as pl

    return pl.LazyFrame({"enterprise": list(numbers)}, schema={"enterprise": pl.Int64})
