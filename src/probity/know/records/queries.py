"""Records: reading facts, what ended them, and the rows that wait in quarantine."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.know.records.histories import (
    attributions_about,
    ending_numbers,
    endings_by_delivery,
    endings_waiting,
    events_about,
    proposed_endings,
)
from probity.know.records.models import Attribution, QuarantinedRow, Record, RecordEvent
from probity.know.records.open_names import candidates_for, open_counts, open_name, open_names, open_records
from probity.know.records.types import QuarantineLine, QuarantineProblem
from probity.know.registry.types import Page
from probity.terms import Actor, Text, Unknown

__all__ = [
    "attributions_about",
    "attributions_of",
    "births_of",
    "born_between",
    "born_of",
    "by_document",
    "candidates_for",
    "ending_numbers",
    "endings_by_delivery",
    "endings_waiting",
    "enterprises_of",
    "events_about",
    "events_of",
    "open_counts",
    "open_name",
    "open_names",
    "open_records",
    "proposed_endings",
    "quarantine",
    "quarantine_counts",
    "quarantine_numbers",
    "quarantined_row",
    "quarantined_rows",
    "records_of",
    "reopened_between",
    "reopened_of",
    "stated",
    "stated_columns",
    "supersessions_of",
    "touched_between",
    "unmatched",
    "waiting",
]

PAGE_SIZE = 50

UNMATCHED_ORDERS = {"day": "occurred_on", "type": "type", "source": "batch__source", "delivery": "batch_id"}
QUARANTINE_ORDERS = {"row": "row_number", "delivery": "batch_id", "code": "code", "settled": "settled_at"}
"""What each list may be ordered by → the column."""

_STATED = ("pk", "type", "occurred_on", "until", "kind", "degree", "amount", "points")
_KNOWN = Coalesce("revision", "record__batch__revision")


def births_of(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield (record, revision) for those whose batch has closed."""
    rows = Record.objects.filter(pk__in=numbers, batch__revision__isnull=False)
    yield from rows.values_list("pk", "batch__revision")


def attributions_of(numbers: Collection[int]) -> Iterator[tuple[int, int, int | None]]:
    """Yield (record, revision, enterprise or None) in the order in which they were stated."""
    rows = Attribution.objects.filter(record__in=numbers).annotate(known=_KNOWN).filter(known__isnull=False)
    yield from rows.order_by("known", "pk").values_list("record_id", "known", "enterprise_id")


def supersessions_of(numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield (record, revision) where a later statement of the same fact took its place."""
    rows = Record.objects.filter(supersedes__in=numbers, batch__revision__isnull=False)
    yield from rows.values_list("supersedes_id", "batch__revision")


def events_of(numbers: Collection[int]) -> Iterator[tuple[int, int, str, date]]:
    """Yield (record, revision, kind, effective day) of what ended these records."""
    rows = RecordEvent.objects.filter(record__in=numbers).order_by("revision", "pk")
    yield from rows.values_list("record_id", "revision", "kind", "effective_on")


def touched_between(after: int, until: int) -> list[int]:
    """Return the records of which something became known after one revision, up to another."""
    born = Record.objects.filter(batch__revision__gt=after, batch__revision__lte=until)
    return sorted({*born.values_list("pk", flat=True), *reopened_between(after, until)})


def reopened_between(after: int, until: int) -> set[int]:
    """Return the records that more became known of than their first statement, in a span of revisions.

    Superseded, ended, or attributed anew: whatever follows a birth has a later revision than it.
    """
    span = {"revision__gt": after, "revision__lte": until}
    later = Record.objects.filter(batch__revision__gt=after, batch__revision__lte=until, supersedes__isnull=False)
    found = set(later.values_list("supersedes_id", flat=True))
    found.update(RecordEvent.objects.filter(**span).values_list("record_id", flat=True))
    found.update(Attribution.objects.filter(**span).values_list("record_id", flat=True))
    return found


def born_between(after: int, until: int) -> Iterator[tuple[Any, ...]]:
    """Yield (enterprise, record, type, day, until, kind, degree, amount, points, revision) as first stated.

    One row for each record whose batch closed in the span and that was attributed to somebody.
    """
    born = {"record__batch__revision__gt": after, "record__batch__revision__lte": until}
    yield from _as_first_stated(Attribution.objects.filter(**born, enterprise__isnull=False)).iterator(20_000)


def born_of(enterprises: Collection[int], *, until: int) -> Iterator[tuple[Any, ...]]:
    """Yield the same rows as `born_between` for some enterprises, up to a revision."""
    wanted = list(enterprises)
    for start in range(0, len(wanted), 500):
        owned = Attribution.objects.filter(enterprise__in=wanted[start : start + 500])
        yield from _as_first_stated(owned.filter(record__batch__revision__lte=until))


def reopened_of(enterprises: Collection[int]) -> set[int]:
    """Return the records ever attributed to some enterprises of which more became known than their birth."""
    found: set[int] = set()
    wanted = list(enterprises)
    for start in range(0, len(wanted), 500):
        owners = wanted[start : start + 500]
        later = Record.objects.filter(supersedes__attributions__enterprise__in=owners)
        found.update(later.values_list("supersedes_id", flat=True))
        ended = RecordEvent.objects.filter(record__attributions__enterprise__in=owners)
        found.update(ended.values_list("record_id", flat=True))
        anew = Attribution.objects.filter(revision__isnull=False, record__attributions__enterprise__in=owners)
        found.update(anew.values_list("record_id", flat=True))
    return found


def _as_first_stated(attributions: Any) -> Any:
    stated = (f"record__{name}" for name in _STATED[1:])
    rows = attributions.filter(revision__isnull=True)
    return rows.values_list("enterprise_id", "record_id", *stated, "record__batch__revision")


def enterprises_of(numbers: Collection[int], *, revision: int) -> set[int]:
    """Return every enterprise to which any of these records was attributed, as known at a revision or before."""
    found: set[int] = set()
    wanted = list(numbers)
    for start in range(0, len(wanted), 500):
        rows = Attribution.objects.filter(record__in=wanted[start : start + 500], enterprise__isnull=False)
        rows = rows.annotate(known=_KNOWN).filter(known__lte=revision)
        found.update(rows.values_list("enterprise_id", flat=True))
    return found


def stated_columns(numbers: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """Yield (record, type, day, until, kind, degree, amount, points) of these records."""
    wanted = list(numbers)
    for start in range(0, len(wanted), 500):
        yield from Record.objects.filter(pk__in=wanted[start : start + 500]).values_list(*_STATED)


def records_of(enterprise: int) -> list[int]:
    """Return the records ever attributed to an enterprise, oldest first."""
    rows = Attribution.objects.filter(enterprise=enterprise).order_by("record_id")
    return list(dict.fromkeys(rows.values_list("record_id", flat=True)))


def of_types(types: Collection[str], *, enterprises: Collection[int]) -> list[int]:
    """Return the records of some types ever attributed to some enterprises, oldest first."""
    found: set[int] = set()
    wanted = list(enterprises)
    for start in range(0, len(wanted), 500):
        rows = Attribution.objects.filter(enterprise__in=wanted[start : start + 500], record__type__in=list(types))
        found.update(rows.values_list("record_id", flat=True))
    return sorted(found)


def touched_of(types: Collection[str], after: int, until: int) -> set[int]:
    """Return the records of some types of which something became known in a span of revisions."""
    born = Record.objects.filter(batch__revision__gt=after, batch__revision__lte=until, type__in=list(types))
    reopened = sorted(reopened_between(after, until))
    found = set(born.values_list("pk", flat=True))
    for start in range(0, len(reopened), 500):
        rows = Record.objects.filter(pk__in=reopened[start : start + 500], type__in=list(types))
        found.update(rows.values_list("pk", flat=True))
    return found


def authorities_of(numbers: Collection[int]) -> dict[int, int]:
    """Return record → the number of the authority in whose name it was stated."""
    found: dict[int, int] = {}
    wanted = list(numbers)
    for start in range(0, len(wanted), 500):
        rows = Record.objects.filter(pk__in=wanted[start : start + 500])
        found.update(rows.values_list("pk", "authority_id"))
    return found


def stated(numbers: Collection[int]) -> list[dict[str, Any]]:
    """Return what was stated in these records, with source, batch, row and moment of knowledge."""
    wanted = list(numbers)
    found: list[dict[str, Any]] = []
    for start in range(0, len(wanted), 500):
        rows = Record.objects.filter(pk__in=wanted[start : start + 500], batch__revision__isnull=False)
        found += rows.values(
            *_STATED,
            "fields",
            "row_number",
            "batch_id",
            source=F("batch__source"),
            feed=F("batch__feed"),
            body=F("authority__key"),
        )
    return found


def unmatched(
    *, by: Actor, type_: str = "", source: str = "", order: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[dict[str, Any]]:
    """Return accepted records whose latest attribution is nobody, with their number in all.

    A record that a later statement superseded, or that was corrected or annulled, belongs to
    nobody for good and is not listed.
    """
    permit(by, Permission.BATCH_READ)
    latest = Attribution.objects.filter(record=OuterRef("pk")).annotate(known=_KNOWN).order_by("-known", "-pk")
    nobody = Attribution.objects.filter(enterprise__isnull=True).filter(how="unmatched")
    rows = Record.objects.filter(batch__revision__isnull=False, pk__in=nobody.values("record_id"))
    rows = seen(rows, by, Permission.BATCH_READ)
    rows = rows.exclude(Exists(Record.objects.filter(supersedes=OuterRef("pk"), batch__revision__isnull=False)))
    gone = RecordEvent.objects.filter(record=OuterRef("pk"), kind__in=("correction", "annulment"))
    rows = rows.exclude(Exists(gone))
    rows = rows.annotate(owner=Subquery(latest.values("enterprise_id")[:1])).filter(owner__isnull=True)
    if type_:
        rows = rows.filter(type=type_)
    if source:
        rows = rows.filter(batch__source=source)
    total, start = rows.count(), (max(page, 1) - 1) * size
    lines = rows.order_by(*_ordered(order, UNMATCHED_ORDERS, ("pk",)))[start : start + size]
    found = lines.values("pk", "type", "occurred_on", "fields", "batch_id", "row_number", source=F("batch__source"))
    return Page(tuple(found), max(page, 1), size, total)


def quarantine(
    *,
    by: Actor,
    batch: int | None = None,
    state: str = "waiting",
    code: str = "",
    order: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[QuarantineLine]:
    """Return the rows in quarantine, of one batch or all, in one state (empty for every state)."""
    permit(by, Permission.BATCH_READ)
    rows = _quarantined(by, batch, state, code)
    start = (max(page, 1) - 1) * size
    found = rows.order_by(*_ordered(order, QUARANTINE_ORDERS, ("batch_id", "row_number")))[start : start + size]
    return Page(tuple(_line(row) for row in found), max(page, 1), size, rows.count())


def quarantine_numbers(*, by: Actor, batch: int | None = None, code: str = "", most: int) -> list[int]:
    """Return the numbers of the rows that wait, of one batch or all and of one code, at most so many."""
    permit(by, Permission.BATCH_READ)
    rows = _quarantined(by, batch, "waiting", code).order_by("batch_id", "row_number")
    return list(rows.values_list("pk", flat=True)[:most])


def quarantine_counts(*, by: Actor, batch: int | None = None, state: str = "waiting") -> dict[str, int]:
    """Return code → number of rows in quarantine, of one batch or all, in one state or every."""
    permit(by, Permission.BATCH_READ)
    rows = _quarantined(by, batch, state, "").values_list("code").annotate(rows=Count("pk"))
    return dict(rows.values_list("code", "rows"))


def quarantined_rows(*, by: Actor, batch: int, state: str = "waiting") -> Iterator[QuarantineLine]:
    """Yield every quarantined row of a batch, for the spreadsheet that goes back."""
    permit(by, Permission.BATCH_READ)
    for row in _quarantined(by, batch, state, "").order_by("row_number").iterator(chunk_size=2000):
        yield _line(row)


def quarantined_row(number: int, *, by: Actor) -> QuarantineLine:
    """Return one row in quarantine.

    Raises:
        LookupError: when there is none of this number.
    """
    permit(by, Permission.BATCH_READ)
    found = seen(QuarantinedRow.objects.filter(pk=number), by, Permission.BATCH_READ).first()
    if found is None:
        raise Unknown(f"待核区没有第 {number} 行", f"no row {number} in quarantine")
    return _line(found)


def waiting(*, by: Actor) -> int:
    """Return how many rows wait in quarantine."""
    permit(by, Permission.BATCH_READ)
    return seen(QuarantinedRow.objects.filter(state="waiting"), by, Permission.BATCH_READ).count()


def by_document(feed: str, document_number: str) -> int:
    """Return the newest known record of a feed that carries a document number.

    Raises:
        LookupError: when none does.
    """
    needle = f":{json.dumps(document_number, ensure_ascii=False)}"  # whatever the type calls its number
    rows = Record.objects.filter(batch__feed=feed, batch__revision__isnull=False, fields__contains=needle)
    found = rows.order_by("-batch__revision", "-pk").values_list("pk", flat=True).first()
    if found is None:
        raise Unknown(
            f"{feed} 没有文号为 {document_number} 的记录",
            f"no record of {feed} carries the document number {document_number}",
        )
    return int(found)


def _ordered(order: str, columns: Mapping[str, str], own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns by which a list is ordered: the asked one, else the list's own."""
    sign, key = ("-", order[1:]) if order.startswith("-") else ("", order)
    return (f"{sign}{columns[key]}", *own) if key in columns else own


def _quarantined(by: Actor, batch: int | None, state: str, code: str) -> Any:
    chosen = Q()
    if batch is not None:
        chosen &= Q(batch_id=batch)
    if state:
        chosen &= Q(state=state)
    if code:
        chosen &= Q(code=code)
    return seen(QuarantinedRow.objects.filter(chosen), by, Permission.BATCH_READ)


def _line(row: QuarantinedRow) -> QuarantineLine:
    """Return a stored row as a line."""
    problems = tuple(
        QuarantineProblem(
            stated["column"], stated["code"], Text(stated["zh"], stated["en"]), stated["delivered"], stated["mendable"]
        )
        for stated in row.problems
    )
    return QuarantineLine(
        row.pk,
        row.batch_id,
        row.row_number,
        row.code,
        problems,
        row.values,
        row.is_mendable,
        row.state,
        row.settled_at,
        row.reason,
    )
