"""Reading: from records of list types to entries as their records state them."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from probity.act.lists.models import Mark
from probity.act.lists.rules import by_name, folded
from probity.act.lists.types import MarkKind, StatedEntry
from probity.guard.procedures.queries import lawbook, moment_of
from probity.know.dossiers import queries as dossiers
from probity.know.records import queries as records
from probity.know.sources import queries as sources
from probity.rulebook.lists.types import Programme


def list_types(on: date) -> frozenset[str]:
    """Return the record types in which any list of a day keeps its entries."""
    return frozenset(programme.record_type for programme in lawbook().programmes(on).values())


def stated_entries(numbers: Collection[int], *, on: date, revision: int) -> dict[int, list[StatedEntry]]:
    """Return enterprise → what the standing ones among these records state, as known at a revision."""
    programmes = by_name(lawbook().programmes(on).values())
    standing = dossiers.standing_of(numbers, as_of=on, revision=revision)
    moments: dict[int, datetime | None] = {}
    found: dict[int, list[StatedEntry]] = {}
    for row in records.stated(list(standing)):
        enterprise, born = standing[row["pk"]]
        if born not in moments:
            moments[born] = moment_of(born)
        fields = json.loads(row["fields"])
        programme = programmes.get((row["type"], folded(str(fields.get("list_name", "")))))
        if programme is not None:
            found.setdefault(enterprise, []).append(_stated(row, fields, programme, enterprise, (born, moments[born])))
    return found


def _stated(
    row: Mapping[str, Any],
    fields: Mapping[str, Any],
    programme: Programme,
    enterprise: int,
    known: tuple[int, datetime | None],
) -> StatedEntry:
    revision, known_at = known
    assert known_at is not None  # noqa: S101  (a revision is never without its moment)
    return StatedEntry(
        record=row["pk"],
        enterprise=enterprise,
        type=row["type"],
        list_name=str(fields.get("list_name", "")),
        ground=str(fields.get("ground", "")),
        document=str(fields.get("decision_number", "")),
        authority=str(fields.get("authority_name", "")),
        entered_on=row["occurred_on"],
        ends_on=row["until"],
        determined_on=_day(fields, "determined_on"),
        conduct_ended_on=_day(fields, "conduct_ended_on"),
        source=row["source"],
        known_at=known_at,
        revision=revision,
        missing=programme.missing(fields),
    )


def affected(after: int, until: int, *, on: date) -> set[int]:
    """Return the enterprises of whose entries something became known in a span of revisions.

    Whoever a touched record belongs to, or ever did: what left one enterprise entered another.
    """
    touched = records.touched_of(list_types(on), after, until)
    said = Mark.objects.filter(revision__gt=after, revision__lte=until)
    touched.update(said.values_list("record_id", flat=True))
    return records.enterprises_of(touched, revision=until)


def marks_of(numbers: Collection[int], *, revision: int) -> dict[int, list[MarkKind]]:
    """Return record → what was said of its use by a revision, in that order."""
    found: dict[int, list[MarkKind]] = {}
    wanted = list(numbers)
    for start in range(0, len(wanted), 500):
        rows = Mark.objects.filter(record__in=wanted[start : start + 500], revision__lte=revision)
        for record, kind in rows.order_by("revision").values_list("record_id", "kind"):
            found.setdefault(record, []).append(MarkKind(kind))
    return found


def heard(on: date, *, until: datetime) -> dict[str, datetime]:
    """Return list → when anything of it was last heard by a moment, from whichever of its feeds."""
    by_feed: dict[str, list[str]] = {}
    programmes = lawbook().programmes(on)
    named = by_name(programmes.values())
    for feed in lawbook().feeds.values():
        for route in feed.routes:
            stated = folded(route.constants.get("list_name", ""))
            matched = named.get((route.record_type, stated)) if stated else None
            keys = [matched.key] if matched else []
            if not stated:  # the list is named in a column: the feed may speak of any of its type
                keys = [key for key, one in programmes.items() if one.record_type == route.record_type]
            by_feed.setdefault(feed.key, []).extend(keys)
    latest: dict[str, datetime] = {}
    for feed_key, moment in sources.heard_at(by_feed, until=until).items():
        for key in by_feed[feed_key]:
            latest[key] = max(moment, latest.get(key, moment))
    return latest


def _day(fields: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(str(fields[key])) if fields.get(key) else None
