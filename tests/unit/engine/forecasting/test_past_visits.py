"""Past visits: a cell that is not clear is named by row and column, in both languages."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from probity.engine.forecasting import NotUsable, columns_of, past_visits

NAMES = {"id": "code", "score": "risk", "date": "day", "found": "bad"}
GOOD = "code,risk,day,bad\na,0.5,2026-03-02,1\nb,1,2026/3/4,否\n"


def test_a_csv_is_read_with_its_ways_of_writing() -> None:
    """Days with bars or dots, yes and no in words, a mark of byte order, GB18030."""
    for raw in (GOOD.encode(), GOOD.encode("utf-8-sig"), GOOD.encode("gb18030"), GOOD.replace("\n", "\r\n").encode()):
        first, second = past_visits(columns_of(raw), NAMES)
        assert (first.day, first.found, first.score) == (date(2026, 3, 2), True, 0.5)
        assert (second.day, second.found, second.enterprise) == (date(2026, 3, 4), False, "b")


def test_parquet_is_read_with_its_types() -> None:
    """Moments become days; numbers and booleans stay what they are."""
    import polars as pl

    out = io.BytesIO()
    pl.DataFrame(
        {
            "code": [1.0],
            "risk": [3],
            "day": [datetime(2026, 3, 2, 5, tzinfo=UTC)],
            "bad": [True],
            "past": [1],
            "since": [None],
        }
    ).write_parquet(out)
    names = NAMES | {"past": "past", "since": "since"}
    (visit,) = past_visits(columns_of(out.getvalue()), names)
    assert (visit.day, visit.found, visit.rule_key) == (date(2026, 3, 2), True, (True, True, 0.0))


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [("0.5", "high", 2, "risk"), ("0.5", "nan", 2, "risk"), ("0.5", "", 2, "risk"), ("2026/3/4", "4 March", 3, "day"),
     ("2026/3/4", "2026-02-30", 3, "day"), ("否", "maybe", 3, "bad"), ("a,0.5", ",0.5", 2, "code"), ("0.5", "inf", 2, "risk")],
)  # fmt: skip
def test_the_first_unclear_cell_is_named(old: str, new: str, row: int, column: str) -> None:
    """Row as a spreadsheet counts it, column by its header."""
    with pytest.raises(NotUsable) as refusal:
        past_visits(columns_of(GOOD.replace(old, new, 1).encode()), NAMES)
    assert f"row {row}, column '{column}'" in str(refusal.value)
    assert f"第 {row} 行「{column}」列" in refusal.value.text.zh


@pytest.mark.parametrize("raw", [b"", b"PAR1 but not", b"a,a\n1,2\n", bytes(range(128, 256)), b"a,b\n1,2,3,4\n"])
def test_what_is_no_table_is_refused_in_a_sentence(raw: bytes) -> None:
    """Empty, torn, the same header twice, ragged rows."""
    with pytest.raises(NotUsable) as refusal:
        past_visits(columns_of(raw), NAMES)
    assert "\n" not in str(refusal.value)


def test_a_missing_column_is_told_with_those_there_are() -> None:
    """A slip of the pen is mended without opening the file."""
    columns: dict[str, Any] = columns_of(GOOD.encode())
    with pytest.raises(NotUsable, match=r"no column 'risks'; it has: code、risk、day、bad"):
        past_visits(columns, NAMES | {"score": "risks"})
    with pytest.raises(NotUsable, match="no rows"):
        past_visits(columns_of(b"code,risk,day,bad\n"), NAMES)
