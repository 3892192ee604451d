"""Records: what is said of a refused row, and how much of it is kept."""

from collections.abc import Mapping, Sequence

from probity.know.records.codes import PERSON_FAULT
from probity.know.records.folding import fold, narrow
from probity.know.records.persons import masked
from probity.know.records.types import CONFLICT, PERSON, PROBLEM_CODES, CheckedChunk, Fault, Problem
from probity.rulebook.types import SUBJECT_FIELDS
from probity.terms import Text

_LONGEST_SHOWN = 80
_OPERATIONS = {"i": "i", "u": "u", "d": "d", "新增": "i", "修改": "u", "删除": "d"}

PERSON_ROW = PERSON_FAULT
RAGGED = Fault(
    "FORM",
    Text(
        "单元格数与表头不一致，可能缺少引号或文件被截断",
        "the row has another number of cells than the header: a quotation mark may be missing, or the file was cut off",
    ),
)
NO_OPERATION = Fault("FORM", Text("操作标识应为 i、u 或 d", "the operation should be i, u or d"))
NO_ROUTE = Fault("ROUTE", Text("没有对应的记录类型", "rows with this value belong to no record type of the feed"))
NO_SUBJECT = Fault("MISSING", Text("既无主体名称也无主体代码", "neither a name nor a code says of whom the row speaks"))
TWO_CODES = Fault(
    "CODE", Text("同一行有两个不同的同类代码", "the row states two different codes of one kind"), mendable=False
)
ENDS_EARLY = Fault("DATE", Text("截止日期不晚于起始日期", "it ends on or before the day it begins"), mendable=False)


def conflict(first_row: int) -> Fault:
    """Return the fault of a row that states a fact of this file once more, but differently."""
    return Fault(
        CONFLICT,
        Text(
            f"与第 {first_row} 行为同一事项，但内容不同", f"it is the same fact as row {first_row}, stated differently"
        ),
        mendable=False,
    )


def operation(text: str) -> str | None:
    """Return i, u or d from an envelope's cell, or None."""
    return _OPERATIONS.get(narrow(text).lower())


def ordered_codes(stated: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return (subject field, code) in the order of the catalogue: the credit code first."""
    return tuple((key, stated[key]) for key in SUBJECT_FIELDS if key in stated)


def problem(row: int, column: str, fault: Fault, delivered: str) -> Problem:
    """Return a problem with its sentence; numbers of persons in the delivered text are hidden."""
    if fault.code == PERSON:
        return Problem(
            row, column, PERSON, Text(f"第 {row} 行：{fault.expected.zh}", f"row {row}: {fault.expected.en}"), "", False
        )
    text, _ = masked(fold(delivered))
    shown = text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
    zh_place, en_place = (f"「{column}」", f", column “{column}”") if column else ("", "")
    zh_got, en_got = (f"，报送内容为「{shown}」", f"; it reads “{shown}”") if shown else ("", "")
    message = Text(
        f"第 {row} 行{zh_place}：{fault.expected.zh}{zh_got}", f"row {row}{en_place}: {fault.expected.en}{en_got}"
    )
    return Problem(row, column, fault.code, message, text, fault.mendable)


def kept_problems(found: Sequence[Problem]) -> list[Problem]:
    """Return the problems of one row, the one that names it first; of a person's row only that it is one."""
    different: dict[tuple[str, str], Problem] = {}
    for one in found:  # one cell may fill several fields
        different.setdefault((one.column, one.code), one)
    ordered = sorted(different.values(), key=lambda one: PROBLEM_CODES.index(one.code))
    return ordered[:1] if ordered[0].code == PERSON else ordered


def kept_values(problems: Sequence[Problem], row: Mapping[str, str]) -> dict[str, str]:
    """Return what is kept of a refused row: its named columns, numbers of persons hidden, or nothing."""
    if problems[0].code == PERSON:
        return {}
    return {header: masked(text)[0] for header, text in row.items()}


def is_mendable(problems: Sequence[Problem]) -> bool:
    """Whether a person at the desk may mend a row: only faults of form, none of content."""
    return all(one.mendable for one in problems)


def quarantine_counts(chunks: Sequence[CheckedChunk]) -> dict[str, int]:
    """Return how many rows are quarantined, by the code that names each row."""
    counts: dict[str, int] = {}
    for chunk in chunks:
        named: dict[int, str] = {}
        for one in chunk.problems:
            named.setdefault(one.row, one.code)
        for code in named.values():
            counts[code] = counts.get(code, 0) + 1
    return counts


def joined(checked: Sequence[CheckedChunk]) -> CheckedChunk:
    """Return chunks that the door refused nothing of as one chunk, rows in their order."""
    return CheckedChunk(
        received=sum(one.received for one in checked),
        stated=tuple(stated for one in checked for stated in one.stated),
        repeated=tuple(row for one in checked for row in one.repeated),
        problems=(),
        quarantined={},
        repaired={row: code for one in checked for row, code in one.repaired.items()},
        masked=sum(one.masked for one in checked),
    )
