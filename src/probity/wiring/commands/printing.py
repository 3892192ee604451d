"""Printing: answers as JSON for machines, as plain tables for people."""

import argparse
import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from probity.terms import SHANGHAI, Actor, Text, end_of_day
from probity.wiring.saying import language


def json_flag(room: argparse.ArgumentParser) -> None:
    """Give a command the flag that every command has."""
    room.add_argument("--json", action="store_true", help="以 JSON 输出 · answer in JSON")


def as_json(value: Any) -> None:
    """Print one value as JSON, characters as they are."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return str(value)


def table(headers: Sequence[Text], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headers, columns aligned by the width characters have on a terminal."""
    said = language()
    lines = [[header.of(said) for header in headers]]
    lines += [[cell.of(said) if isinstance(cell, Text) else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def day_of(text: str) -> date:
    """Read an ISO day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"不是日期 · not a day such as 2026-06-30: {text}") from None


def moment_of(text: str) -> datetime:
    """Read a moment: a bare date means the end of that day in Shanghai, a moment without zone is Shanghai's."""
    if len(text) == 10:
        return end_of_day(day_of(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"不是时点 · not a moment such as 2026-06-30T12:00: {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def terminal() -> Actor:
    """Return in whose name the terminal acts: whoever may open it administers the machine."""
    return Actor.system("terminal")
