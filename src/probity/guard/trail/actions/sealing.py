"""Sealing: committed entries numbered without a gap and chained."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from probity.guard.trail.exporting import keep_head, signed_head
from probity.guard.trail.models import Seal
from probity.guard.trail.reading import (
    LOOK_BACK,
    SWEEP,
    Row,
    chain_end,
    waiting_between,
    waiting_rows,
)
from probity.guard.trail.rules import BEFORE_THE_FIRST, link_digest, text_digest
from probity.guard.trail.tables import fill, writing

BATCH = 1_000
"""Entries sealed in one transaction; some tens of milliseconds."""

BATCHES = 50
"""Transactions in one turn; what is left waits for the next."""


def seal(*, at: datetime) -> int:
    """Number and chain the committed entries that wait; return how many were sealed.

    Safe to run twice at once: the numbers, entries and predecessors of seals are unique, so the
    slower of two sealers seals nothing in that turn. Killed at any moment, it leaves whole
    batches or nothing. A turn without anything waiting writes nothing.

    Entries are found above the newest sealed one and a little below it, because a transaction
    may commit after a later one; `at` chooses one block of older numbers that is swept besides.
    """
    sealed = 0
    for _ in range(BATCHES):
        newest = chain_end()[2]
        if not waiting_rows(newest - LOOK_BACK, 1):
            break
        done = _seal_batch()
        sealed += done
        if not done:
            break
    return sealed + _sweep(at)


def export_head(*, at: datetime) -> str:
    """Sign the newest seal and keep it in the folder of heads; return its file, empty when nothing is sealed.

    Whoever holds a copy can prove that nothing up to its number was changed or cut off.
    """
    return str(keep_head(signed_head(at=at))) if chain_end()[0] else ""


def _seal_batch() -> int:
    try:
        with transaction.atomic(), writing():
            return _link(waiting_rows(chain_end()[2] - LOOK_BACK, BATCH))
    except IntegrityError:  # another sealer was quicker
        return 0


def _sweep(at: datetime) -> int:
    """Seal what committed so late that it fell out of the window: one block of numbers a turn."""
    newest = chain_end()[2]
    blocks = max(1, -(-newest // SWEEP))
    block = int(at.timestamp()) % blocks
    first, last = block * SWEEP, min((block + 1) * SWEEP, newest)
    if not waiting_between(first, last, 1):
        return 0
    try:
        with transaction.atomic(), writing():
            return _link(waiting_between(first, last, BATCH))
    except IntegrityError:
        return 0


def _link(rows: list[Row]) -> int:
    number, digest, _ = chain_end()
    previous = digest or BEFORE_THE_FIRST
    links = []
    for place, (entry, _, text) in enumerate(rows, number + 1):
        own = text_digest(text)
        link = link_digest(previous, place, entry, own)
        links.append((place, entry, own, previous, link))
        previous = link
    with connection.wrap_database_errors:
        fill(Seal, ("number", "entry", "entry_digest", "previous", "digest"), links)
    return len(links)
