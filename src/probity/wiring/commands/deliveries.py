"""Deliveries: the batches and how each was accounted for."""

import argparse

from probity.terms import Text
from probity.wiring.commands.printing import as_json, json_flag, table, terminal


def arguments(room: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    room.add_argument("--source", default="", help="只看一个来源 · of one source")
    room.add_argument("--page", type=int, default=1, help="第几页 · which page")
    json_flag(room)


def run(chosen: argparse.Namespace) -> int:
    """List the batches, newest first."""
    from probity.know.sources.queries import batches
    from probity.wiring.delivering import batch_json

    page = batches(by=terminal(), source=chosen.source, page=chosen.page)
    if chosen.json:
        as_json(
            {
                "page": page.number,
                "pages": page.last,
                "total": page.total,
                "batches": [batch_json(line) for line in page.lines],
            }
        )
        return 0
    table(
        [
            Text("批次", "batch"),
            Text("接入规范", "feed"),
            Text("文件", "file"),
            Text("状态", "state"),
            Text("收到", "received"),
            Text("接受", "accepted"),
            Text("未变", "unchanged"),
            Text("更替", "superseding"),
            Text("待核", "quarantined"),
        ],
        (
            [
                line.id,
                line.feed,
                line.file_name,
                line.state,
                line.received,
                line.accepted,
                line.unchanged,
                line.superseding,
                line.in_quarantine,
            ]
            for line in page.lines
        ),
    )
    return 0
