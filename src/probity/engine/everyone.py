"""Everyone: all enterprises of a bucket judged, and when that may change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce
from hashlib import sha256
from operator import or_
from typing import TYPE_CHECKING

from probity.engine.frames import Fact, visible
from probity.engine.packing import MOST_FACTS
from probity.engine.reference import judge
from probity.engine.scoring import evaluate
from probity.rulebook.index_systems import IndexSystem, PerMonth, Selection

if TYPE_CHECKING:
    import polars as pl

DIGEST_BITS = 256

_SHORTEST_MONTH, _SPARE = 28, timedelta(days=3)
"""From the 29th on a window's edge may fall up to three days after the clipped day of a short month."""


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
        # A filter, which reaches the reading of the file; read once, for what follows has several parts.
        known = known.filter(pl.col("enterprise").is_in(_set_of(only))).collect(engine="streaming").lazy()
    known = known.join(_numbers(ungraded), on="enterprise", how="anti")
    enterprises = known.select("enterprise").unique()
    judged = evaluate(system, visible(known, as_of=as_of, revision=revision), enterprises, as_of)
    due = due_days(system, known, as_of=as_of, revision=revision)
    return sealed(judged.join(due, on="enterprise", how="left").sort("enterprise").collect(engine="streaming"))


def judge_selected(
    system: IndexSystem,
    buckets: Sequence["pl.LazyFrame"],
    enterprises: Iterable[int],
    *,
    as_of: date,
    revision: int,
) -> "pl.DataFrame":
    """Judge some enterprises of all buckets and return a row each, sorted by enterprise."""
    import polars as pl

    chosen = list(enterprises)
    parts = [judge_bucket(system, bucket, as_of=as_of, revision=revision, only=chosen) for bucket in buckets]
    return pl.concat(parts).sort("enterprise")


def judge_some(system: IndexSystem, facts: Mapping[int, Sequence[Fact]], *, as_of: date) -> "pl.DataFrame":
    """Judge some enterprises one by one by the slow twin and return rows as `judge_bucket` does.

    Cheaper than building expressions while they are few. They are due again on the next day,
    which is never too late; the next full run finds their true day.
    """
    import polars as pl

    tomorrow = as_of + timedelta(days=1)
    rows = [(*_judged(system, enterprise, facts[enterprise], as_of), tomorrow) for enterprise in sorted(facts)]
    counted = [f"d:{part.key}" for part in system.dimensions] + [f"p:{part.key}" for part in system.indicators]
    schema = {"enterprise": pl.Int64, "score": pl.Int64, "grade": pl.String}
    schema |= dict.fromkeys(counted, pl.Int64) | {"fired": pl.String, "due_on": pl.Date}
    return sealed(pl.DataFrame(rows, schema=schema, orient="row"))


def _judged(system: IndexSystem, enterprise: int, facts: Sequence[Fact], as_of: date) -> tuple[object, ...]:
    told = judge(system, facts, as_of)
    dimensions = (told.dimensions[part.key] for part in system.dimensions)
    points = (told.points[part.key] for part in system.indicators)
    fired = " ".join(rule.key for rule in told.fired)
    return (enterprise, told.score, told.grade, *dimensions, *points, fired)


def sealed(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Return a result with `row`, the SHA-256 of each row; `due_on` is a reading aid and left out.

    Raises:
        OverflowError: when an enterprise has more facts than can be summed.
    """
    import polars as pl

    if frame["grade"].null_count():
        several = frame.filter(pl.col("grade").is_null())["enterprise"].to_list()
        raise OverflowError(f"enterprises {several} have more than {MOST_FACTS} facts that may count")
    columns = [pl.col(name).cast(pl.String).fill_null("") for name in frame.columns if name != "due_on"]
    texts = frame.select(pl.concat_str(columns, separator="\t").alias("row"))["row"]
    rows = pl.Series("row", [sha256(text.encode()).digest() for text in texts], dtype=pl.Binary)
    return frame.with_columns(rows)


def _next_month_begun(as_of: date) -> "pl.Expr":
    """Return the next day after `as_of` on which a running fact may begin another month.

    That is the day after its own day of the month; the first, where a month is too short for it.
    """
    import polars as pl

    first = as_of.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    days = pl.duration(days=pl.col("day").dt.day())
    this_month = pl.lit(first) + days
    next_own = pl.when(this_month > pl.lit(as_of)).then(this_month).otherwise(pl.lit(following) + days)
    return pl.min_horizontal(next_own.cast(pl.Date), pl.lit(following))


def set_digest(rows: "pl.Series") -> int:
    """Return the digest of a set of results: the sum of the digests of its rows, modulo 2**256.

    A sum does not depend on order or buckets, and a changed row can be taken out and put in
    again, so an incremental run states the digest of the whole without reading it.
    """
    total = 0
    for row in rows:
        total += int.from_bytes(row, "big")
    return total % (1 << DIGEST_BITS)


def standing(layers: Sequence[str], *columns: str, only: Collection[int] | None = None) -> "pl.LazyFrame":
    """Return `enterprise` and some columns of a result kept in layers of files.

    Later layers stand in the place of earlier ones, enterprise by enterprise.

    Args:
        layers: paths of the files, oldest first.
        columns: which columns beside `enterprise`.
        only: these enterprises alone; None takes all.
    """
    import polars as pl

    parts: list[pl.LazyFrame] = []
    later = pl.LazyFrame(schema={"enterprise": pl.Int64})
    wanted = None if only is None else pl.col("enterprise").is_in(_set_of(only))
    for path in reversed(layers):
        layer = pl.scan_parquet(path).select("enterprise", *columns)
        layer = layer if wanted is None else layer.filter(wanted)
        parts.append(layer.join(later, on="enterprise", how="anti") if parts else layer)
        if path != layers[0]:
            later = pl.concat([later, layer.select("enterprise")])
    return pl.concat(parts)


def due_by(layers: Sequence[str], day: date) -> set[int]:
    """Return the enterprises of a result that are due on a day or before it."""
    import polars as pl

    due = standing(layers, "due_on").filter(pl.col("due_on") <= day)
    return set(due.select("enterprise").collect(engine="streaming")["enterprise"])


def rows_of(layers: Sequence[str], enterprises: Collection[int]) -> "pl.DataFrame":
    """Return `enterprise`, `score`, `grade`, `row` of some enterprises in a result."""
    return standing(layers, "score", "grade", "row", only=enterprises).collect(engine="streaming")


def grade_counts(frame: "pl.DataFrame") -> dict[str, int]:
    """Return grade → number of enterprises in a result."""
    return dict(frame["grade"].value_counts().iter_rows())


def due_days(system: IndexSystem, frame: "pl.LazyFrame", *, as_of: date, revision: int) -> "pl.LazyFrame":
    """Return `enterprise`, `due_on`: the first day after `as_of` on which its result may differ.

    A fact may begin, leave a window, end by its own terms, be repaired, or begin another month
    where it is counted by the month; only facts that a selection means, and only its window.
    Never too late, at times some days too early.
    """
    import polars as pl

    today = pl.lit(as_of)
    counted = frame.filter(
        (pl.col("from_revision") <= revision)
        & (pl.col("until_revision") > revision)
        & (pl.col("ends_on").is_null() | (pl.col("ends_on") > today))
    )
    edges = [pl.col("day"), pl.col("ends_on")]
    still = pl.col("until").is_null() | (pl.col("until") > today)
    for months in sorted({part.months for part in system.selections if part.months is not None}):
        leaves = pl.col("day").dt.offset_by(f"{months}mo")
        near = (pl.col("day").dt.day() > _SHORTEST_MONTH) & (leaves <= today) & (leaves + _SPARE > today)
        leaves = pl.when(near).then(today + timedelta(days=1)).otherwise(leaves)
        edges.append(pl.when(_means(part for part in system.selections if part.months == months)).then(leaves))
    monthly = [part.selection for part in system.indicators if isinstance(part.tariff, PerMonth)]
    ending = [part for part in system.selections if part.standing] + monthly
    if ending:
        edges.append(pl.when(_means(ending)).then(pl.col("until")))
    if monthly:
        edges.append(pl.when(_means(monthly) & still).then(_next_month_begun(as_of)))
    ahead = [pl.when(edge > today).then(edge) for edge in edges]
    return (
        counted.filter(_means(system.selections))
        .select("enterprise", pl.min_horizontal(*ahead).alias("due_on"))
        .group_by("enterprise")
        .agg(pl.min("due_on"))
    )


def _means(selections: Iterable[Selection]) -> "pl.Expr":
    """Return whether any of these selections means a fact, whatever the day."""
    import polars as pl

    tests = []
    for part in selections:
        test = reduce(or_, (pl.col("type") == key for key in part.counts))
        for slot, admitted in (("kind", part.kinds), ("degree", part.degrees)):
            if admitted is not None:
                test &= reduce(or_, (pl.col(slot) == value for value in sorted(admitted))).fill_null(False)
        tests.append(test)
    return reduce(or_, tests)


def changed(before: "pl.DataFrame | None", after: "pl.DataFrame") -> "pl.DataFrame":
    """Return `enterprise`, `score`, `grade` of the rows of `after` that differ from `before`, or are new."""
    import polars as pl

    if before is None:
        return after.select("enterprise", "score", "grade")
    earlier = before.select("enterprise", pl.col("score").alias("was_score"), pl.col("grade").alias("was_grade"))
    both = after.select("enterprise", "score", "grade").join(earlier, on="enterprise", how="left")
    differs = pl.col("was_grade").is_null() | (pl.col("grade") != pl.col("was_grade"))
    differs |= pl.col("score").ne_missing(pl.col("was_score"))
    return both.filter(differs).select("enterprise", "score", "grade")


def _set_of(numbers: Iterable[int]) -> "pl.Series":
    import polars as pl

    return pl.Series(sorted(numbers), dtype=pl.Int64).implode()


def _numbers(numbers: Iterable[int]) -> "pl.LazyFrame":
    import polars as pl

    return pl.LazyFrame({"enterprise": list(numbers)}, schema={"enterprise": pl.Int64})
