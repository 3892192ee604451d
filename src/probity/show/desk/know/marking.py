"""Marking: which part of a delivered value is wrong."""

import re
from typing import NamedTuple

from probity.know.records.types import QuarantineProblem
from probity.terms import CreditCode, Text

_PLACE = re.compile(r"position (\d+)")


class Piece(NamedTuple):
    """A run of characters of a delivered value, and whether it is the wrong one."""

    text: str
    is_wrong: bool


def marked(problem: QuarantineProblem) -> tuple[Piece, ...]:
    """Return a delivered value in pieces; a credit code is marked at the character that fails."""
    delivered = problem.delivered
    place = _wrong_place(problem)
    if place is None or not 0 < place <= len(delivered):
        return (Piece(delivered, False),) if delivered else ()
    pieces = (Piece(delivered[: place - 1], False), Piece(delivered[place - 1], True), Piece(delivered[place:], False))
    return tuple(piece for piece in pieces if piece.text)


def brief(problem: QuarantineProblem, row: int) -> Text:
    """Return a problem's sentence without row, column and delivered value, which stand beside it."""
    zh_place, en_place = (f"「{problem.column}」", f", column “{problem.column}”") if problem.column else ("", "")
    zh = problem.message.zh.removeprefix(f"第 {row} 行{zh_place}：").partition("，报送内容为「")[0]
    en = problem.message.en.removeprefix(f"row {row}{en_place}: ").partition("; it reads “")[0]
    return Text(zh, en)


def _wrong_place(problem: QuarantineProblem) -> int | None:
    if problem.code != "CODE" or len(problem.delivered) != 18:
        return None
    try:
        CreditCode(problem.delivered)
    except ValueError as refusal:
        found = _PLACE.search(str(refusal))
        return int(found.group(1)) if found else None
    return None
