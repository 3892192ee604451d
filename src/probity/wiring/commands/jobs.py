"""Jobs: the long work people started, followed and cancelled from the terminal."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, json_flag, table, terminal

STATES = {
    "waiting": Text("等待中", "waiting"),
    "running": Text("进行中", "under way"),
    "finished": Text("已完成", "finished"),
    "failed": Text("失败", "failed"),
    "cancelled": Text("已取消", "cancelled"),
}


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument(
        "act",
        nargs="?",
        choices=["list", "show", "cancel", "again"],
        default="list",
        help="列出、查看、取消或再试 · list, show, cancel or try again",
    )
    room.add_argument("number", nargs="?", type=int, help="任务编号 · number of the job")
    room.add_argument("--state", choices=list(STATES), help="只列出该状态 · only those in this state")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """List the jobs, or act on one."""
    from dataclasses import asdict

    from probity.guard.procedures import actions, queries
    from probity.wiring.saying import Refused

    by = terminal()
    if chosen.act != "list" and chosen.number is None:
        raise Refused(Text("请给出任务编号", "name the job by its number"))
    if chosen.act == "list":
        lines, total = queries.jobs(by=by, state=chosen.state or "")
        if chosen.json:
            as_json({"total": total, "jobs": [asdict(line) for line in lines]})
        else:
            _tell(lines)
        return 0
    if chosen.act == "cancel":
        actions.cancel_job(job=chosen.number, by=by, at=clock.now())
    elif chosen.act == "again":
        actions.try_job_again(job=chosen.number, by=by, at=clock.now())
    line = queries.job(chosen.number, by=by)
    if chosen.json:
        as_json(asdict(line))
    else:
        _tell([line])
    return 0


def _tell(lines: object) -> None:
    from probity.guard.procedures.types import JobLine
    from probity.wiring.jobs import KINDS

    rows = []
    assert isinstance(lines, list)  # noqa: S101
    for line in lines:
        assert isinstance(line, JobLine)  # noqa: S101
        title = KINDS[line.kind].title if line.kind in KINDS else line.kind
        share = f"{line.done:,}/{line.total:,}" if line.total else "–"
        state = Text("取消中", "being cancelled") if line.is_cancelling and not line.is_ended else STATES[line.state]
        rows.append([line.id, title, state, share, line.by, line.said or "", line.result])
    table(
        [
            Text("编号", "job"),
            Text("内容", "what"),
            Text("状态", "state"),
            Text("进度", "progress"),
            Text("发起人", "by"),
            Text("说明", "said"),
            Text("结果", "result"),
        ],
        rows,
    )
