"""Settling: rows in quarantine released, rejected or given back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import give_lease_back, keep_lease, take_lease
from probity.guard.procedures.queries import lawbook
from probity.guard.procedures.types import Fence, LeaseHeld
from probity.guard.trail.actions import acting, rows_digest
from probity.know.records.actions.delivering import LEASE_SECONDS
from probity.know.records.actions.keeping import Heard, keep_chunk, stated_problem
from probity.know.records.door import Door
from probity.know.records.models import QuarantinedRow
from probity.know.records.rules import joined
from probity.know.records.types import CheckedChunk, Settled
from probity.know.sources.actions import close_batch, count_chunk, open_release
from probity.know.sources.types import Counts
from probity.terms import Actor, Text, Unknown, shanghai_day

MOST_AT_ONCE = 2_000
"""So many rows one act settles, so that no write holds the database for long."""

_KEYS_AT_ONCE = 500

BUSY = Text(
    "该来源正在接收另一份文件，请稍后再处置",
    "a delivery of this source is being taken in; settle the row a little later",
)


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


class Mended(NamedTuple):
    """A waiting row with what a person typed, and what the door makes of it now."""

    row: QuarantinedRow
    changed: tuple[str, ...]  # headers of the cells that were typed anew
    checked: CheckedChunk


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
    with _leased(_source_of(quarantined, by), at) as fence, acting("quarantine.released", by=by, at=at) as act:
        keep_lease(fence=fence, at=at, seconds=LEASE_SECONDS)
        row = _waiting(quarantined)
        mended = _mended(row, values, _door_of(row, at))
        if mended.checked.problems:
            raise StillRefused([stated_problem(problem) for problem in mended.checked.problems])
        _let_in([mended], by, at)
        act.note(f"quarantined:{row.pk}", batch=row.batch_id, row=row.row_number, mended=list(mended.changed))
        act.changed({"state": "waiting"}, {"state": "released"})


def release_many(*, rows: Mapping[int, Mapping[str, str]], by: Actor, at: datetime) -> Settled:
    """Let many rows in through the same door: one act, one batch and one revision for each delivery.

    Rows that the door still refuses, that are wrong in content or that somebody settled meanwhile
    stay as they are and are named with the reason; the others go in together.

    `rows` is number in quarantine → header → what was typed for it; at most 2,000.

    Raises:
        ValueError: when more rows are asked for than one act may settle.
    """
    permit(by, Permission.QUARANTINE_SETTLE)
    _refuse_too_many(rows)
    done, refused = 0, dict.fromkeys(rows, _GONE)
    for batch, source, numbers in _by_delivery(rows, by):
        try:
            with _leased(source, at) as fence:
                found = _release_of(batch, {number: rows[number] for number in numbers}, fence, by, at)
        except LeaseHeld:
            found = Settled(0, dict.fromkeys(numbers, BUSY))
        done += found.done
        for number in numbers:
            del refused[number]
        refused |= found.refused
    return Settled(done, refused)


def reject(*, quarantined: int, reason: str, by: Actor, at: datetime) -> None:
    """Leave a row out for good, with the reason.

    Raises:
        NotWaiting: when the row was settled already.
    """
    _put_aside(quarantined, "rejected", reason, by, at)


def reject_many(*, rows: Iterable[int], reason: str, by: Actor, at: datetime) -> Settled:
    """Leave many rows out for good: one act for each delivery, with their number and digest."""
    return _put_many_aside(rows, "rejected", reason, by, at)


def give_back(*, quarantined: int, reason: str, by: Actor, at: datetime) -> None:
    """Return a row to its source, which alone can correct what it says.

    Raises:
        NotWaiting: when the row was settled already.
    """
    _put_aside(quarantined, "returned", reason, by, at)


def give_back_many(*, rows: Iterable[int], reason: str, by: Actor, at: datetime) -> Settled:
    """Return many rows to their sources: one act for each delivery, with their number and digest."""
    return _put_many_aside(rows, "returned", reason, by, at)


_GONE = Text("这一行已有人处置", "somebody settled this row already")


def _release_of(batch: int, typed: Mapping[int, Mapping[str, str]], fence: Fence, by: Actor, at: datetime) -> Settled:
    """Release rows of one delivery under its source's lease; nobody else releases any meanwhile."""
    waiting = list(_those_waiting(typed))
    refused: dict[int, Text] = dict.fromkeys(typed.keys() - {row.pk for row in waiting}, _GONE)
    if not waiting:
        return Settled(0, refused)
    door, fit = _door_of(waiting[0], at), []
    for row in waiting:
        try:
            mended = _mended(row, typed[row.pk], door)
        except NotMendable as fault:
            refused[row.pk] = fault.text
            continue
        if mended.checked.problems:
            refused[row.pk] = StillRefused([stated_problem(problem) for problem in mended.checked.problems]).text
        else:
            fit.append(mended)
    if not fit:
        return Settled(0, refused)
    with acting("quarantine.released", by=by, at=at) as act:
        keep_lease(fence=fence, at=at, seconds=LEASE_SECONDS)
        still = {row.pk for row in _those_waiting([mended.row.pk for mended in fit]).select_for_update()}
        refused |= {mended.row.pk: _GONE for mended in fit if mended.row.pk not in still}
        fit = [mended for mended in fit if mended.row.pk in still]
        if not fit:
            raise NotWaiting(batch, "settled")
        counts = _let_in(fit, by, at)
        act.note(
            f"batch:{batch}",
            rows=len(fit),
            accepted=counts.accepted,
            unchanged=counts.unchanged,
            superseding=counts.superseding,
            mended=sum(bool(mended.changed) for mended in fit),
            digest=rows_digest(_contents(fit)),
        )
    return Settled(len(fit), refused)


def _let_in(fit: Sequence[Mended], by: Actor, at: datetime) -> Counts:
    """Write mended rows of one delivery as one batch beside it, inside the caller's act."""
    first = fit[0].row
    batch = open_release(settles=first.batch_id, profile=lawbook().feeds[first.batch.feed], by=by, at=at)
    counts = keep_chunk(batch, joined([mended.checked for mended in fit]), heard=Heard(), at=at)
    count_chunk(batch=batch, number=1, first_row=first.row_number, row_digests=b"", counts=counts)
    _settle([mended.row.pk for mended in fit], state="released", reason="", by=by, at=at, release=batch.number)
    close_batch(batch=batch, warnings=(), by=by, at=at)
    return counts


def _contents(fit: Sequence[Mended]) -> Iterator[tuple[int, str]]:
    for mended in fit:
        yield mended.row.pk, "".join(stated.content.hex() for stated in mended.checked.stated)


def _put_aside(quarantined: int, state: str, reason: str, by: Actor, at: datetime) -> None:
    permit(by, Permission.QUARANTINE_SETTLE)
    with acting(f"quarantine.{state}", by=by, at=at) as act:
        row = _waiting(quarantined)
        permit(by, Permission.QUARANTINE_SETTLE, authority=row.authority.key)
        _settle([row.pk], state=state, reason=reason, by=by, at=at)
        act.note(f"quarantined:{row.pk}", batch=row.batch_id, row=row.row_number, reason=reason)
        act.changed({"state": "waiting"}, {"state": state})


def _put_many_aside(rows: Iterable[int], state: str, reason: str, by: Actor, at: datetime) -> Settled:
    permit(by, Permission.QUARANTINE_SETTLE)
    numbers = tuple(rows)
    _refuse_too_many(numbers)
    done, refused = 0, dict.fromkeys(numbers, _GONE)
    for batch, _source, mine in _by_delivery(numbers, by):
        try:
            with acting(f"quarantine.{state}", by=by, at=at) as act:
                found = list(_those_waiting(mine).select_for_update())
                if not found:
                    raise NotWaiting(batch, "settled")
                _settle([row.pk for row in found], state=state, reason=reason, by=by, at=at)
                digest = rows_digest((row.pk, row.row_number) for row in found)
                act.note(f"batch:{batch}", rows=len(found), reason=reason, digest=digest)
        except NotWaiting:
            continue
        done += len(found)
        for row in found:
            del refused[row.pk]
    return Settled(done, refused)


def _settle(
    numbers: Sequence[int], *, state: str, reason: str, by: Actor, at: datetime, release: int | None = None
) -> None:
    values = {"state": state, "reason": reason[:500], "settled_by": by.key, "settled_at": at, "release_id": release}
    for start in range(0, len(numbers), _KEYS_AT_ONCE):
        QuarantinedRow.objects.filter(pk__in=numbers[start : start + _KEYS_AT_ONCE]).update(**values)


def _mended(row: QuarantinedRow, typed: Mapping[str, str], door: Door) -> Mended:
    if not row.is_mendable:
        raise NotMendable
    values = {**row.values, **{key: text for key, text in typed.items() if key in row.values}}
    changed = tuple(sorted(key for key, text in values.items() if row.values.get(key) != text))
    return Mended(row, changed, door.check_row(values, number=row.row_number))


def _door_of(row: QuarantinedRow, at: datetime) -> Door:
    day = shanghai_day(at)
    return Door(lawbook().feeds[row.batch.feed], lawbook().record_types(day), today=day)


@contextmanager
def _leased(source: str, at: datetime) -> Iterator[Fence]:
    fence = take_lease(name=f"source:{source}", at=at, seconds=LEASE_SECONDS)
    try:
        yield fence
    finally:
        give_lease_back(fence=fence)


def _source_of(quarantined: int, by: Actor) -> str:
    found = QuarantinedRow.objects.filter(pk=quarantined).values_list("batch__source", "authority__key").first()
    if found is None:
        raise Unknown(f"待核区没有第 {quarantined} 行", f"no row {quarantined} in quarantine")
    permit(by, Permission.QUARANTINE_SETTLE, authority=found[1])
    return str(found[0])


def _by_delivery(numbers: Iterable[int], by: Actor) -> Iterator[tuple[int, str, list[int]]]:
    """Yield (batch, source, rows) for the rows that the actor may settle, in the order of deliveries."""
    found: dict[tuple[int, str], list[int]] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        asked = QuarantinedRow.objects.filter(pk__in=wanted[start : start + _KEYS_AT_ONCE])
        rows = seen(asked, by, Permission.QUARANTINE_SETTLE)
        for number, batch, source in rows.values_list("pk", "batch_id", "batch__source"):
            found.setdefault((batch, source), []).append(number)
    for (batch, source), mine in sorted(found.items()):
        yield batch, source, mine


def _those_waiting(numbers: Iterable[int]) -> "QuerySet[QuarantinedRow]":
    rows: QuerySet[QuarantinedRow] = QuarantinedRow.objects.filter(pk__in=list(numbers), state="waiting")
    return rows.order_by("row_number")


def _refuse_too_many(numbers: Mapping[int, object] | Sequence[int]) -> None:
    if len(numbers) > MOST_AT_ONCE:
        raise ValueError(f"{len(numbers)} rows are more than the {MOST_AT_ONCE} that one act settles")


def _waiting(quarantined: int) -> QuarantinedRow:
    row: QuarantinedRow | None = QuarantinedRow.objects.select_for_update().filter(pk=quarantined).first()
    if row is None:
        raise Unknown(f"待核区没有第 {quarantined} 行", f"no row {quarantined} in quarantine")
    if row.state != "waiting":
        raise NotWaiting(quarantined, row.state)
    return row
