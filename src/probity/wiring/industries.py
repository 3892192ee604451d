"""Industries: an operator's file of deeper levels, checked row by row."""

import csv
from pathlib import Path

from probity.guard.procedures.queries import lawbook
from probity.know.registry import actions as registry
from probity.terms import Actor
from probity.wiring import clock


def add_industries(file: Path, *, edition: str) -> tuple[int, list[dict[str, object]]]:
    """Load a CSV of `code, name_zh[, name_en]`; return how many were added and the refused rows.

    Four-letter forms such as `C1391` are taken with or without the letter of their section.
    """
    good: dict[str, tuple[str, str, str]] = {}
    refused: list[dict[str, object]] = []
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for number, row in enumerate(csv.reader(opened), 1):
            code = row[0].strip().lstrip("ABCDEFGHIJKLMNOPQRST") if row else ""
            if number == 1 and not code.isdigit():
                continue
            fault = _fault(code, row, edition)
            if fault:
                refused.append({"row": number, "zh": fault[0], "en": fault[1]})
            elif len(code) > 2:
                good[code] = (code, row[1].strip(), row[2].strip() if len(row) > 2 else "")
    registry.add_industries(edition=edition, classes=list(good.values()), by=Actor.system("terminal"), at=clock.now())
    return len(good), refused


def _fault(code: str, row: list[str], edition: str) -> tuple[str, str] | None:
    if not (code.isdigit() and 2 <= len(code) <= 4):
        return f"代码应为二至四位数字，得到「{code}」", f"a code of two to four digits was expected, got {code!r}"
    if lawbook().industry(code[:2], edition) is None:
        return f"{edition} 版没有大类 {code[:2]}", f"edition {edition} has no division {code[:2]}"
    if len(row) < 2 or not row[1].strip():
        return "缺少名称", "the name is missing"
    return None
