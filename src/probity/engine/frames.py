"""Frames: the columns in which facts of many enterprises lie, and one fact."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narwhals.typing import IntoLazyFrameT

COLUMNS = {
    "enterprise": "int64",  # surrogate number; the credit code stays in the registry
    "record": "int64",  # surrogate number of the record, so that a reason can be opened
    "type": "string",  # key of the record type
    "day": "date",  # when the fact happened
    "until": "date",  # the first day on which it no longer holds by its own terms; null = open
    "kind": "string",  # the record type's `kind` field; null where it has none
    "degree": "string",  # the record type's `degree` field
    "amount": "int64",  # fen
    "points": "int64",  # hundredths, for types that state their own points
    "from_revision": "int64",  # known from here …
    "until_revision": "int64",  # … up to but not including here; FOREVER while it stands
    "ends_on": "date",  # repair or expiry: from this day on it no longer counts; null = none known
}
"""Name → logical type. A record whose state changed has one row per span of revisions."""

FOREVER = 2**62
"""The `until_revision` of a row that still stands."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One record as the engine sees it: nothing but what an index system may weigh."""

    record: int
    type: str
    day: date
    until: date | None = None
    kind: str | None = None
    degree: str | None = None
    amount: int | None = None
    points: int | None = None


def visible(frame: "IntoLazyFrameT", *, as_of: date, revision: int) -> "IntoLazyFrameT":
    """Return the rows that count on `as_of` as known at `revision`.

    A row is visible when `from_revision <= revision < until_revision`, the fact happened not
    later than `as_of`, and no repair or expiry has taken it away by then (`as_of < ends_on`).

    Args:
        frame: a frame with the columns of `COLUMNS`, of any engine Narwhals knows.
        as_of: the day the question is asked about.
        revision: the last revision that was known.
    """
    import narwhals as nw

    known = (nw.col("from_revision") <= revision) & (nw.col("until_revision") > revision)
    holds = nw.col("ends_on").is_null() | (nw.col("ends_on") > nw.lit(as_of, nw.Date))
    happened = nw.col("day") <= nw.lit(as_of, nw.Date)
    native: IntoLazyFrameT = nw.from_native(frame).filter(known & happened & holds).to_native()
    return native
