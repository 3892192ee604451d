"""Frames: the columnar mirror rebuilt or compared with the tables."""

import argparse

from probity.terms import Text
from probity.wiring.commands.printing import as_json, json_flag


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("act", choices=["rebuild", "verify"], help="重建或核对 · rebuild or verify")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """Rebuild the mirror, or verify it; a difference exits with 1."""
    from dataclasses import asdict

    from probity.know.dossiers import actions
    from probity.wiring.saying import say

    report = actions.rebuild() if chosen.act == "rebuild" else actions.verify()
    if chosen.json:
        as_json(asdict(report))
    else:
        equal = Text("一致", "equal") if report.is_equal else Text("不一致，请重建", "different: rebuild it")
        said = f"{report.rows} / {report.enterprises} / {report.buckets} / {report.digest[:16]}"
        say(
            Text(
                f"修订 {report.revision}，行/企业/分桶/摘要 {said}：{equal.zh}",
                f"revision {report.revision}, rows/enterprises/buckets/digest {said}: {equal.en}",
            )
        )
    return 0 if report.is_equal else 1
