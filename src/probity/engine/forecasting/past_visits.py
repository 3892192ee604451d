"""Past visits: a file of visits read strictly; a cell that is not clear stops it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from probity.terms import Text

Columns = Mapping[str, Sequence[Any]]
"""Header → values in file order; texts from a CSV, typed values from Parquet."""

_DAY = re.compile(r"\s*(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:[T ]\d{1,2}:\d{2}.*)?\s*", re.ASCII)
_YES = {"1", "1.0", "true", "t", "yes", "y", "是", "有"}
_NO = {"0", "0.0", "false", "f", "no", "n", "否", "无"}
_FIRST_ROW = 2
"""Row 1 of a file is its header."""


class NotUsable(ValueError):
    """A file or a column cannot be used; says where and why in both languages (不可用)."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the sentence."""
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One visit that took place (历史检查): whom, when, with or without a finding, and its score.

    `unit` is who could have swapped dates with whom (an office with a skill); `group` is for
    comparing areas or sizes; both may be empty. `rule_key` orders by the three simple rules.
    """

    enterprise: str
    day: date
    found: bool
    score: float
    unit: str = ""
    group: str = ""
    rule_key: tuple[bool, bool, float] | None = None


def columns_of(raw: bytes) -> dict[str, list[Any]]:
    """Read a Parquet or CSV file into columns; a CSV is UTF-8 or GB18030.

    Raises:
        NotUsable: when it is neither, or two columns have one name.
    """
    import polars as pl

    try:
        if raw[:4] == b"PAR1":
            frame = pl.read_parquet(raw)
        else:
            header = _text(raw).partition("\n")[0].rstrip("\r").split(",")
            names = [name.strip().strip('"') for name in header]
            if len(set(names)) < len(names):
                raise NotUsable("表头中有重名的列", "two columns of the header have the same name")
            frame = pl.read_csv(_text(raw).encode(), infer_schema=False)
    except NotUsable:
        raise
    except Exception as fault:
        reason = str(fault).partition("\n")[0]
        raise NotUsable(f"无法读取文件：{reason}", f"the file cannot be read: {reason}") from fault
    return {name.strip(): frame[name].to_list() for name in frame.columns}


def _text(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotUsable("文件既不是 UTF-8 也不是 GB18030", "the file is neither UTF-8 nor GB18030")


def past_visits(columns: Columns, names: Mapping[str, str]) -> list[PastVisit]:
    """Return the visits of a file in its order.

    Args:
        columns: what `columns_of` read.
        names: which column is `id`, `score`, `date`, `found`, and, where they are given,
            `unit`, `group`, `past` (earlier findings) and `since` (days since the last visit;
            empty for an enterprise never visited).

    Raises:
        NotUsable: naming the row and the column of the first cell that is not clear.
    """
    for name in names.values():
        if name not in columns:
            listed = "、".join(list(columns)[:40])
            raise NotUsable(
                f"文件中没有「{name}」列；有：{listed}", f"the file has no column {name!r}; it has: {listed}"
            )
    if not columns[names["id"]]:
        raise NotUsable("文件没有数据行", "the file has no rows")
    read: dict[str, list[Any]] = {
        "id": [_id(*cell) for cell in _cells(columns, names["id"])],
        "day": [_day(*cell) for cell in _cells(columns, names["date"])],
        "found": [_found(*cell) for cell in _cells(columns, names["found"])],
        "score": [_number(*cell) for cell in _cells(columns, names["score"])],
    }
    count = len(read["id"])
    for key in ("unit", "group"):
        read[key] = [str(value) for value in columns[names[key]]] if key in names else [""] * count
    read["rule"] = _rule_keys(columns, names) if {"past", "since"} <= set(names) else [None] * count
    return [PastVisit(*row) for row in zip(*read.values(), strict=True)]


def _rule_keys(columns: Columns, names: Mapping[str, str]) -> list[Any]:
    """Return the place by three rules: found before, then never visited, then longest ago."""
    keys = []
    for past, since in zip(_cells(columns, names["past"]), _cells(columns, names["since"]), strict=True):
        never = since[2] is None or str(since[2]).strip() == ""
        keys.append((_number(*past) > 0, never, 0.0 if never else _number(*since)))
    return keys


def _cells(columns: Columns, name: str) -> list[tuple[int, str, Any]]:
    return [(row, name, value) for row, value in enumerate(columns[name], _FIRST_ROW)]


def _id(row: int, column: str, value: Any) -> str:
    text = "" if value is None else str(value).strip()
    if not text:
        raise _unclear(row, column, value, "应为标识", "an identifier was expected")
    return text


def _day(row: int, column: str, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value))
    try:
        return date(int(found[1]), int(found[3]), int(found[5]))  # type: ignore[index]
    except (TypeError, ValueError):
        raise _unclear(
            row, column, value, "应为 2026-06-30 这样的日期", "a day such as 2026-06-30 was expected"
        ) from None


def _found(row: int, column: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise _unclear(row, column, value, "应为 0 或 1、是或否", "0 or 1, yes or no was expected")


def _number(row: int, column: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise _unclear(row, column, value, "应为数字", "a number was expected")
    return number


def _unclear(row: int, column: str, value: Any, zh: str, en: str) -> NotUsable:
    shown = "（空）" if value in (None, "") else str(value)[:40]
    return NotUsable(
        f"第 {row} 行「{column}」列：{zh}，实为 {shown}", f"row {row}, column {column!r}: {en}, found {shown}"
    )
