"""Records: the verbs that take in, settle the quarantine, and end facts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import give_lease_back, keep_lease, take_lease, take_revision
from probity.guard.procedures.queries import lawbook
from probity.guard.procedures.types import Fence
from probity.guard.trail.actions import acting
from probity.know.records.actions.delivering import LEASE_SECONDS, Manner, deliver_file
from probity.know.records.actions.keeping import Heard, keep_chunk, stated_problem
from probity.know.records.door import Door
from probity.know.records.models import ProposedEnding, QuarantinedRow, Record, RecordEvent
from probity.know.records.types import CheckedChunk
from probity.know.sources.actions import close_batch, count_chunk, open_release
from probity.know.sources.types import BatchLine
from probity.terms import Actor, Text, Unknown, shanghai_day

EVENT_KINDS = ("correction", "annulment", "repair", "expiry")
"""The four exits of a fact, which never mix (DOMAIN 10.5)."""


class StillRefused(ValueError):
    """A mended row that the door still refuses; carries its problems as the table keeps them."""

    def __init__(self, problems: Sequence[dict[str, object]]) -> None:
        """Keep the problems for the page or the terminal."""
        self.text = Text(*("; ".join(str(problem[tongue]) for problem in problems) for tongue in ("zh", "en")))
        super().__init__(self.text.en)
        self.problems = problems


class NotWaiting(ValueError):
    """A quarantined row, or a proposed ending, that somebody settled already."""

    def __init__(self, number: int, state: str) -> None:
        """Say which and how it was settled."""
        self.text = Text(f"{number} 号已处置：{state}", f"number {number} was settled already: {state}")
        super().__init__(self.text.en)


class NotMendable(ValueError):
    """A fault of content, which only the source can correct."""

    def __init__(self) -> None:
        """Say so in both languages."""
        self.text = Text("内容有误，只能由来源更正", "this fault is one of content: only the source can correct it")
        super().__init__(self.text.en)


def deliver(path: Path, *, feed: str, name: str = "", manner: Manner) -> BatchLine:
    """Take in one delivered file and return its accounting.

    Written in chunks of at most 5,000 rows; all rows become known at once when the batch closes.
    Killed at any moment and sent again, the state is as if it had been sent once.

    Args:
        path: the file.
        feed: a feed key, a source key (its feed is found by the columns), or `auto`.
        name: the file's name as the source gave it, where `path` is a copy.
        manner: in whose name, when, and how.

    Raises:
        FileRefused: when the file cannot be read or fits no feed.
        LeaseHeld: when another delivery of the same source is under way.
        NotPermitted: when the actor may not deliver.
    """
    permit(manner.by, Permission.BATCH_DELIVER)
    return deliver_file(path, feed=feed, name=name or path.name, manner=manner)


def release(*, quarantined: int, values: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Let a mended row in through the same door, as a batch of one that settles the first.

    The first count of the delivery never changes; the release is written beside it.

    Raises:
        LeaseHeld: when a delivery of the same source is under way.
        NotWaiting: when the row was settled already.
        NotMendable: when its fault is one of content.
        StillRefused: with the problems, when the door does not take it so either.
    """
    permit(by, Permission.QUARANTINE_SETTLE)
    source = QuarantinedRow.objects.filter(pk=quarantined).values_list("batch__source", flat=True).first()
    if source is None:
        raise Unknown(f"待核区没有第 {quarantined} 行", f"no row {quarantined} in quarantine")
    fence = take_lease(name=f"source:{source}", at=at, seconds=LEASE_SECONDS)
    try:
        _release(quarantined, values, fence, by, at)
    finally:
        give_lease_back(fence=fence)


def _release(quarantined: int, values: Mapping[str, str], fence: Fence, by: Actor, at: datetime) -> None:
    with acting("quarantine.released", by=by, at=at) as act:
        keep_lease(fence=fence, at=at, seconds=LEASE_SECONDS)
        row = _waiting(quarantined)
        if not row.is_mendable:
            raise NotMendable
        mended = {**row.values, **{key: text for key, text in values.items() if key in row.values}}
        checked = _checked(row, mended, at)
        if checked.problems:
            raise StillRefused([stated_problem(problem) for problem in checked.problems])
        batch = open_release(settles=row.batch_id, profile=lawbook().feeds[row.batch.feed], by=by, at=at)
        counts = keep_chunk(batch, checked, heard=Heard(), at=at)
        count_chunk(batch=batch, number=1, first_row=row.row_number, row_digests=b"", counts=counts)
        changed = sorted(key for key, text in mended.items() if row.values.get(key) != text)
        _settle(row, state="released", reason="", by=by, at=at)
        row.release_id = batch.number
        row.save()
        act.note(f"quarantined:{row.pk}", batch=row.batch_id, row=row.row_number, mended=changed)
        act.changed({"state": "waiting"}, {"state": "released", "release": batch.number})
        close_batch(batch=batch, warnings=(), by=by, at=at)


def reject(*, quarantined: int, reason: str, by: Actor, at: datetime) -> None:
    """Leave a row out for good, with the reason.

    Raises:
        NotWaiting: when the row was settled already.
    """
    _put_aside(quarantined, "rejected", "quarantine.rejected", reason, by, at)


def give_back(*, quarantined: int, reason: str, by: Actor, at: datetime) -> None:
    """Return a row to its source, which alone can correct what it says.

    Raises:
        NotWaiting: when the row was settled already.
    """
    _put_aside(quarantined, "returned", "quarantine.returned", reason, by, at)


def end(
    *, record: int, kind: str, effective_on: date, reason: str, by: Actor, at: datetime, replayed: bool = False
) -> None:
    """End a record's effects by one of the four exits, known from now on.

    A correction or annulment removes it for every day; a repair or expiry lets it count before
    `effective_on` and not from it. Asked twice for the same exit, nothing changes.

    Raises:
        LookupError: when there is no such record.
        ValueError: when the kind is none of the four.
    """
    permit(by, Permission.RECORD_END)
    if kind not in EVENT_KINDS:
        raise ValueError(f"{kind!r} is none of the four exits: {', '.join(EVENT_KINDS)}")
    with acting(f"record.{kind}", by=by, at=at) as act:
        found = Record.objects.filter(pk=record, batch__revision__isnull=False).first()
        if found is None:
            raise Unknown(f"没有第 {record} 号记录", f"no record {record}")
        act.note(f"record:{record}", kind=kind, effective_on=effective_on.isoformat(), reason=reason)
        if RecordEvent.objects.filter(record=found, kind=kind, effective_on=effective_on).exists():
            return
        revision = take_revision(at=at, cause=f"record:{record}", replayed=replayed)
        RecordEvent.objects.create(
            authority_id=found.authority_id,
            record=found,
            kind=kind,
            effective_on=effective_on,
            revision=revision,
            reason=reason[:500],
            by=by.key,
            at=at,
        )


def settle_ending(*, proposal: int, ends: bool, effective_on: date, reason: str, by: Actor, at: datetime) -> None:
    """Decide on a proposed ending: end the record by expiry, or keep it standing.

    Raises:
        LookupError: when there is none of this number.
        NotWaiting: when somebody decided already.
    """
    permit(by, Permission.RECORD_END)
    with acting("record.ending_settled", by=by, at=at) as act:
        found = ProposedEnding.objects.select_for_update().filter(pk=proposal).first()
        if found is None:
            raise Unknown(f"没有第 {proposal} 号拟终止", f"no proposed ending {proposal}")
        if found.state != "waiting":
            raise NotWaiting(proposal, found.state)
        found.state, found.settled_by, found.settled_at = "ended" if ends else "kept", by.key, at
        found.save()
        act.note(f"record:{found.record_id}", ends=ends, reason=reason)
        act.changed({"proposal": "waiting"}, {"proposal": found.state})
        if ends:
            end(record=found.record_id, kind="expiry", effective_on=effective_on, reason=reason, by=by, at=at)


def _checked(row: QuarantinedRow, values: Mapping[str, str], at: datetime) -> CheckedChunk:
    profile = lawbook().feeds[row.batch.feed]
    day = shanghai_day(at)
    return Door(profile, lawbook().record_types(day), today=day).check_row(values, number=row.row_number)


def _put_aside(quarantined: int, state: str, act_name: str, reason: str, by: Actor, at: datetime) -> None:
    permit(by, Permission.QUARANTINE_SETTLE)
    with acting(act_name, by=by, at=at) as act:
        row = _waiting(quarantined)
        _settle(row, state=state, reason=reason, by=by, at=at)
        row.save()
        act.note(f"quarantined:{row.pk}", batch=row.batch_id, row=row.row_number, reason=reason)
        act.changed({"state": "waiting"}, {"state": state})


def _waiting(quarantined: int) -> QuarantinedRow:
    row: QuarantinedRow | None = QuarantinedRow.objects.select_for_update().filter(pk=quarantined).first()
    if row is None:
        raise Unknown(f"待核区没有第 {quarantined} 行", f"no row {quarantined} in quarantine")
    if row.state != "waiting":
        raise NotWaiting(quarantined, row.state)
    return row


def _settle(row: QuarantinedRow, *, state: str, reason: str, by: Actor, at: datetime) -> None:
    row.state, row.reason, row.settled_by, row.settled_at = state, reason[:500], by.key, at


__all__ = [
    "EVENT_KINDS",
    "Manner",
    "NotMendable",
    "NotWaiting",
    "StillRefused",
    "deliver",
    "end",
    "give_back",
    "reject",
    "release",
    "settle_ending",
]
