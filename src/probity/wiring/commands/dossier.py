"""Dossier: one enterprise's file, as of a day, as known at a moment."""

import argparse
from typing import TYPE_CHECKING

from probity.terms import Text, shanghai_day
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, moment_of, table, terminal
from probity.wiring.commands.reading import keep_reading, purpose_flag
from probity.wiring.saying import language, say

if TYPE_CHECKING:
    from probity.know.dossiers.types import DossierLine

STATES = {
    "standing": Text("有效", "standing"),
    "corrected": Text("已更正", "corrected"),
    "annulled": Text("已撤销", "annulled"),
    "repaired": Text("已修复", "repaired"),
    "expired": Text("已届满", "expired"),
}
MOST_FIELDS = 4
"""A line of the terminal shows so many fields; `--json` has all."""


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("code", help="统一社会信用代码 · credit code")
    room.add_argument("--as-of", type=day_of, help="基准日 · the day in question, today if left out")
    room.add_argument("--known-at", type=moment_of, help="知悉时点 · whose knowledge")
    purpose_flag(room)
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Show the dossier, newest line first."""
    from dataclasses import asdict

    from probity.know.dossiers.queries import dossier

    shown = dossier(
        chosen.code.strip().upper(), as_of=chosen.as_of or clock.today(), known_at=chosen.known_at, by=terminal()
    )
    keep_reading(shown.enterprise.code, chosen.purpose, what="dossier")
    if chosen.json:
        as_json(asdict(shown))
        return 0
    enterprise = shown.enterprise
    say(
        Text(
            f"{enterprise.name} {enterprise.code}（基准日 {shown.as_of}，修订 {shown.revision}）",
            f"{enterprise.name} {enterprise.code} (as of {shown.as_of}, revision {shown.revision})",
        )
    )
    for name in shown.names:
        print(f"  {name.name}  {name.source}")
    table(
        [
            Text("日期", "day"),
            Text("记录", "record"),
            Text("类型", "type"),
            Text("来源", "source"),
            Text("状态", "state"),
            Text("内容", "what"),
        ],
        (
            [
                line.day,
                line.record,
                line.title,
                line.source_title,
                STATES[line.state],
                _what(line),
            ]
            for line in shown.lines
        ),
    )
    return 0


def _what(line: "DossierLine") -> str:
    """Return the first fields of a record in the reader's language, choices by their titles."""
    from probity.guard.procedures.queries import lawbook

    fields = lawbook().record_type(line.type, on=shanghai_day(line.known_at)).fields
    said = []
    for key, value in list(line.fields.items())[:MOST_FIELDS]:
        choice = fields[key].choices.get(value)
        said.append(f"{line.labels[key].of(language())} {choice.of(language()) if choice else value}")
    return "；".join(said)
