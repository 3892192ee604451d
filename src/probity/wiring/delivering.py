"""Delivering: a file handed in at the terminal or by an example city."""

import sys
from datetime import datetime
from pathlib import Path

from probity.know.records.actions import Manner, deliver
from probity.know.sources.types import BatchLine, Limits
from probity.terms import Actor
from probity.wiring import clock


def deliver_one(
    file: Path,
    *,
    feed: str,
    despite: bool = False,
    at: datetime | None = None,
    replayed: bool = False,
    progress: bool = False,
) -> BatchLine:
    """Take one file in; `at` replays a past moment, else it is now."""
    manner = Manner(
        by=Actor.system("terminal"),
        at=at or clock.now(),
        despite_expectation=despite,
        replayed=replayed,
        limits=limits(),
        progress=_tell if progress and sys.stderr.isatty() else None,
        tick=clock.now,  # leases run by the true clock, whatever past moment is replayed
    )
    return deliver(file, feed=feed, manner=manner)


def limits() -> Limits:
    """Return the limits under which this installation reads files."""
    from django.conf import settings

    return Limits(file_bytes=settings.PROBITY_LARGEST_FILE_MB << 20)


def batch_json(line: BatchLine) -> dict[str, object]:
    """Return a batch's accounting as JSON: numbers, and `quarantined` as code → number."""
    return {
        "batch": line.id,
        "feed": line.feed,
        "source": line.source,
        "file": line.file_name,
        "sha256": line.sha256,
        "size": line.size,
        "time": line.time,
        "state": line.state,
        "received": line.received,
        "accepted": line.accepted,
        "unchanged": line.unchanged,
        "superseding": line.superseding,
        "quarantined": dict(line.quarantined),
        "balances": line.balances,
        "revision": line.revision,
        "delivered_at": line.delivered_at.isoformat(),
        "warnings": [{"zh": warning.zh, "en": warning.en} for warning in line.warnings],
    }


def _tell(rows: int) -> None:
    print(f"\r{rows:,}", end="", file=sys.stderr, flush=True)
