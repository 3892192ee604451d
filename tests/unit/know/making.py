"""Making: profiles, record types and rows for tests, without a rulebook."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from probity.know.records.door import Door
from probity.know.records.identities import SeenRows
from probity.know.records.types import CheckedChunk
from probity.know.sources.types import RowChunk
from probity.rulebook.types import (
    Bearing,
    Delivers,
    FeedColumn,
    FeedProfile,
    Form,
    RecordField,
    RecordType,
    Route,
    RuleFile,
    Stage,
)
from probity.terms import LegalReference, Text

TODAY = date(2026, 6, 30)
GOOD, OTHER = "91350100M000100Y43", "914403001922038216"
"""Codes of published test vectors (DOMAIN 2.1)."""
RESIDENT = "110101199003070011"
"""An invented resident number whose check holds; replaced by the test that proves it."""
ARTICLE = LegalReference("proposal", "art. 1")


def field(key: str, form: Form, *choices: str, required: bool = False, most: int = 2000) -> RecordField:
    """Return a field of a record type."""
    return RecordField(key, form, ARTICLE, Text(key, key), required, {c: Text(c, c) for c in choices}, most)


FIELDS = (
    field("decision_number", Form.DOCUMENT, most=40),
    field("decided_on", Form.DAY, required=True),
    field("valid_until", Form.DAY),
    field("category", Form.CHOICE, "fine", "warning"),
    field("fine_amount", Form.MONEY),
    field("facts", Form.TEXT, most=60),
)


def record_type(**changes: Any) -> RecordType:
    """Return a record type of penalties, changed where the test says so."""
    stated: dict[str, Any] = {
        "key": "penalty",
        "file": RuleFile("record_types", "penalty", date(2020, 1, 1), "digest", "path"),
        "title": Text("处罚", "penalty"),
        "reference": ARTICLE,
        "stage": Stage.AFTER,
        "bearing": Bearing.ADVERSE,
        "adverse_when": {},
        "identity": (),
        "fields": {one.key: one for one in FIELDS},
        "occurred_on": "decided_on",
        "until": "valid_until",
        "kind": "category",
        "degree": None,
        "amount": "fine_amount",
        "points": None,
        "retention_months": 60,
        "publicity": None,
    }
    return RecordType(**(stated | changes))


COLUMNS = (
    FeedColumn(("名称", "企业名称"), "enterprise_name", Form.TEXT, required=True),
    FeedColumn(("代码",), "credit_code", Form.CREDIT_CODE, required=True),
    FeedColumn(("文号",), "decision_number", Form.DOCUMENT),
    FeedColumn(("日期",), "decided_on", Form.DAY, required=True),
    FeedColumn(("截止",), "valid_until", Form.DAY),
    FeedColumn(("类别",), "category", Form.CHOICE, values={"罚款": "fine", "警告": "warning"}),
    FeedColumn(("金额",), "fine_amount", Form.MONEY, unit="ten_thousand_yuan"),
    FeedColumn(("事实",), "facts", Form.TEXT, empties=("/",)),
)


def profile(**changes: Any) -> FeedProfile:
    """Return a feed of penalties, changed where the test says so."""
    stated: dict[str, Any] = {
        "key": "city/penalties",
        "source": "city",
        "title": Text("处罚", "Penalties"),
        "digest": "digest",
        "delivers": Delivers.INCREMENTS,
        "routes": (Route("", (), "penalty", {}),),
        "columns": COLUMNS,
        "ignored": ("序号",),
        "persons": ("法定代表人",),
        "person_rows": {"相对人类别": ("自然人",)},
        "operation": "",
        "least_rows": 0,
        "most_rows": 1000,
        "business_day": "decided_on",
        "closing_words": ("合计", "制表人"),
    }
    return FeedProfile(**(stated | changes))


def row(**cells: str) -> dict[str, str]:
    """Return a good row, with the cells the test changes."""
    return {"名称": "灯笼食品有限公司", "代码": GOOD, "文号": "某罚〔2026〕1号", "日期": "2026-01-31"} | cells


def chunk(rows: Sequence[Mapping[str, str]], first: int = 2) -> RowChunk:
    """Return rows as the parsing process hands them over."""
    headers = dict.fromkeys(header for one in rows for header in one)
    columns = {header: [one.get(header, "") for one in rows] for header in headers}
    return RowChunk(tuple(range(first, first + len(rows))), columns, b"", frozenset())


def examined(
    rows: Sequence[Mapping[str, str]], feed: FeedProfile | None = None, kind: RecordType | None = None
) -> CheckedChunk:
    """Return what the door makes of rows."""
    door = Door(feed or profile(), {"penalty": kind or record_type()}, today=TODAY)
    return door.examine(chunk(rows), SeenRows())


def codes(checked: CheckedChunk) -> list[str]:
    """Return the codes of all problems, in order."""
    return [problem.code for problem in checked.problems]
