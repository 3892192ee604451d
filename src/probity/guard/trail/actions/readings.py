"""Readings: what is read for which purpose, told later, kept, and let go."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from probity.guard.trail.actions.recording import acting
from probity.guard.trail.models import Embargo, Reading, ReadingRelease, ReleasedReading
from probity.guard.trail.rules import rows_digest
from probity.guard.trail.tables import fill
from probity.guard.trail.types import Purpose
from probity.rulebook.readings import ReadingRules
from probity.terms import Actor, shanghai_day

_COLUMNS = ("at", "by", "authority", "subject", "what", "purpose", "words", "may_wait", "due_on", "keep_until")
_INSERT = (
    f'INSERT INTO "{Reading._meta.db_table}" ({", ".join(f"{chr(34)}{name}{chr(34)}" for name in _COLUMNS)}) '  # noqa: S608
    f"VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)

PURGED_AT_ONCE = 1_000
"""Readings let go in one transaction."""


def read_of(*, subject: str, purpose: Purpose, by: Actor, at: datetime, what: str = "dossier") -> None:
    """Keep that a dossier was read, in one insert; the room that shows it asked the permission.

    In which of the following months its subject may be told is drawn here, so that an enterprise
    that is told nothing in some month cannot conclude anything from it.
    """
    day, rules = shanghai_day(at), purpose.rules
    later = secrets.randbelow(rules.over_months) if purpose.kind.may_wait else 0
    values: list[Any] = [connection.ops.adapt_datetimefield_value(at), by.key, by.authority, subject, what]
    values += [purpose.kind.key, purpose.words, purpose.kind.may_wait]
    values += [connection.ops.adapt_datefield_value(one) for one in (rules.due_on(day, later), rules.keep_until(day))]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def open_embargo(*, matter: str, subjects: Collection[str], authority: str, by: Actor, at: datetime) -> None:
    """Let readings of these enterprises by a body wait until the matter is closed; opened twice, nothing changes.

    Called inside the act that seals a draw or opens a lead or case, which asked the permission.
    `authority` is the key of the body at work on the matter, empty for every body.
    """
    with acting("embargo.opened", by=by, at=at) as act:
        closed = Embargo.objects.filter(matter=matter).exclude(closed_at=None)
        for number, subject in list(closed.values_list("pk", "subject")):  # a matter taken up again
            if subject in subjects:
                Embargo.objects.filter(pk=number).update(closed_at=None, opened_at=at)
        rows = ((matter, subject, authority, at) for subject in sorted(subjects))
        fill(Embargo, ("matter", "subject", "authority", "opened_at"), rows, skip_known=True)
        act.note(f"embargo:{matter}", subjects=len(subjects), sha256=rows_digest(sorted(subjects)))


def close_embargo(*, matter: str, by: Actor, at: datetime) -> None:
    """Let the readings of a matter go with the next batch; closed twice, nothing changes.

    Called inside the act that closes the draw, lead or case.
    """
    with acting("embargo.closed", by=by, at=at) as act:
        closed = Embargo.objects.filter(matter=matter, closed_at=None).update(closed_at=at)
        act.note(f"embargo:{matter}", subjects=closed)


def release_readings(*, rules: ReadingRules, at: datetime) -> int:
    """Tell what is due, once a month; return how many readings were released, 0 when the batch is out already.

    A wheel calls it as often as it likes. What an open embargo covers goes with a later batch, in
    which nothing tells it from the others. One transaction, so that a batch is whole or absent.
    """
    day = rules.release_on(shanghai_day(at))
    if ReadingRelease.objects.filter(day__gte=day).exists():
        return 0
    by = Actor.system("wheel")
    with acting("readings.released", by=by, at=at) as act:
        due = _due(day)
        fill(
            ReleasedReading,
            ("reading", "subject", "day", "keep_until"),
            ((row["id"], row["subject"], day, row["keep_until"]) for row in due),
        )
        sha256 = rows_digest(_told(row) for row in due)
        ReadingRelease.objects.create(day=day, at=at, readings=len(due), sha256=sha256)
        act.note(f"readings:{day}", readings=len(due), sha256=sha256)
    return len(due)


def _due(day: object) -> list[dict[str, Any]]:
    """Return what is due by a release day, neither told yet nor under an embargo that is open."""
    told = ReleasedReading.objects.filter(reading=OuterRef("pk"))
    covers = Q(authority="") | Q(authority=OuterRef("authority"))
    waits = Embargo.objects.filter(covers, subject=OuterRef("subject"), closed_at=None)
    found = Reading.objects.filter(~Exists(told), due_on__lte=day).filter(Q(may_wait=False) | ~Exists(waits))
    return list(found.order_by("pk").values())


def purge_readings(*, at: datetime) -> int:
    """Let go of readings whose last day has passed, if their subject was told; return how many.

    Each thousand leaves one entry with their number, their span and the digest of all that went.
    A reading that was never told, because a matter is open, stays.
    """
    purged = 0
    while rows := _outlived(at):
        with acting("readings.purged", by=Actor.system("wheel"), at=at) as act:
            numbers = [row["id"] for row in rows]
            span = f"{rows[0]['at']:%Y-%m-%d}", f"{rows[-1]['at']:%Y-%m-%d}"
            act.note(
                f"readings:{numbers[0]}-{numbers[-1]}",
                readings=len(rows),
                since=span[0],
                until=span[1],
                sha256=rows_digest(_told(row) for row in rows),
            )
            ReleasedReading.objects.filter(reading__in=numbers).delete()
            Reading.objects.filter(pk__in=numbers).delete()
        purged += len(rows)
    return purged


def _outlived(at: datetime) -> list[dict[str, Any]]:
    told = ReleasedReading.objects.values("reading")
    due = Reading.objects.filter(keep_until__lt=shanghai_day(at), pk__in=told).order_by("pk")
    return list(due.values()[:PURGED_AT_ONCE])


def _told(row: dict[str, Any]) -> list[object]:
    names = ("id", *_COLUMNS)
    return [str(row[name]) if name in ("due_on", "keep_until") else row[name] for name in names]
