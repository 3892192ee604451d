"""Sheet: what an onboarding spreadsheet may state, read cell by cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from probity.guard.authorities.roles import OFFICES
from probity.guard.authorities.types import SheetFault
from probity.terms import Text

COLUMNS: Mapping[str, Text] = {
    "authority": Text("部门代码", "Body"),
    "title_zh": Text("部门名称", "Title in Chinese"),
    "title_en": Text("部门英文名称", "Title in English"),
    "parent": Text("上级部门代码", "Body above"),
    "region": Text("行政区划代码", "Region"),
    "sector": Text("领域", "Sector"),
    "account": Text("账号", "Account"),
    "name": Text("姓名", "Name"),
    "role": Text("角色", "Role"),
    "scope": Text("范围", "Scope"),
    "starts_on": Text("开始日期", "From"),
    "ends_on": Text("终止日期", "Until"),
}
"""Column → its header in both languages; a delivered header may be either, or the column itself."""

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?(?: 00:00:00)?\Z")
_NEVER = Text("不能识别的日期，请写成 2026-07-01", "not a day: write it like 2026-07-01")

Row = Mapping[str, str]


def columns_of(headers: Sequence[str]) -> list[str]:
    """Return the column of each delivered header, empty for one that is not understood."""
    known = {key: key for key in COLUMNS}
    for key, title in COLUMNS.items():
        known |= {title.zh: key, title.en.lower(): key}
    return [known.get(header.strip().lower(), known.get(header.strip(), "")) for header in headers]


def faults_of(rows: Sequence[Row], bodies: Sequence[str]) -> Iterator[SheetFault]:
    """Yield what is wrong in the cells themselves; `bodies` are the keys that exist already.

    Rows are counted from 2, as the spreadsheet shows them below its header.
    """
    stated = {row.get("authority", "") for row in rows}
    known = set(bodies) | {row.get("authority", "") for row in rows if row.get("title_zh")}
    for number, row in enumerate(rows, 2):
        key = row.get("authority", "")
        if not key:
            yield SheetFault(number, "authority", Text("须填写部门代码", "a body is needed"))
        elif not _KEY.match(key) or len(key) > 64:
            yield SheetFault(
                number, "authority", Text("只用小写字母、数字和连字符", "small letters, digits and hyphens only")
            )
        elif key not in known:
            yield SheetFault(number, "title_zh", Text("新部门须填写名称", "a new body needs a title"))
        for column in ("parent", "scope"):
            if row.get(column) and row[column] not in known | stated and row[column] != ANYTHING:
                yield SheetFault(number, column, Text("没有这个部门", "there is no such body"))
        if row.get("region") and not re.fullmatch(r"[0-9]{6}", row["region"]):
            yield SheetFault(number, "region", Text("应为六位数字", "a code of six digits"))
        yield from _office_faults(number, row)


def _office_faults(number: int, row: Row) -> Iterator[SheetFault]:
    if bool(row.get("account")) != bool(row.get("name")):
        missing = "name" if row.get("account") else "account"
        yield SheetFault(number, missing, Text("账号和姓名须同时填写", "an account and a name go together"))
    if row.get("role") and not row.get("account"):
        yield SheetFault(number, "account", Text("角色须有账号", "a role needs an account"))
    if row.get("role") and role_of(row["role"]) is None:
        said = "、".join(role.title.zh for role in OFFICES.values())
        yield SheetFault(
            number,
            "role",
            Text(f"没有这个角色；可填：{said}", f"no such role; there are: {', '.join(OFFICES)}"),
        )
    for column in ("starts_on", "ends_on"):
        if row.get(column) and day_of(row[column]) is None:
            yield SheetFault(number, column, _NEVER)


ANYTHING = "*"
"""What a cell says for a scope without a limit."""


def role_of(text: str) -> str | None:
    """Return the key of a role written by its key or by its title in either language."""
    for key, role in OFFICES.items():
        if text.strip().lower() in (key, role.title.zh, role.title.en.lower()):
            return key
    return None


def day_of(text: str) -> date | None:
    """Return the day a cell states, however a spreadsheet wrote it, or None."""
    found = _DAY.match(text.strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
