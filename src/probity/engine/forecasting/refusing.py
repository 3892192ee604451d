"""Refusing: what was not known when the list was frozen may not order it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from probity.engine.forecasting.past_visits import Columns, NotUsable

_WHO = re.compile(r"inspector|officer|sanitarian|badge|(?<!被)检查人|检查员|执法人|监管人|执法证|工号", re.IGNORECASE)
"""Who inspects is not known when a list is ordered; the best-known back-test was mostly that (INSPECTION 3.7)."""

_WEATHER = re.compile(r"temperature|precip|humidity|wind_?speed|weather|气温|降水|湿度|风速|天气", re.IGNORECASE)
_MOMENT = re.compile(r"\s*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([T ].*)?\s*", re.ASCII)


def refuse_leaks(columns: Columns, inputs: Sequence[str], *, found: str, freeze: date) -> None:
    """Refuse inputs of an ordering that were not known at the freeze, by their names and their values.

    Args:
        columns: the file.
        inputs: the columns the ordering rests on: the score, and whatever it was made of.
        found: the column that says what the visit found.
        freeze: the day on which the list was frozen.

    Raises:
        NotUsable: when an input says who inspects, or gives nothing but that; is the weather of
            the day; holds a day later than the freeze; or is the finding itself.
    """
    for name in inputs:
        refuse_name(columns, name, found=found)
        for row, value in enumerate(columns[name], 2):
            day = _day_of(value)
            if day is not None and day > freeze:
                raise NotUsable(
                    f"第 {row} 行「{name}」列的日期 {day} 晚于名单冻结日 {freeze}，不得使用",
                    f"row {row}, column {name!r}: {day} is later than the freeze on {freeze}: refused",
                )
        _refuse_disguise(columns, name)


def refuse_name(columns: Columns, name: str, *, found: str) -> None:
    """Refuse a column whose name alone says that nobody could know it when the list was ordered.

    Raises:
        NotUsable: when it is not in the file, says who inspects, is the weather of the day, or is the finding.
    """
    if name not in columns:
        raise NotUsable(f"文件中没有「{name}」列", f"the file has no column {name!r}")
    if _WHO.search(name):
        raise NotUsable(
            f"「{name}」列说的是由谁检查，排序时尚不可知，不得使用",
            f"column {name!r} says who inspects, which is not known when a list is ordered: refused",
        )
    if _WEATHER.search(name):
        raise NotUsable(
            f"「{name}」列是当日天气，排序时尚不可知，不得使用",
            f"column {name!r} is the weather of the day, not known when a list is ordered: refused",
        )
    if name == found:
        raise NotUsable(
            f"「{name}」列就是检查结果本身，不得用于排序",
            f"column {name!r} is the finding itself and cannot order the visits: refused",
        )


def _refuse_disguise(columns: Columns, name: str) -> None:
    """Refuse an input that has one value for each inspector: it is the inspector under another name."""
    for other in columns:
        if not _WHO.search(other):
            continue
        pairs = set(zip(map(str, columns[other]), map(str, columns[name]), strict=True))
        inspectors = {inspector for inspector, _ in pairs}
        if 1 < len(inspectors) == len(pairs) < len(columns[name]) and len({value for _, value in pairs}) > 1:
            raise NotUsable(
                f"「{name}」列对每个「{other}」只有一个取值，实为由谁检查，不得使用",
                f"column {name!r} has one value for each {other!r}: it says who inspects under another name; refused",
            )


def _day_of(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    year, month, day = map(int, re.findall(r"\d+", value)[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None
