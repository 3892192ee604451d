"""Lists: marking an entry's use, and the pull that keeps today's entries."""

from datetime import date, datetime

from django.db import transaction

from probity.act.lists.models import Entry, Mark
from probity.act.lists.queries import entries_of
from probity.act.lists.reading import list_types, marks_of
from probity.act.lists.types import MarkKind
from probity.guard.authorities.queries import authority_key, permit
from probity.guard.authorities.types import Permission
from probity.guard.procedures.actions import move_cursor, take_revision
from probity.guard.procedures.queries import cursor, latest_revision
from probity.guard.trail.actions import acting
from probity.guard.trail.tables import writing
from probity.know.records import queries as records
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
    permit(by, Permission.LIST_MARK)
    with acting(f"entry.{kind}", by=by, at=at) as act:
        act.note(f"record:{record}", reason=reason)
        bodies = records.authorities_of([record])
        if record not in bodies:
            raise Unknown(f"没有第 {record} 号记录", f"no record {record}")
        permit(by, Permission.LIST_MARK, authority=authority_key(bodies[record]))
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
    touched = records.touched_of(list_types(on), cursor(CURSOR), newest)
    touched.update(
        Mark.objects.filter(revision__gt=cursor(CURSOR), revision__lte=newest).values_list("record_id", flat=True)
    )
    affected = records.enterprises_of(touched, revision=newest)
    affected.update(Entry.objects.filter(record__in=touched).values_list("enterprise_id", flat=True))
    affected.update(Entry.objects.filter(ends_on__lte=on).values_list("enterprise_id", flat=True))
    waiting = sorted(affected)
    for start in range(0, len(waiting), _ENTERPRISES_AT_ONCE):
        _replace(waiting[start : start + _ENTERPRISES_AT_ONCE], on, newest)
    move_cursor(name=CURSOR, revision=newest)
    return len(waiting)


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
