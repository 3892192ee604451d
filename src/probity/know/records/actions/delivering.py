"""Delivering: one file taken in by chunks; a kill at any moment loses nothing."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from probity.guard.procedures.actions import give_lease_back, keep_lease, take_lease
from probity.guard.procedures.queries import lawbook
from probity.guard.procedures.types import Fence
from probity.know.records.actions.expecting import outside_expectation
from probity.know.records.actions.keeping import Heard, keep_chunk
from probity.know.records.actions.snapshots import propose_endings
from probity.know.records.door import Door
from probity.know.records.identities import SeenRows
from probity.know.records.types import CheckedChunk
from probity.know.sources.actions import close_batch, count_chunk, hold_batch, open_batch
from probity.know.sources.queries import DeliveredFile, fit_feed, match_feed, open_delivery
from probity.know.sources.types import BatchLine, Delivered, Fit, Limits, OpenBatch, RowChunk
from probity.rulebook.types import Delivers
from probity.terms import Actor, Text, Unknown

LEASE_SECONDS = 120


Progress = Callable[[int], None]
"""Told how many rows have been taken in so far."""


@dataclass(frozen=True, slots=True)
class Manner:
    """In whose name and how a delivery is made."""

    by: Actor
    at: datetime
    despite_expectation: bool = False  # somebody looked at a held delivery and lets it in
    replayed: bool = False  # an example city's past, not a delivery of today
    limits: Limits | None = None
    progress: Progress | None = None
    tick: Callable[[], datetime] | None = None  # the running clock, by which a long delivery keeps its lease

    def moment(self) -> datetime:
        """Return the present moment, or the delivery's own where no clock was given."""
        return self.tick() if self.tick else self.at


def chosen_fit(feed: str, file: DeliveredFile) -> Fit:
    """Return how a file fits the feed asked for: a feed key, a source key, or `auto`.

    Raises:
        LookupError: when neither a feed nor a source has the key.
        FileRefused: when the file fits none, or several alike.
    """
    feeds = lawbook().feeds
    if feed in feeds:
        return fit_feed(feeds[feed], file.heads)
    among = feeds if feed == "auto" else {key: one for key, one in feeds.items() if one.source == feed}
    if not among:
        raise Unknown(
            f"没有来源或接入规范「{feed}」；已有来源：{'、'.join(sorted(lawbook().sources))}",
            f"no source or feed {feed!r}; known sources: {', '.join(sorted(lawbook().sources))}",
        )
    return fit_feed(next(iter(among.values())), file.heads) if len(among) == 1 else match_feed(among, file.heads)


def deliver_file(path: Path, *, feed: str, name: str, manner: Manner) -> BatchLine:
    """Take in one file under a feed and return its accounting; see `actions.deliver`."""
    with open_delivery(path, limits=manner.limits) as file, uncollected():
        fit = chosen_fit(feed, file)
        held = None if manner.despite_expectation else outside_expectation(path, fit, file.format, manner.limits)
        name_of_lease = f"source:{fit.profile.source}"
        fence = take_lease(name=name_of_lease, at=manner.moment(), seconds=LEASE_SECONDS)
        try:
            source = lawbook().sources[fit.profile.source]
            delivered = Delivered(name, file.sha256, file.size)
            batch = open_batch(profile=fit.profile, source=source, delivered=delivered, by=manner.by, at=manner.at)
            warnings = [] if held else _take_in(batch, file, fit, fence, manner)
            with transaction.atomic():  # a late holder of the lease closes nothing
                keep_lease(fence=fence, at=manner.moment(), seconds=LEASE_SECONDS)
                if held:
                    return hold_batch(batch=batch, rows=held[0], why=held[1], by=manner.by, at=manner.at)
                return close_batch(batch=batch, warnings=warnings, by=manner.by, at=manner.at, replayed=manner.replayed)
        finally:
            give_lease_back(fence=fence)


def _take_in(batch: OpenBatch, file: DeliveredFile, fit: Fit, fence: Fence, manner: Manner) -> list[Text]:
    """Write every chunk not yet written; those of a resumed delivery only rebuild what was seen."""
    # A resumed delivery keeps the day of its first opening, so that the door gives the same answers.
    door = Door(fit.profile, lawbook().record_types(batch.business_day), today=batch.business_day)
    seen, heard, repaired, masked = SeenRows(), Heard(), 0, 0
    identities: set[bytes] = set()
    for number, rows in enumerate(file.chunks(fit), 1):
        checked = door.examine(rows, seen)
        repaired, masked = repaired + len(checked.repaired), masked + checked.masked
        if fit.profile.delivers is Delivers.SNAPSHOT:
            identities.update(stated.identity for stated in checked.stated)
        if number > batch.chunks:
            received = _write(batch, number, rows, checked, heard, fence, manner)
            if manner.progress:
                manner.progress(received)
    assert file.tally is not None  # noqa: S101  (the chunks are exhausted)
    endings = propose_endings(batch, identities) if fit.profile.delivers is Delivers.SNAPSHOT else []
    return [*file.tally.warnings, *_notes(repaired, masked), *endings]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking millions of live rows again and again.

    Rows hold no circles, so nothing waits for it; measured, a sixth to a quarter of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _write(
    batch: OpenBatch, number: int, rows: RowChunk, checked: CheckedChunk, heard: Heard, fence: Fence, manner: Manner
) -> int:
    """Write one chunk in one transaction and return how many rows have come so far."""
    with transaction.atomic():
        keep_lease(fence=fence, at=manner.moment(), seconds=LEASE_SECONDS)
        counts = keep_chunk(batch, checked, heard=heard, at=manner.at)
        first = rows.numbers[0] if rows.numbers else 0
        return count_chunk(batch=batch, number=number, first_row=first, row_digests=rows.digests, counts=counts)


def _notes(repaired: int, masked: int) -> list[Text]:
    notes = []
    if repaired:
        notes.append(
            Text(
                f"{repaired} 行的代码经校验位核实后修正（如字母 O 改为数字 0）",
                f"codes of {repaired} rows were repaired (such as letter O for zero) because the check character then holds",
            )
        )
    if masked:
        notes.append(
            Text(
                f"自由文本中 {masked} 处证件号码或手机号码已遮盖",
                f"{masked} identity or mobile numbers in free text were masked",
            )
        )
    return notes
