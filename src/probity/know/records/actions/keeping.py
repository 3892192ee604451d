"""Keeping: a checked chunk written as records, attributions and quarantined rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q

from probity.guard.trail.tables import fill, reserve, writing
from probity.know.records.identities import digest
from probity.know.records.models import Attribution, QuarantinedRow, Record
from probity.know.records.rules import is_mendable
from probity.know.records.types import CheckedChunk, Problem, StatedFact
from probity.know.registry.actions import StatedEnterprise, register_stated
from probity.know.registry.queries import by_identities
from probity.know.sources.types import Counts, OpenBatch

_KEYS_AT_ONCE = 900

STATED_ELSEWHERE, WITHDRAWN = "stated_elsewhere", "withdrawn"
"""Why a record is nobody's although its enterprise is known: it must not count, or not count twice."""

_STATED_OF = ["row", "record_type", "identity", "occurred_on", "until", "kind", "degree", "amount", "points", "fields"]
_RECORD = ("id", "authority_id", "batch_id", "content", "supersedes_id", "row_number", "type", *_STATED_OF[2:])
_stated = attrgetter(*_STATED_OF)


class Standing(NamedTuple):
    """The newest known statement of a fact: by this source, or else by another."""

    record: int
    content: bytes
    is_own: bool


class Kept(NamedTuple):
    """What is to be written of one stated row, and which record it takes the place of."""

    stated: StatedFact
    supersedes: int | None
    content: bytes
    elsewhere: int | None  # the record by which another source has stated the same fact


def keep_chunk(batch: OpenBatch, chunk: CheckedChunk, *, registrations: frozenset[str], at: datetime) -> Counts:
    """Write one chunk inside the caller's transaction and return its accounting.

    `registrations` names the record types whose stated name becomes the enterprise's own.
    """
    counts = Counts(received=chunk.received, unchanged=len(chunk.repeated))
    standing = _standing(batch, [stated.identity for stated in chunk.stated])
    kept = []
    for stated in chunk.stated:
        before = standing.get(stated.identity)
        content = digest(f"withdrawn {stated.content.hex()}") if stated.operation == "d" else stated.content
        own = before if before and before.is_own else None
        if (own is None and stated.operation == "d") or (own and own.content == content):
            counts.unchanged += 1
            continue
        elsewhere = before.record if before and not own else None
        kept.append(Kept(stated, own.record if own else None, content, elsewhere))
        if own:
            counts.superseding += 1
        else:
            counts.accepted += 1
    with writing():
        _write(batch, kept, registrations, at)
        _quarantine(batch, chunk, counts)
    return counts


def _standing(batch: OpenBatch, identities: Sequence[bytes]) -> dict[bytes, Standing]:
    """Return identity → newest statement among closed batches, and of this one as far as written.

    A statement of the same source goes before one of another: sources correct themselves, never
    each other.
    """
    found: dict[bytes, Standing] = {}
    for start in range(0, len(identities), _KEYS_AT_ONCE):
        rows = Record.objects.filter(
            Q(batch__revision__isnull=False) | Q(batch=batch.number),
            identity__in=identities[start : start + _KEYS_AT_ONCE],
        ).order_by("batch__revision", "pk")
        for identity, record, content, source in rows.values_list("identity", "pk", "content", "batch__source"):
            is_own = source == batch.source
            if is_own or bytes(identity) not in found or not found[bytes(identity)].is_own:
                found[bytes(identity)] = Standing(record, bytes(content), is_own)
    return found


def _write(batch: OpenBatch, kept: Sequence[Kept], registrations: frozenset[str], at: datetime) -> None:
    owners = _owners(batch, [row.stated for row in kept], registrations, at)
    numbers = reserve(Record, len(kept))
    fill(
        Record,
        _RECORD,
        (
            (number, batch.authority, batch.number, row.content, row.supersedes, *_stated(row.stated))
            for number, row in zip(numbers, kept, strict=True)
        ),
    )
    owned = [_attributed(number, row, owners[row.stated.row]) for number, row in zip(numbers, kept, strict=True)]
    fill(Attribution, ("record_id", "enterprise_id", "how", "reasons"), owned)


def _attributed(number: int, row: Kept, owner: tuple[int | None, str]) -> tuple[int, int | None, str, str | None]:
    """Return the attribution of a record: one fact stated by two sources is kept twice and counted once."""
    if row.elsewhere is not None:
        return number, None, STATED_ELSEWHERE, json.dumps({"record": row.elsewhere})
    return number, *owner, None


def _owners(
    batch: OpenBatch, rows: Sequence[StatedFact], registrations: frozenset[str], at: datetime
) -> dict[int, tuple[int | None, str]]:
    """Return row number → (enterprise or None, how it was found).

    A credit code settles it, and registers an enterprise not heard of provisionally. An older
    code settles it when exactly one enterprise is known to go by it. A name never does.
    """
    stated: dict[str, StatedEnterprise] = {}
    for row in rows:
        if code := row.credit_code:
            before = stated.get(code)
            if before is None or row.record_type in registrations:
                stated[code] = StatedEnterprise(row.name, row.record_type in registrations, row.codes[1:])
    numbers = register_stated(stated=stated, source=batch.source, at=at)
    older: dict[str, set[str]] = {}
    for row in rows:
        if not row.credit_code and row.operation != "d":
            for kind, code in row.codes:
                older.setdefault(kind, set()).add(code)
    known = {kind: by_identities(kind, codes) for kind, codes in older.items()}
    return {row.row: _owner(row, numbers, known) for row in rows}


def _owner(
    row: StatedFact, numbers: Mapping[str, int], known: Mapping[str, Mapping[str, set[int]]]
) -> tuple[int | None, str]:
    if row.operation == "d":
        return None, WITHDRAWN
    if row.credit_code:
        return numbers[row.credit_code], "credit_code"
    found = {(kind, number) for kind, code in row.codes for number in known.get(kind, {}).get(code, set())}
    owners = {number for _, number in found}
    return (owners.pop(), min(found)[0]) if len(owners) == 1 else (None, "unmatched")


def _quarantine(batch: OpenBatch, chunk: CheckedChunk, counts: Counts) -> None:
    """Count the refused rows by code and keep them, once for the same bytes delivered again."""
    by_row: dict[int, list[Problem]] = {row: [] for row in chunk.quarantined}
    for problem in chunk.problems:
        by_row[problem.row].append(problem)
    for problems in by_row.values():
        code = problems[0].code  # the door puts first the one that names the row
        counts.quarantined[code] = counts.quarantined.get(code, 0) + 1
    kept_before = set(
        QuarantinedRow.objects.filter(batch__feed=batch.feed, batch__sha256=batch.sha256)
        .filter(row_number__in=list(by_row))
        .values_list("row_number", flat=True)
        if batch.time > 1
        else ()
    )
    QuarantinedRow.objects.bulk_create(
        QuarantinedRow(
            authority_id=batch.authority,
            batch_id=batch.number,
            row_number=row,
            code=problems[0].code,
            problems=[stated_problem(problem) for problem in problems],
            values=dict(chunk.quarantined[row]),
            is_mendable=is_mendable(problems),
        )
        for row, problems in by_row.items()
        if row not in kept_before
    )


def stated_problem(problem: Problem) -> dict[str, object]:
    """Return a problem as the table keeps it."""
    return {
        "column": problem.column,
        "code": problem.code,
        "zh": problem.message.zh,
        "en": problem.message.en,
        "delivered": problem.delivered,
        "mendable": problem.mendable,
    }
