"""Trail: what was done, verified, sealed, exported and signed from the terminal."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

from probity.terms import Text, Unknown, end_of_day
from probity.wiring import clock
from probity.wiring.commands.printing import as_json, day_of, json_flag, table
from probity.wiring.saying import say

PAGE_SIZE = 50


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument(
        "what",
        choices=list(WHAT),
        help="核验、导出、链头、公钥、封存、查看 · verify, export, head, key, seal or show",
    )
    room.add_argument("file", nargs="?", type=Path, help="导出到的文件 · file to export into")
    room.add_argument("--since", type=day_of, help="自哪一天起 · from that day")
    room.add_argument("--until", type=day_of, help="至哪一天止（含） · until that day, included")
    room.add_argument("--keep", action="store_true", help="把链头存入链头目录 · keep the head in the folder of heads")
    room.add_argument("--by", default="", help="行为人 · of that actor, such as officer:12")
    room.add_argument("--act", default="", help="行为类别 · of that kind, such as record or record.repair")
    room.add_argument("--about", default="", help="对象 · about that thing, such as record:7")
    room.add_argument("--page", type=int, default=1, help="第几页 · which page")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; a trail that is not in order ends with status 1."""
    return WHAT[chosen.what](chosen)


def _verify(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.queries import verify_trail

    found = verify_trail(at=clock.now(), tell=_tell if sys.stderr.isatty() else None)
    if chosen.json:
        as_json(asdict(found) | {"in_order": found.is_in_order})
    else:
        for fault in found.faults:
            place = Text(
                f"第 {fault.number} 号（留痕 {fault.entry}）：{fault.zh}",
                f"number {fault.number} (entry {fault.entry}): {fault.en}",
            )
            say(place, error=True)
        say(
            Text(
                f"已封存至第 {found.number} 号，待封存 {found.waiting} 条，核对已签名链头 {found.heads} 个",
                f"sealed to {found.number}, {found.waiting} waiting, {found.heads} signed heads compared",
            )
        )
        say(Text("核验无误", "in order") if found.is_in_order else Text("核验未通过", "NOT in order"))
    return 0 if found.is_in_order else 1


def _export(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.queries import export_lines, span_of

    if chosen.file is None:
        raise Unknown("请给出要导出到的文件", "name the file to export into")
    since, until = 1, 0
    if chosen.since or chosen.until:
        since, until = span_of(since=_start(chosen.since), until=chosen.until and end_of_day(chosen.until))
        if not since:
            raise Unknown("该时段没有已封存的留痕", "nothing of that span is sealed")
    rows = -2
    draft = chosen.file.with_name(f"{chosen.file.name}.draft")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            for line in export_lines(at=clock.now(), since=since, until=until):
                file.write(f"{line}\n")
                rows += 1
        draft.replace(chosen.file)
    finally:
        draft.unlink(missing_ok=True)
    if chosen.json:
        as_json({"file": str(chosen.file), "rows": rows})
    else:
        say(Text(f"已导出 {rows} 条到 {chosen.file}", f"{rows} rows exported to {chosen.file}"))
    return 0


def _head(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.actions import export_head
    from probity.guard.trail.queries import head_line, signed_head

    print(head_line(signed_head(at=clock.now())))
    if chosen.keep:
        place = export_head(at=clock.now())
        say(Text(f"已存入 {place}", f"kept as {place}"), error=True)
    return 0


def _key(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.queries import public_key

    as_json({"algorithm": "ed25519", "key": public_key()}) if chosen.json else print(public_key())
    return 0


def _seal(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.actions import seal
    from probity.guard.trail.queries import sealing

    sealed = 0
    while done := seal(at=clock.now()):
        sealed += done
    state = sealing(at=clock.now())
    if chosen.json:
        as_json(asdict(state) | {"sealed": sealed})
    else:
        say(
            Text(
                f"本次封存 {sealed} 条；已封存至第 {state.number} 号，待封存 {state.waiting} 条",
                f"{sealed} sealed now; sealed to {state.number}, {state.waiting} waiting",
            )
        )
    return 0


def _show(chosen: argparse.Namespace) -> int:
    from probity.guard.trail.queries import chosen_entries

    found = chosen_entries(
        actor=chosen.by,
        act=chosen.act,
        about=chosen.about,
        since=_start(chosen.since),
        until=chosen.until and end_of_day(chosen.until),
    )
    start = (max(1, chosen.page) - 1) * PAGE_SIZE
    columns = ("id", "at", "act", "by", "authority", "about", "detail", "before", "after", "decision")
    rows = list(found.values(*columns)[start : start + PAGE_SIZE])
    if chosen.json:
        as_json({"page": chosen.page, "total": found.count(), "entries": rows})
        return 0
    titles = [Text("时间", "when"), Text("行为", "act"), Text("行为人", "by"), Text("对象", "about")]
    table(titles, ([f"{row['at']:%Y-%m-%d %H:%M:%S}", row["act"], row["by"], row["about"]] for row in rows))
    return 0


def _start(day: date | None) -> datetime | None:
    return end_of_day(day - timedelta(days=1)) if day else None


def _tell(number: int) -> None:
    print(f"\r{number:,}", end="", file=sys.stderr, flush=True)


WHAT: dict[str, Callable[[argparse.Namespace], int]] = {
    "verify": _verify,
    "export": _export,
    "head": _head,
    "key": _key,
    "seal": _seal,
    "show": _show,
}
