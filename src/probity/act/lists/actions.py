"""Lists: marking an entry's use, and the pull that keeps today's entries."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from probity.act.lists.models import Entry, Mark
from probity.act.lists.queries import covered_on, entries_of
from probity.act.lists.reading import affected, marks_of
from probity.act.lists.rules import good_until
from probity.act.lists.snapshot import Snapshot, state_of
from probity.act.lists.types import ListEntry, MarkKind
from probity.guard.authorities.queries import key_of, permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import move_cursor, take_revision
from probity.guard.procedures.queries import cursor, latest_revision, lawbook, mark_of
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.know.records import queries as records
from probity.know.registry import queries as registry
from probity.terms import Actor, Unknown

CURSOR = "lists"
_ENTERPRISES_AT_ONCE = 500


def mark(*, record: int, kind: MarkKind, reason: str, by: Actor, at: datetime) -> None:
    """Say of an entry that it is contested or settled, suspended or in use again.

    Said twice in a row, nothing changes.

    Raises:
        LookupError: when there is no such record.
        NotPermitted: when the actor may not say so.
    """
    permit(by, Permission.LIST_MARK)  # about the record's own body: asked again below, once it is known
    with acting(f"entry.{kind}", by=by, at=at) as act:
        act.note(f"record:{record}", reason=reason)
        bodies = records.authorities_of([record])
        if record not in bodies:
            raise Unknown(f"没有第 {record} 号记录", f"no record {record}")
        permit(by, Permission.LIST_MARK, authority=key_of(bodies[record]))
        pair = _PAIRS[kind]
        said = [one for one in marks_of([record], revision=latest_revision()).get(record, []) if one in pair]
        if said[-1:] == [kind] or (not said and kind is pair[1]):
            return
        Mark.objects.create(
            authority_id=bodies[record],
            record_id=record,
            kind=kind.value,
            reason=reason[:500],
            by=by.key,
            at=at,
            revision=take_revision(at=at, cause=f"record:{record}"),
        )


_CONTEST, _SUSPENSION = (MarkKind.CONTESTED, MarkKind.SETTLED), (MarkKind.SUSPENDED, MarkKind.RESUMED)
_PAIRS = {kind: pair for pair in (_CONTEST, _SUSPENSION) for kind in pair}


def pull(*, on: date) -> int:
    """Bring today's entries up to the newest revision and to the day; return how many enterprises changed.

    Entries are computed afresh for every enterprise of which anything became known, or whose
    entries the calendar ends; a second pull over the same knowledge changes nothing.
    """
    newest = latest_revision()
    changed = affected(cursor(CURSOR), newest, on=on)
    changed.update(Entry.objects.filter(ends_on__lte=on).values_list("enterprise_id", flat=True))
    waiting = sorted(changed)
    for start in range(0, len(waiting), _ENTERPRISES_AT_ONCE):
        _replace(waiting[start : start + _ENTERPRISES_AT_ONCE], on, newest)
    move_cursor(name=CURSOR, revision=newest)
    return len(waiting)


def apply_snapshot(snapshot: Snapshot, *, on: date, at: datetime) -> int:
    """Bring this node's snapshot up to the newest revision and the day; return how many codes changed.

    One applier a node: it holds the node's lease. A snapshot of another database, or of a later
    day or knowledge than this one has, is written afresh.
    """
    newest = latest_revision()
    state = snapshot.state()
    is_ours = state is not None and state.known_at == mark_of(state.revision) and state.day <= on
    coverage = covered_on(on, at=at)
    days = {key: programme.fresh_days for key, programme in lawbook().programmes(on).items()}
    until = good_until(coverage, fresh_days=days)
    fresh = state_of(coverage, good_until=until, revision=newest, day=on, known_at=mark_of(newest))
    if state == fresh:
        return 0
    changed = affected(state.revision if state and is_ours else 0, newest, on=on)
    ending = registry.by_codes(list(snapshot.ending(on))) if is_ours else {}
    waiting = sorted(changed | set(ending.values()))
    codes = {number: line.code for number, line in registry.enterprises(waiting).items() if line.code}
    found: dict[str, tuple[ListEntry, ...]] = {}
    for start in range(0, len(waiting), _ENTERPRISES_AT_ONCE):
        some = waiting[start : start + _ENTERPRISES_AT_ONCE]
        entries = entries_of(some, on=on, revision=newest)
        found.update((codes[number], entries.get(number, ())) for number in some if number in codes)
    snapshot.apply(found, fresh, afresh=not is_ours)
    return len(found)


def follow(*, on: date, at: datetime) -> int:
    """Bring the snapshot of this node, under PROBITY_HOME, up to date; see `apply_snapshot`."""
    snapshot = Snapshot(Path(settings.PROBITY_HOME) / "lookup", writes=True)
    try:
        return apply_snapshot(snapshot, on=on, at=at)
    finally:
        snapshot.close()


def _replace(enterprises: list[int], on: date, revision: int) -> None:
    found = entries_of(enterprises, on=on, revision=revision)
    bodies = records.authorities_of([entry.record for some in found.values() for entry in some])
    with transaction.atomic(), writing():
        Entry.objects.filter(enterprise__in=enterprises).delete()
        Entry.objects.bulk_create(
            Entry(
                authority_id=bodies[entry.record],
                record_id=entry.record,
                enterprise_id=owner,
                programme=entry.programme,
                entered_on=entry.entered_on,
                ends_on=entry.ends_on,
                use=entry.use.value,
            )
            for owner, some in found.items()
            for entry in some
        )
