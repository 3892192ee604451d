"""Wheels: what turns by itself, and the process that turns it."""

import argparse

from probity.terms import Text
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, json_flag, table, terminal


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument(
        "act",
        nargs="?",
        choices=["list", "run"],
        default="list",
        help="列出，或在前台运行 · list, or run in the foreground",
    )
    room.add_argument("--only", action="append", metavar="NAME", help="只运行这些 · turn only these; may be repeated")
    room.add_argument(
        "--beside", type=int, default=0, metavar="PID", help="随该进程结束而结束 · end when that parent process ends"
    )
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """List the wheels, or turn them until stopped."""
    if chosen.act == "run":
        return _turn(chosen)
    from dataclasses import asdict

    from probity.guard.procedures.queries import wheels
    from probity.wiring.wheel import wheels as bound

    lines = wheels(by=terminal(), at=clock.now())
    if chosen.json:
        as_json([asdict(line) for line in lines])
        return 0
    titles = {wheel.name: wheel.title for wheel in bound()}
    table(
        [
            Text("名称", "wheel"),
            Text("内容", "what"),
            Text("间隔", "every"),
            Text("运行中", "held"),
            Text("最近一轮", "last turn"),
            Text("累计处理", "done in all"),
            Text("连续失败", "failures"),
        ],
        (
            [
                line.lease.removeprefix("wheel:"),
                titles.get(line.wheel, line.wheel),
                f"{line.every:g} s",
                Text("是", "yes") if line.is_held else Text("否", "no"),
                f"{line.turned_at:%Y-%m-%d %H:%M:%S}Z",
                line.total,
                f"{line.failures} {line.failure[:60]}" if line.failures else 0,
            ]
            for line in lines
        ),
    )
    return 0


def _turn(chosen: argparse.Namespace) -> int:
    from probity.guard.procedures.queries import lawbook
    from probity.wiring.saying import Refused, say
    from probity.wiring.turning import turn_wheels
    from probity.wiring.wheel import wheels

    known = {wheel.name: wheel for wheel in wheels()}
    strangers = set(chosen.only or ()) - set(known)
    if strangers:
        listed = ", ".join(sorted(strangers))
        raise Refused(
            Text(
                f"没有这些后台轮：{listed}（可选：{'、'.join(known)}）",
                f"no such wheels: {listed} (there are {', '.join(known)})",
            )
        )
    lawbook()
    wanted = [wheel for name, wheel in known.items() if not chosen.only or name in chosen.only]
    if not chosen.beside:
        names = ", ".join(wheel.name for wheel in wanted)
        say(Text(f"后台轮已启动：{names}，按 Ctrl+C 停止", f"turning {names}; Ctrl+C stops"))
    turn_wheels(wanted, beside=chosen.beside)
    return 0
