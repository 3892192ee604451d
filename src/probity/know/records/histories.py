"""Histories: what ended a record, whose it was, what may yet end."""

import json
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from probity.guard.authorities.queries import permit, seen
from probity.guard.authorities.types import Permission
from probity.know.records.models import Attribution, ProposedEnding, RecordEvent
from probity.know.records.types import AttributionLine, EndingLine, EventLine
from probity.know.registry.types import Page
from probity.terms import Actor

PAGE_SIZE = 50

ORDERS = {"record": "record_id", "day": "record__occurred_on", "type": "record__type", "delivery": "batch_id"}
"""What a list of proposed endings may be ordered by → the column."""

_KNOWN = Coalesce("revision", "record__batch__revision")


def events_about(record: int, *, revision: int, by: Actor) -> tuple[EventLine, ...]:
    """Return what ended a record, as known at a revision, in the order in which it became known."""
    permit(by, Permission.ENTERPRISE_READ)
    rows = RecordEvent.objects.filter(record=record, revision__lte=revision).order_by("revision", "pk")
    return tuple(EventLine(*row) for row in rows.values_list("kind", "effective_on", "revision", "reason", "by", "at"))


def attributions_about(record: int, *, revision: int, by: Actor) -> tuple[AttributionLine, ...]:
    """Return whose a record was said to be, as known at a revision, the latest and valid one last."""
    permit(by, Permission.ENTERPRISE_READ)
    rows = Attribution.objects.filter(record=record).annotate(known=_KNOWN).filter(known__lte=revision)
    found = rows.order_by("known", "pk").values_list("enterprise_id", "how", "reasons", "known")
    return tuple(AttributionLine(*row) for row in found)


def proposed_endings(
    *,
    by: Actor,
    batch: int | None = None,
    state: str = "waiting",
    order: str = "",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[EndingLine]:
    """Return the records that a source's newest list no longer states, of one delivery or all.

    `order` is a key of `ORDERS`, with a minus before it for the reverse; `state` may be empty for all.
    """
    permit(by, Permission.BATCH_READ)
    rows = _proposed(by, batch, state)
    total, start = rows.count(), (max(page, 1) - 1) * size
    owner = Attribution.objects.filter(record=OuterRef("record_id")).annotate(known=_KNOWN)
    owner = owner.filter(known__isnull=False).order_by("-known", "-pk").values("enterprise_id")[:1]
    found = rows.order_by(*_order(order)).annotate(owner=Subquery(owner)).select_related("record", "batch")
    return Page(tuple(_line(row, row.owner) for row in found[start : start + size]), max(page, 1), size, total)


def ending_numbers(*, by: Actor, batch: int | None = None, most: int) -> list[int]:
    """Return the numbers of the endings that wait, of one delivery or all, at most so many."""
    permit(by, Permission.BATCH_READ)
    return list(_proposed(by, batch, "waiting").order_by("pk").values_list("pk", flat=True)[:most])


def endings_by_delivery(*, by: Actor) -> list[dict[str, Any]]:
    """Return the deliveries that left endings to be decided, newest first, each with their number."""
    permit(by, Permission.BATCH_READ)
    rows = _proposed(by, None, "waiting").values("batch_id", source=F("batch__source"), feed=F("batch__feed"))
    return list(rows.annotate(file_name=F("batch__file_name"), waiting=Count("pk")).order_by("-batch_id"))


def endings_waiting(*, by: Actor) -> int:
    """Return how many proposed endings wait for a person."""
    permit(by, Permission.BATCH_READ)
    return int(_proposed(by, None, "waiting").count())


def _line(row: ProposedEnding, owner: int | None) -> EndingLine:
    record, batch = row.record, row.batch
    name = json.loads(record.fields).get("enterprise_name", "")
    told = (row.pk, record.pk, batch.pk, batch.source, batch.feed, record.type, record.occurred_on)
    return EndingLine(*told, name, owner, row.state, row.settled_at)


def _proposed(by: Actor, batch: int | None, state: str) -> Any:
    rows = seen(ProposedEnding.objects.all(), by, Permission.BATCH_READ)
    if batch is not None:
        rows = rows.filter(batch_id=batch)
    return rows.filter(state=state) if state else rows


def _order(order: str) -> tuple[str, ...]:
    sign, key = ("-", order[1:]) if order.startswith("-") else ("", order)
    return (f"{sign}{ORDERS[key]}", f"{sign}pk") if key in ORDERS else ("pk",)
