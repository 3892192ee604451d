"""Deliver: a source's files taken in from the terminal, each with its accounting."""

import argparse
import sys
from pathlib import Path

from probity.terms import Text
from probity.wiring.commands.printing import as_json, json_flag, table


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("source", help="来源、接入规范或 auto · a source, a feed, or auto to find it by the columns")
    room.add_argument("files", nargs="+", type=Path, metavar="FILE", help="文件 · the files")
    room.add_argument(
        "--despite-expectation", action="store_true", help="核实后放行被暂存的整批 · let a held delivery in"
    )
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Take the files in, one after another; a refused file does not stop the next."""
    from probity.wiring.delivering import batch_json, deliver_one
    from probity.wiring.saying import said

    answers, refused = [], 0
    for file in chosen.files:
        try:
            line = deliver_one(file, feed=chosen.source, despite=chosen.despite_expectation, progress=not chosen.json)
        except (ValueError, LookupError, OSError) as refusal:
            refused += 1
            text = said(refusal) or Text(f"未能读取：{refusal}", f"not read: {refusal}")
            answers.append({"file": file.name, "refused": {"zh": text.zh, "en": text.en}})
            print(f"{file.name}: {text.zh}\n{file.name}: {text.en}", file=sys.stderr)
            continue
        answers.append(batch_json(line))
        if not chosen.json:
            tell(line)
    if chosen.json:
        as_json(answers[0] if len(answers) == 1 else answers)
    return 2 if refused else 0


def tell(line: object) -> None:
    """Print one batch's accounting for a person."""
    from probity.know.sources.types import BatchLine
    from probity.wiring.saying import language, say

    assert isinstance(line, BatchLine)  # noqa: S101
    say(Text(f"{line.file_name} → {line.feed}（批次 {line.id}）", f"{line.file_name} → {line.feed} (batch {line.id})"))
    table(
        [
            Text("收到", "received"),
            Text("接受", "accepted"),
            Text("未变", "unchanged"),
            Text("更替", "superseding"),
            Text("待核", "quarantined"),
        ],
        [[line.received, line.accepted, line.unchanged, line.superseding, _codes(line.quarantined)]],
    )
    for warning in line.warnings:
        print("  ! " + warning.of(language()))


def _codes(quarantined: object) -> str:
    codes = dict(quarantined) if isinstance(quarantined, dict) else {}
    total = sum(codes.values())
    return f"{total} ({', '.join(f'{code} {number}' for code, number in sorted(codes.items()))})" if total else "0"
