"""Records: reading facts, what ended them, and the rows that wait in quarantine."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from probity.guard.authorities.queries import permit
from probity.guard.authorities.types import Permission
from probity.know.records.models import Attribution, ProposedEnding, QuarantinedRow, Record, RecordEvent
from probity.know.records.types import QuarantineLine, QuarantineProblem
from probity.know.registry.types import Page
from probity.terms import Actor, Text, Unknown

PAGE_SIZE = 50

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
            *_STATED, "fields", "row_number", "batch_id", source=F("batch__source"), feed=F("batch__feed")
        )
    return found


def unmatched(*, by: Actor, page: int = 1) -> Page[dict[str, Any]]:
    """Return accepted records whose latest attribution is nobody, with their number in all."""
    permit(by, Permission.ENTERPRISE_READ)
    latest = Attribution.objects.filter(record=OuterRef("pk")).annotate(known=_KNOWN).order_by("-known", "-pk")
    nobody = Attribution.objects.filter(enterprise__isnull=True).filter(how="unmatched")
    rows = Record.objects.filter(batch__revision__isnull=False, pk__in=nobody.values("record_id"))
    rows = rows.annotate(owner=Subquery(latest.values("enterprise_id")[:1])).filter(owner__isnull=True)
    total = rows.count()
    start = (max(page, 1) - 1) * PAGE_SIZE
    lines = rows.order_by("pk")[start : start + PAGE_SIZE]
    found = lines.values("pk", "type", "occurred_on", "fields", "batch_id", "row_number", source=F("batch__source"))
    return Page(tuple(found), max(page, 1), PAGE_SIZE, total)


def quarantine(
    *, by: Actor, batch: int | None = None, state: str = "waiting", code: str = "", page: int = 1
) -> Page[QuarantineLine]:
    """Return the rows in quarantine, of one batch or all, in one state (empty for every state)."""
    permit(by, Permission.BATCH_READ)
    rows = _quarantined(batch, state, code)
    start = (max(page, 1) - 1) * PAGE_SIZE
    found = rows.order_by("batch_id", "row_number")[start : start + PAGE_SIZE]
    return Page(tuple(_line(row) for row in found), max(page, 1), PAGE_SIZE, rows.count())


def quarantine_counts(*, by: Actor, batch: int | None = None, state: str = "waiting") -> dict[str, int]:
    """Return code → number of rows in quarantine, of one batch or all, in one state or every."""
    permit(by, Permission.BATCH_READ)
    rows = _quarantined(batch, state, "").values_list("code").annotate(rows=Count("pk"))
    return dict(rows.values_list("code", "rows"))


def quarantined_rows(*, by: Actor, batch: int, state: str = "waiting") -> Iterator[QuarantineLine]:
    """Yield every quarantined row of a batch, for the spreadsheet that goes back."""
    permit(by, Permission.BATCH_READ)
    for row in _quarantined(batch, state, "").order_by("row_number").iterator(chunk_size=2000):
        yield _line(row)


def quarantined_row(number: int, *, by: Actor) -> QuarantineLine:
    """Return one row in quarantine.

    Raises:
        LookupError: when there is none of this number.
    """
    permit(by, Permission.BATCH_READ)
    found = QuarantinedRow.objects.filter(pk=number).first()
    if found is None:
        raise Unknown(f"待核区没有第 {number} 行", f"no row {number} in quarantine")
    return _line(found)


def waiting(*, by: Actor) -> int:
    """Return how many rows wait in quarantine."""
    permit(by, Permission.BATCH_READ)
    return QuarantinedRow.objects.filter(state="waiting").count()


def proposed_endings(*, by: Actor, page: int = 1) -> Page[dict[str, Any]]:
    """Return the records that a source's newest list no longer states, for a person to decide."""
    permit(by, Permission.BATCH_READ)
    rows = ProposedEnding.objects.filter(state="waiting").order_by("pk")
    start = (max(page, 1) - 1) * PAGE_SIZE
    columns = ("pk", "record_id", "batch_id", "record__type", "record__occurred_on", "record__fields")
    return Page(tuple(rows[start : start + PAGE_SIZE].values(*columns)), max(page, 1), PAGE_SIZE, rows.count())


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


def _quarantined(batch: int | None, state: str, code: str) -> Any:
    chosen = Q()
    if batch is not None:
        chosen &= Q(batch_id=batch)
    if state:
        chosen &= Q(state=state)
    if code:
        chosen &= Q(code=code)
    return QuarantinedRow.objects.filter(chosen)


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
