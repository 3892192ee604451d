"""Quarantine: the refused rows, listed or settled from the terminal."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, json_flag, table, terminal
from probity.wiring.saying import language


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--batch", type=int, help="一个批次 · of one batch")
    room.add_argument("--state", default="waiting", help="状态 · state: waiting, released, rejected, returned or all")
    room.add_argument("--page", type=int, default=1, help="第几页 · which page")
    room.add_argument("--release", type=int, metavar="ROW", help="修正后放行一行 · let a mended row in")
    room.add_argument("--set", action="append", default=[], metavar="COLUMN=TEXT", help="修正一列 · mend a column")
    room.add_argument("--reject", type=int, metavar="ROW", help="剔除一行 · leave a row out")
    room.add_argument("--give-back", type=int, metavar="ROW", help="退回来源 · return a row to its source")
    room.add_argument("--reason", default="", help="理由 · the reason")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """List the waiting rows, or settle one."""
    from probity.know.records import actions, queries

    by, at = terminal(), clock.now()
    settled = chosen.release or chosen.reject or chosen.give_back
    if chosen.release:
        values = dict(part.split("=", 1) for part in chosen.set)
        actions.release(quarantined=chosen.release, values=values, by=by, at=at)
    elif chosen.reject:
        actions.reject(quarantined=chosen.reject, reason=chosen.reason, by=by, at=at)
    elif chosen.give_back:
        actions.give_back(quarantined=chosen.give_back, reason=chosen.reason, by=by, at=at)
    if settled:
        line = queries.quarantined_row(settled, by=by)
        as_json({"row": line.id, "state": line.state}) if chosen.json else print(f"{line.id}: {line.state}")
        return 0
    state = "" if chosen.state == "all" else chosen.state
    page = queries.quarantine(by=by, batch=chosen.batch, state=state, page=chosen.page)
    if chosen.json:
        as_json(
            {"page": page.number, "pages": page.last, "total": page.total, "rows": [_json(line) for line in page.lines]}
        )
        return 0
    table(
        [
            Text("编号", "row"),
            Text("批次", "batch"),
            Text("行号", "in file"),
            Text("代码", "code"),
            Text("原因", "reason"),
        ],
        ([line.id, line.batch, line.row_number, line.code, line.message.of(language())] for line in page.lines),
    )
    return 0


def _json(line: object) -> dict[str, object]:
    from probity.know.records.types import QuarantineLine

    assert isinstance(line, QuarantineLine)  # noqa: S101
    return {
        "id": line.id,
        "batch": line.batch,
        "row": line.row_number,
        "code": line.code,
        "state": line.state,
        "mendable": line.is_mendable,
        "values": dict(line.values),
        "problems": [
            {
                "column": problem.column,
                "code": problem.code,
                "zh": problem.message.zh,
                "en": problem.message.en,
                "delivered": problem.delivered,
            }
            for problem in line.problems
        ],
    }
