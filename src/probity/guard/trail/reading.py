"""Reading: entries and seals as the texts that were digested, fast and in order."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from probity.guard.trail.rules import FORM, PARTS

CHUNK = 5_000
"""Rows read at once."""

LOOK_BACK = 5_000
"""Row numbers below the newest sealed one among which a late commit is looked for in every turn."""

SWEEP = 20_000
"""Row numbers swept in each turn for anything later still, block after block."""

Row = tuple[Any, ...]


def sealed_chunks(after: int, until: int | None = None) -> Iterator[list[Row]]:
    """Yield some thousand times (number, entry, entry digest, previous, digest, the entry's own digest, its text) by number.

    Digest and text are None where the entry is gone.
    """
    ends = "" if until is None else "AND s.number <= %s "
    limits = [] if until is None else [until]
    statement = (
        f"SELECT s.number, s.entry, s.entry_digest, s.previous, s.digest, e.digest, {_text()} "  # noqa: S608 (names of ours)
        f"FROM trail_seal s LEFT JOIN trail_trailentry e ON e.id = s.entry "
        f"WHERE s.number > %s {ends}ORDER BY s.number LIMIT {CHUNK}"
    )
    while rows := _rows(statement, [after, *limits]):
        yield rows
        after = rows[-1][0]


def waiting_rows(above: int, limit: int) -> list[Row]:
    """Return (entry, digest, text) of unsealed entries above a row number, lowest first."""
    return _rows(f"SELECT e.id, e.digest, {_text()} {_WAITING} ORDER BY e.id LIMIT {int(limit)}", [above, _FAR])


def waiting_between(above: int, until: int, limit: int) -> list[Row]:
    """Return the same of a span of row numbers."""
    return _rows(f"SELECT e.id, e.digest, {_text()} {_WAITING} ORDER BY e.id LIMIT {int(limit)}", [above, until])


def waiting_numbers(above: int) -> list[Row]:
    """Return (how many wait, the oldest moment among them) above a row number."""
    return _rows(f"SELECT count(*), min({_MOMENT[connection.vendor]}) {_WAITING}", [above, _FAR])


def chain_end() -> tuple[int, str, int]:
    """Return the number and digest of the newest seal, and the highest entry sealed."""
    ((number, digest, entry),) = _rows(
        "SELECT (SELECT max(number) FROM trail_seal), "
        "(SELECT digest FROM trail_seal ORDER BY number DESC LIMIT 1), (SELECT max(entry) FROM trail_seal)",
        [],
    )
    return number or 0, digest or "", entry or 0


def counts() -> tuple[int, int]:
    """Return how many entries and how many seals there are."""
    ((entries, seals),) = _rows("SELECT (SELECT count(*) FROM trail_trailentry), (SELECT count(*) FROM trail_seal)", [])
    return int(entries), int(seals)


_FAR = 2**62
_MOMENT = {
    "sqlite": (
        "CASE WHEN e.at GLOB '????-??-?? ??:??:??.??????' THEN replace(e.at, ' ', 'T') || '+00:00' "
        "WHEN e.at GLOB '????-??-?? ??:??:??' THEN replace(e.at, ' ', 'T') || '.000000+00:00' ELSE e.at || '' END"
    ),
    "postgresql": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')",
}
"""A moment as every digest has it; on SQLite one not written as Django writes it stays as it is."""

_WAITING = (
    "FROM trail_trailentry e WHERE e.id > %s AND e.id <= %s "
    "AND NOT EXISTS (SELECT 1 FROM trail_seal s WHERE s.entry = e.id)"
)


def _text() -> str:
    """Return the expression of the text that an entry's digest covers, joined by the database: twice as fast."""
    columns = ", ".join((_MOMENT[connection.vendor], *(f'e."{name}"' for name in PARTS[1:])))
    if connection.vendor == "postgresql":
        return f"concat_ws(chr(10), '{FORM}', {columns})"
    return f"format(replace('{FORM}{'~%%s' * len(PARTS)}', '~', char(10)), {columns})"


def _rows(statement: str, values: Sequence[int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
