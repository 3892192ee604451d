"""P1's material: a made-up nation of facts, and forty indicators over them."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from probity.engine.frames import COLUMNS, FOREVER
from probity.rulebook.index_systems import IndexSystem
from tests.unit.engine import make

AS_OF = date(2026, 6, 30)
KINDS = ("fine", "warning", "closure", "other")
DEGREES = ("minor", "ordinary", "serious")
TYPES = tuple(f"type-{number:02d}" for number in range(10))
WINDOWS = (12, 24, 36, 60)
WEIGHTS = (30, 25, 20, 15, 10)
PER_BUCKET = 250_000
POLARS = {"int64": pl.Int64, "string": pl.String, "date": pl.Date}


def write_facts(folder: Path, enterprises: int) -> int:
    """Write buckets of facts sorted by enterprise and day, about ten an enterprise, and the enterprises.

    Returns:
        The number of facts. Half of all enterprises have at most three, a few have thousands.
    """
    buckets = max(1, enterprises // PER_BUCKET)
    total = 0
    for bucket in range(buckets):
        with duckdb.connect() as base:
            base.execute("set threads = 1")
            facts = base.sql(_FACTS, params={"all": enterprises, "buckets": buckets, "bucket": bucket}).pl()
        frame = facts.select(
            *(pl.col(name).cast(POLARS[kind]) for name, kind in COLUMNS.items() if name in facts.columns),
            pl.lit(1, pl.Int64).alias("from_revision"),
            pl.lit(FOREVER, pl.Int64).alias("until_revision"),
            pl.lit(None, pl.Date).alias("ends_on"),
        )
        frame = frame.with_columns(pl.col("type", "kind", "degree").cast(pl.Categorical))
        frame.write_parquet(folder / f"facts-{bucket:03d}.parquet", compression="zstd", row_group_size=250_000)
        listed = pl.DataFrame({"enterprise": range(bucket, enterprises, buckets)}, schema={"enterprise": pl.Int64})
        listed.write_parquet(folder / f"enterprises-{bucket:03d}.parquet")
        total += frame.height
    return total


_FACTS = """
with chance as (
  select e as enterprise,
         least(5000, floor(3 * exp(1.55 * sqrt(-2 * ln((hash(e, 1) % 1000003 + 1) / 1000004.0))
                                        * cos(2 * pi() * (hash(e, 2) % 1000003) / 1000003.0))))::bigint as n
  from range($bucket::bigint, $all::bigint, $buckets::bigint) r(e)
), facts as (select enterprise, unnest(range(n)) as i from chance where n > 0)
select enterprise, enterprise * 8192 + i as record,
       'type-' || lpad(cast(hash(enterprise, i, 3) % 10 as varchar), 2, '0') as type,
       (date '2026-07-15' - cast(hash(enterprise, i, 4) % 2200 as int))::date as day,
       case when hash(enterprise, i, 5) % 3 = 0
            then (date '2026-12-31' - cast(hash(enterprise, i, 6) % 900 as int))::date end as until,
       (['fine', 'warning', 'closure', 'other'])[1 + (hash(enterprise, i, 7) % 4)::bigint] as kind,
       (['minor', 'ordinary', 'serious'])[1 + (hash(enterprise, i, 8) % 3)::bigint] as degree,
       (hash(enterprise, i, 9) % 20000000)::bigint as amount,
       (hash(enterprise, i, 10) % 1500)::bigint as points
from facts order by enterprise, day, record
"""


def index_system() -> IndexSystem:
    """Return forty indicators in five weighted dimensions, every way of counting among them, and four vetoes."""
    types = {
        key: make.record_type(
            key, kind={"category": KINDS}, degree={"severity": DEGREES}, until="removed_on", months=60
        )
        for key in TYPES
    }
    dimensions, keys = [], [*GRADES]
    for place, weight in enumerate(WEIGHTS):
        inside = "".join(_indicator(number) for number in range(place * 8, place * 8 + 8))
        keys += [f"d{place}", *(f"i{number}" for number in range(place * 8, place * 8 + 8))]
        head = f"  d{place}:\n    article: 2\n    starts_at: 100\n    at_least: 0\n    weight: {weight}\n"
        dimensions.append(f"{head}    indicators:\n{inside}")
    vetoes = "".join(
        f"  v{number}: {{article: 5, counts: {TYPES[number]}, when: {{category: closure, severity: serious}},"
        f" within: {{months: 12}}, times: 3, grade: D}}\n"
        for number in range(4)
    )
    keys += [f"v{number}" for number in range(4)]
    rule = f"{_HEAD}dimensions:\n{''.join(dimensions)}{_BANDS}vetoes:\n{vetoes}"
    return make.system(rule, make.labels(*keys), types)


GRADES = ("A", "B", "C", "D")
_HEAD = """
instrument: made-up-measure
family: sector
status: illustration
publication: internal
silence: neutral
score: {starts_at: 0, at_least: 0, at_most: 100, article: 1}
"""
_BANDS = """
bands:
  article: 4
  grades: {A: {from: 95}, B: {from: 85, below: 95}, C: {from: 70, below: 85}, D: {below: 70}}
"""


def _indicator(number: int) -> str:
    form = FORMS[number % len(FORMS)]
    line = f"counts: {TYPES[number % 10]}, within: {{months: {WINDOWS[number % 4]}}}, at_most: {5 + number % 20}"
    return f"      i{number}: {{article: 3, {line}, {form}}}\n"


FORMS = (
    "takes: {each: 2}",
    "when: {severity: serious}, takes: {each: 5}",
    "when: {category: [fine, warning]}, takes: {each: 1}",
    "takes: {by: severity, points: {minor: 1, ordinary: 3, serious: 8}}",
    "takes: {amount: [{from: 0, below: 10000, points: 1}, {from: 10000, below: 100000, points: 3},"
    " {from: 100000, points: 6}]}",
    "when: {category: closure, severity: [ordinary, serious]}, takes: {each: 4}",
    "takes: {by: category, points: {fine: 2, warning: 0.5, closure: 6}, others: 0}",
)
"""Indicator n counts type n mod 10 in window n mod 4, is capped at 5 + n mod 20, and has form n mod 7."""
