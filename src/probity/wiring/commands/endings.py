"""Endings: what a source's newest list no longer states, for a person to decide."""

import argparse
from dataclasses import asdict

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, table, terminal


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--end", type=int, metavar="NUMBER", help="终止一条记录的效力 · let the record end")
    room.add_argument("--keep", type=int, metavar="NUMBER", help="保留一条记录 · let the record stand")
    room.add_argument("--on", type=day_of, help="终止之日，缺省为今天 · the day it ends, today if left out")
    room.add_argument("--reason", default="", help="理由 · the reason")
    room.add_argument("--page", type=int, default=1, help="第几页 · which page")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """List the proposed endings, or decide on one."""
    from probity.know.records import actions, queries

    by, at = terminal(), clock.now()
    decided = chosen.end or chosen.keep
    if decided:
        day = chosen.on or clock.today()
        ends = bool(chosen.end)
        actions.settle_ending(proposal=decided, ends=ends, effective_on=day, reason=chosen.reason, by=by, at=at)
    page = queries.proposed_endings(by=by, page=chosen.page)
    if chosen.json:
        as_json(
            {
                "page": page.number,
                "pages": page.last,
                "total": page.total,
                "endings": [asdict(line) for line in page.lines],
            }
        )
        return 0
    table(
        [
            Text("编号", "number"),
            Text("记录", "record"),
            Text("类型", "type"),
            Text("日期", "day"),
            Text("名称", "name"),
        ],
        (
            [
                line.id,
                line.record,
                line.type,
                line.occurred_on,
                line.name,
            ]
            for line in page.lines
        ),
    )
    return 0
