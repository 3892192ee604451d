"""Screen: a whole file of names against the register, out as a spreadsheet."""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from probity.terms import Text, Unknown
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, json_flag, terminal
from probity.wiring.saying import language, say

EVERY = 1_000
"""Names between two lines of progress."""


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("file", type=Path, help="CSV 或文本文件 · a CSV file, or one name a line")
    room.add_argument(
        "--column", default="", help="名称所在列的表头 · header of the column of names, the first if left out"
    )
    room.add_argument("--out", type=Path, help="结果表格 · the spreadsheet to write, FILE.matched.xlsx if left out")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Ask for every name of the file, tell the progress, write the spreadsheet."""
    from probity.engine.naming.types import MatchVerdict, NameQuestion
    from probity.know.registry import queries
    from probity.show.parts.sheets import spreadsheet

    names = list(_names(chosen.file, chosen.column))
    at, by, said = clock.now(), terminal(), language()
    rule = queries.naming_rule(at)
    counts = dict.fromkeys(MatchVerdict, 0)
    rows: list[list[str | float]] = []
    for number, name in enumerate(names, 1):
        answer = queries.find(NameQuestion((name,)), by=by, at=at)
        counts[answer.verdict] += 1
        verdict = queries.verdict_words(answer.verdict.value).of(said)
        first = answer.candidates[0] if answer.candidates else None
        why = sorted(first.likeness.contradictions) if first else []
        rows.append(
            [
                name,
                verdict,
                first.entry.code if first else "",
                first.entry.name if first else "",
                first.likeness.score / 100 if first else 0.0,
                "; ".join(rule.contradiction_titles[one].of(said) for one in why),
                "; ".join(each.entry.name for each in answer.candidates[1:5]),
            ]
        )
        if number % EVERY == 0 and not chosen.json:
            say(Text(f"{number} / {len(names)}", f"{number} / {len(names)}"))
            sys.stdout.flush()
    out = chosen.out or chosen.file.with_suffix(".matched.xlsx")
    note = Text(
        f"规则 {rule.file.key} {rule.file.starts_on} {rule.file.digest[:12]}；名称相似只是线索",
        f"rule {rule.file.key} {rule.file.starts_on} {rule.file.digest[:12]}; a likeness of names is a lead",
    )
    out.write_bytes(spreadsheet([head.of(said) for head in _HEADS], rows, [note.of(said)]))
    told = {verdict.value: number for verdict, number in counts.items()}
    if chosen.json:
        as_json({"file": str(out), "names": len(names), **told})
    else:
        say(
            Text(
                f"{len(names)} 个名称：可采纳 {told['accept']}，须复核 {told['review']}，无相近 {told['reject']}；{out}",
                f"{len(names)} names: {told['accept']} accept, {told['review']} review, {told['reject']} nobody; {out}",
            )
        )
    return 0


_HEADS = (
    Text("所查名称", "name asked for"),
    Text("结论", "verdict"),
    Text("统一社会信用代码", "credit code"),
    Text("登记名称", "registered name"),
    Text("相似度", "score"),
    Text("矛盾之处", "contradictions"),
    Text("其他候选", "other candidates"),
)


def _names(file: Path, column: str) -> Iterator[str]:
    """Yield the names of a file, in UTF-8 or GB 18030.

    Raises:
        Unknown: when there is no such file or column.
    """
    if not file.is_file():
        raise Unknown(f"没有文件 {file}", f"no file {file}")
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    lines = csv.reader(text.splitlines())
    place = 0
    if column:
        head = next(lines, [])
        if column not in head:
            raise Unknown(f"没有「{column}」这一列", f"there is no column {column!r}")
        place = head.index(column)
    for line in lines:
        if len(line) > place and line[place].strip():
            yield line[place].strip()
