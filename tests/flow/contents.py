"""Contents: what a database says, without surrogate numbers and moments, so that two can be compared."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from probity.guard.procedures.models import Revision
from probity.know.records.models import Attribution, ProposedEnding, QuarantinedRow, Record, RecordEvent
from probity.know.registry.models import Enterprise, EnterpriseName, Identity
from probity.know.sources.models import Batch, BatchChunk

_BATCH = ("batch__feed", "batch__sha256", "batch__time")
_STATED = ("type", "occurred_on", "until", "kind", "degree", "amount", "points", "fields", "row_number")


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Return table → sorted rows of all that was delivered, kept, refused and registered."""
    records = {
        pk: (bytes(identity).hex(), bytes(content).hex(), *batch)
        for pk, identity, content, *batch in Record.objects.values_list("pk", "identity", "content", *_BATCH)
    }
    codes = dict(Enterprise.objects.values_list("pk", "code"))
    return {
        "records": _rows(
            (*records[pk], records.get(supersedes), *stated)
            for pk, supersedes, *stated in Record.objects.values_list("pk", "supersedes_id", *_STATED)
        ),
        "attributions": _rows(
            (records[record], codes.get(enterprise), how, revision, records.get((reasons or {}).get("record")))
            for record, enterprise, how, revision, reasons in Attribution.objects.values_list(
                "record_id", "enterprise_id", "how", "revision", "reasons"
            )
        ),
        "events": _rows(
            (records[record], *said)
            for record, *said in RecordEvent.objects.values_list(
                "record_id", "kind", "effective_on", "revision", "reason"
            )
        ),
        "endings": _rows((records[one], state) for one, state in ProposedEnding.objects.values_list("record", "state")),
        "quarantine": _rows(
            QuarantinedRow.objects.values_list(
                *_BATCH, "row_number", "code", "problems", "values", "is_mendable", "state"
            )
        ),
        "batches": _rows(
            brought_something().values_list(
                "feed",
                "sha256",
                "time",
                "kind",
                "state",
                "revision",
                "chunks",
                "received",
                "accepted",
                "unchanged",
                "superseding",
                "quarantined",
                "warnings",
            )
        ),
        "chunks": _rows(
            (*said, bytes(digests).hex())
            for *said, digests in BatchChunk.objects.filter(batch__in=brought_something()).values_list(
                *_BATCH, "number", "first_row", "rows", "row_digests"
            )
        ),
        "enterprises": _rows(Enterprise.objects.values_list("code", "name", "is_provisional", "parent__code")),
        "names": _rows(EnterpriseName.objects.values_list("enterprise__code", "name", "is_registered", "source")),
        "identities": _rows(Identity.objects.values_list("enterprise__code", "kind", "code", "source")),
        "revisions": _rows(Revision.objects.values_list("number", "replayed")),
    }


def brought_something() -> "QuerySet[Batch]":
    """Return the batches without those that only said a file's rows once more.

    A delivery killed after it closed, but before it could say so, is sent again for nothing.
    """
    return Batch.objects.exclude(time__gt=1, revision__isnull=True)


def _rows(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in rows), key=repr)
