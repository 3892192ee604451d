"""Delivered: small files in the layouts of the example city's sources, taken in for tests."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from probity.know.records.actions import Manner, deliver
from probity.know.records.models import Attribution, Record
from probity.know.sources.types import BatchLine
from probity.terms import Actor
from probity.terms.codes import check_character

BY = Actor.system("test")
DAY = date(2026, 6, 30)
"""The legal day on which these files arrive, unless a test says otherwise."""
AT = datetime(2026, 6, 30, 2, 0, tzinfo=UTC)
PENALTIES, DOCKED, REGISTRATIONS, SERIOUS = (
    "linlan-market/penalties",
    "linlan-transport/penalties",
    "linlan-market/registrations",
    "linlan-market/serious-list",
)

Row = Mapping[str, str]


def code(number: int, category: str = "91") -> str:
    """Return the credit code of the n-th invented enterprise; `92` for a sole trader."""
    body = f"{category}339901{number:09d}"
    return body + check_character(body)


def penalty(number: int, of: int = 1, **cells: str) -> Row:
    """Return the n-th decision, against the enterprise `of`; other cells by header."""
    return {
        "行政相对人名称": f"甲{of}有限公司",
        "统一社会信用代码": code(of),
        "工商注册号": "",
        "行政处罚决定书文号": f"临罚〔2026〕{number}号",
        "处罚类别": "罚款",
        "罚款金额（万元）": "1.5",
        "处罚决定日期": "2026-03-31",
        "处罚机关": "临澜市监管局",
        "失信程度": "一般",
    } | cells


def docked(number: int, operation: str, of: int = 1, **cells: str) -> Row:
    """Return the n-th decision in the envelope of database docking."""
    return {"cd_operation": operation} | penalty(number, of, **cells)


def registration(of: int, name: str, **cells: str) -> Row:
    """Return a registration of the enterprise `of` under a name."""
    return {
        "企业名称": name,
        "统一社会信用代码": code(of),
        "注册号": "",
        "核准日期": "2026-01-05",
        "业务类型": "设立登记",
    } | cells


def listed(number: int, of: int = 1, **cells: str) -> Row:
    """Return the n-th entry of the serious list."""
    return {
        "企业名称": f"甲{of}有限公司",
        "统一社会信用代码": code(of),
        "列入决定文号": f"临列〔2026〕{number}号",
        "列入领域": "虚假登记",
        "列入事由": "提交虚假材料取得登记",
        "列入日期": "2026-02-13",
        "列入机关": "临澜市市场监督管理局",
        "公示截止期": "2029-02-13",
    } | cells


def written(folder: Path, rows: Sequence[Row], name: str = "delivered.csv") -> Path:
    """Write rows as a CSV file and return its path."""
    place = folder / name
    with place.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return place


def take_in(
    folder: Path,
    feed: str,
    rows: Sequence[Row],
    *,
    at: datetime = AT,
    strict: bool = False,
    name: str = "delivered.csv",
) -> BatchLine:
    """Take rows in under a feed; its expected number of rows counts only when `strict`."""
    manner = Manner(by=BY, at=at, despite_expectation=not strict)
    return deliver(written(folder, rows, name), feed=feed, manner=manner)


def later(days: int = 0, minutes: int = 1) -> datetime:
    """Return a moment after AT."""
    return AT + timedelta(days=days, minutes=minutes)


def counted(line: BatchLine) -> tuple[int, int, int, int, dict[str, int]]:
    """Return received, accepted, unchanged, superseding, quarantined; they must balance."""
    assert line.balances
    return line.received, line.accepted, line.unchanged, line.superseding, dict(line.quarantined)


def record_of(number: int) -> Record:
    """Return the newest record of the n-th decision."""
    found = Record.objects.filter(fields__contains=f"〔2026〕{number}号").order_by("-pk").first()
    assert found is not None
    return found


def owner_of(number: int) -> tuple[str | None, str]:
    """Return (credit code or None, how) of the newest record of the n-th decision."""
    found = Attribution.objects.filter(record=record_of(number)).order_by("-pk").first()
    assert found is not None
    return (found.enterprise.code if found.enterprise else None), found.how
