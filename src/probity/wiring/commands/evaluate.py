"""Evaluate: everyone judged by an index system, inputs pinned."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, moment_of, table, terminal


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--system", required=True, help="评价指标体系 · key of the index system")
    room.add_argument("--as-of", type=day_of, help="基准日，缺省为今天 · the day in question, today if left out")
    room.add_argument(
        "--known-at", type=moment_of, help="知悉时点 · whose knowledge; a bare date means the end of that day"
    )
    room.add_argument("--full", action="store_true", help="全部重算 · judge everyone again")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Judge everyone and print how the grades fell."""
    from probity.judge.evaluation.actions import run as judge_everyone
    from probity.wiring.saying import say

    line = judge_everyone(
        system=chosen.system,
        as_of=chosen.as_of or clock.today(),
        known_at=chosen.known_at,
        full=chosen.full,
        by=terminal(),
        at=clock.now(),
    )
    if chosen.json:
        as_json(run_json(line))
        return 0
    say(
        Text(
            f"{line.system}：{line.enterprises} 家企业，基准日 {line.as_of}，修订 {line.revision}，本次评价 {line.judged} 家，变化 {line.changed} 家",
            f"{line.system}: {line.enterprises} enterprises, as of {line.as_of}, revision {line.revision}; {line.judged} judged, {line.changed} changed",
        )
    )
    if line.status != "in_force":
        say(Text("试算，不产生法律效力", "trial calculation, no legal effect"))
    table([Text("等级", "grade"), Text("企业数", "enterprises")], sorted(line.grades.items()))
    print(line.result_digest)
    return 0


def run_json(line: object) -> dict[str, object]:
    """Return a run as JSON."""
    from dataclasses import asdict

    from probity.judge.evaluation.types import RunLine

    assert isinstance(line, RunLine)  # noqa: S101
    return asdict(line)
