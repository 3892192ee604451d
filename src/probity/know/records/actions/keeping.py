"""Keeping: a checked chunk written as records, attributions and quarantined rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from probity.guard.trail.tables import fill, reserve, writing
from probity.know.records.identities import digest
from probity.know.records.models import Attribution, QuarantinedRow, Record
from probity.know.records.rules import is_mendable
from probity.know.records.types import PERSON, CheckedChunk, Problem, StatedFact
from probity.know.registry.actions import StatedEnterprise, register_stated
from probity.know.registry.queries import by_identities
from probity.know.sources.types import Counts, OpenBatch

_KEYS_AT_ONCE = 900

REGISTRATION = "registration"
"""The record type whose stated name becomes the enterprise's own."""

STATED_ELSEWHERE, WITHDRAWN = "stated_elsewhere", "withdrawn"
"""Why a record is nobody's although its enterprise is known: it must not count, or not count twice."""

_STATED_OF = ["row", "record_type", "identity", "occurred_on", "until", "kind", "degree", "amount", "points", "fields"]
_RECORD = ("id", "authority_id", "batch_id", "content", "supersedes_id", "row_number", "type", *_STATED_OF[2:])
_stated = attrgetter(*_STATED_OF)


class Standing(NamedTuple):
    """What is known of a fact: this source's newest statement, and one of another source that counts."""

    own: int | None
    content: bytes
    elsewhere: int | None  # the record by which another source has stated the same fact


class Kept(NamedTuple):
    """What is to be written of one stated row, and which record it takes the place of."""

    number: int
    stated: StatedFact
    content: bytes
    before: Standing


class Heard:
    """What a delivery has said of enterprises so far, so that the same is not asked and written again."""

    def __init__(self) -> None:
        """Begin with nothing heard; a resumed delivery begins anew and hears what is known already."""
        self.numbers: dict[str, int] = {}  # credit code → enterprise
        self.last: dict[str, tuple[str, bool, tuple[tuple[str, str], ...]]] = {}


_UNHEARD = Standing(None, b"", None)


def keep_chunk(batch: OpenBatch, chunk: CheckedChunk, *, heard: Heard, at: datetime) -> Counts:
    """Write one chunk inside the caller's transaction and return its accounting.

    `heard` goes through all chunks of a delivery.
    """
    counts = Counts(received=chunk.received, unchanged=len(chunk.repeated))
    identities = [stated.identity for stated in chunk.stated]
    standing = _standing(batch, identities)
    said_by_these_bytes = _said_before(batch, identities) if batch.time > 1 else frozenset()
    numbers = iter(reserve(Record, len(chunk.stated)))
    kept = []
    for stated in chunk.stated:
        before = standing.get(stated.identity, _UNHEARD)
        content = digest(f"withdrawn {stated.content.hex()}") if stated.operation == "d" else stated.content
        said_before = before.content == content or (stated.identity, content) in said_by_these_bytes
        if said_before or (before.own is None and stated.operation == "d"):
            counts.unchanged += 1
            continue
        kept.append(row := Kept(next(numbers), stated, content, before))
        # An envelope may state one fact several times in a chunk: each takes the place of the one before.
        standing[stated.identity] = Standing(row.number, content, before.elsewhere)
        if before.own is None:
            counts.accepted += 1
        else:
            counts.superseding += 1
    with writing():
        _write(batch, kept, heard, at)
        _quarantine(batch, chunk, counts, at)
    return counts


def _standing(batch: OpenBatch, identities: Sequence[bytes]) -> dict[bytes, Standing]:
    """Return identity → what is known of it from closed batches, and from this one as far as written.

    Sources correct themselves, never each other: only a source's own statement is superseded.
    """
    found: dict[bytes, Standing] = {}
    for start in range(0, len(identities), _KEYS_AT_ONCE):
        keys = identities[start : start + _KEYS_AT_ONCE]
        with connection.cursor() as cursor:
            # Plain SQL: asked of every delivered row, and an expression tree of 900 keys costs more than its answer.
            cursor.execute(_STANDING.format(keys=", ".join(["%s"] * len(keys))), [*keys, batch.number])
            for stored, record, content, source, how in cursor.fetchall():
                identity = bytes(stored)
                before = found.get(identity, _UNHEARD)
                if source == batch.source:
                    found[identity] = Standing(record, bytes(content), before.elsewhere)
                elif how != STATED_ELSEWHERE:
                    found[identity] = before._replace(elsewhere=None if how == WITHDRAWN else record)
    return found


def _said_before(batch: OpenBatch, identities: Sequence[bytes]) -> frozenset[tuple[bytes, bytes]]:
    """Return (identity, content) of what the same bytes stated when they were delivered before.

    An old file sent once more says nothing new: it does not undo corrections made since.
    """
    found: set[tuple[bytes, bytes]] = set()
    for start in range(0, len(identities), _KEYS_AT_ONCE):
        rows = Record.objects.filter(
            identity__in=identities[start : start + _KEYS_AT_ONCE],
            batch__feed=batch.feed,
            batch__sha256=batch.sha256,
            batch__revision__isnull=False,
        )
        found.update((bytes(identity), bytes(content)) for identity, content in rows.values_list("identity", "content"))
    return frozenset(found)


_STANDING = """
SELECT record.identity, record.id, record.content, batch.source, first.how
FROM records_record AS record
JOIN sources_batch AS batch ON batch.id = record.batch_id
JOIN records_attribution AS first ON first.record_id = record.id AND first.revision IS NULL
WHERE record.identity IN ({keys}) AND (batch.revision IS NOT NULL OR batch.id = %s)
ORDER BY CASE WHEN batch.revision IS NULL THEN 1 ELSE 0 END, batch.revision, record.id
"""


def _write(batch: OpenBatch, kept: Sequence[Kept], heard: Heard, at: datetime) -> None:
    owners = _owners(batch, [row.stated for row in kept], heard, at)
    fill(
        Record,
        _RECORD,
        (
            (row.number, batch.authority, batch.number, row.content, row.before.own, *_stated(row.stated))
            for row in kept
        ),
    )
    owned = [_attributed(row, owners[row.stated.row]) for row in kept]
    fill(Attribution, ("record_id", "enterprise_id", "how", "reasons"), owned)


def _attributed(row: Kept, owner: tuple[int | None, str]) -> tuple[int, int | None, str, str | None]:
    """Return the attribution of a record: one fact stated by two sources is kept twice and counted once."""
    if row.before.elsewhere is not None and owner[1] != WITHDRAWN:
        return row.number, None, STATED_ELSEWHERE, json.dumps({"record": row.before.elsewhere})
    return row.number, *owner, None


def _owners(
    batch: OpenBatch, rows: Sequence[StatedFact], heard: Heard, at: datetime
) -> dict[int, tuple[int | None, str]]:
    """Return row number → (enterprise or None, how it was found).

    A credit code settles it, and registers an enterprise not heard of provisionally. An older
    code settles it when exactly one enterprise is known to go by it. A name never does.
    """
    stated: dict[str, list[StatedEnterprise]] = {}
    older: dict[str, set[str]] = {}
    owners: dict[int, tuple[int | None, str]] = {}
    coded, uncoded = [], []
    for row in rows:
        if row.operation == "d":
            owners[row.row] = None, WITHDRAWN
        elif code := row.credit_code:
            coded.append((row.row, code))
            said = (row.name, row.record_type == REGISTRATION, row.codes[1:])
            if heard.last.get(code) != said:
                heard.last[code] = said
                stated.setdefault(code, []).append(StatedEnterprise(*said))
        else:
            uncoded.append(row)
            for kind, code in row.codes:
                older.setdefault(kind, set()).add(code)
    heard.numbers.update(register_stated(stated=stated, source=batch.source, at=at))
    owners.update((row, (heard.numbers[code], "credit_code")) for row, code in coded)
    known = {kind: by_identities(kind, codes) for kind, codes in older.items()}
    owners.update((row.row, _owner(row, known)) for row in uncoded)
    return owners


def _owner(row: StatedFact, known: Mapping[str, Mapping[str, set[int]]]) -> tuple[int | None, str]:
    found = {(kind, number) for kind, code in row.codes for number in known.get(kind, {}).get(code, set())}
    owners = {number for _, number in found}
    return (owners.pop(), min(found)[0]) if len(owners) == 1 else (None, "unmatched")


def _quarantine(batch: OpenBatch, chunk: CheckedChunk, counts: Counts, at: datetime) -> None:
    """Count the refused rows by code and keep them, once for the same bytes delivered again.

    A natural person's row waits for nobody: it is turned away at the door, number and reason kept.
    """
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
            **(_turned_away(at) if problems[0].code == PERSON else {}),
        )
        for row, problems in by_row.items()
        if row not in kept_before
    )


def _turned_away(at: datetime) -> dict[str, object]:
    return {"state": "rejected", "settled_by": "system:door", "settled_at": at, "reason": PERSON}


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
