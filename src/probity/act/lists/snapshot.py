"""Snapshot: finished answers by credit code in a local file of one applier.

The database stays the truth; this file answers in microseconds and can be thrown away. Each value
begins with the first day on which the calendar alone would change it, so that a reader never gives
an answer of yesterday: past that day, and for every question about the past, the database answers.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import lmdb

from probity.act.lists.rules import turns_on
from probity.act.lists.telling import coverage_json, entry_json
from probity.act.lists.types import Coverage, ListEntry, is_covered

MAP_BYTES = 32 << 30
"""Address space, not disk: readers and writer must open with the same, or a grown file breaks readers."""

_META = b"\x00meta"
_NEVER = b"9999-12-31"
_CLEAN = _NEVER + b"[]"


@dataclass(frozen=True, slots=True)
class SnapshotState:
    """What a snapshot holds: up to which revision, for which day, with which coverage."""

    revision: int
    day: date
    known_at: str  # moment of that revision, by which a snapshot of another database is told
    coverage: bytes  # JSON of every list's freshness
    is_covered: bool
    good_until: datetime | None  # when the first list goes stale without news; None: nothing is carried


class Snapshot:
    """The file of one node; open it once in a process and ask it from any thread."""

    def __init__(self, folder: Path, *, writes: bool = False) -> None:
        """Open the file, making it when it is written to.

        Raises:
            FileNotFoundError: when there is none to read.
        """
        if not writes and not (folder / "data.mdb").exists():
            raise FileNotFoundError(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._file = lmdb.open(
            os.fspath(folder), map_size=MAP_BYTES, readonly=not writes, lock=True, max_readers=512, readahead=False
        )

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def state(self) -> SnapshotState | None:
        """Return what the snapshot holds, None before the first application."""
        with self._file.begin(buffers=False) as reading:
            return _state(reading.get(_META))

    def answers(self, codes: Iterable[bytes], *, on: date) -> tuple[SnapshotState | None, list[bytes | None]]:
        """Return the state and, per code, the JSON of its entries; None where the database must answer.

        One read transaction: state and answers are of one version, whatever is applied meanwhile.
        """
        today = on.isoformat().encode()
        with self._file.begin(buffers=False) as reading:
            state = _state(reading.get(_META))
            if state is None or state.day > on:
                return state, [None for _ in codes]
            get = reading.get
            found = [get(code, _CLEAN) for code in codes]
        return state, [value[10:] if value[:10] > today else None for value in found]

    def apply(
        self, changed: Mapping[str, tuple[ListEntry, ...]], state: SnapshotState, *, afresh: bool = False
    ) -> None:
        """Write the entries of some codes and the new state in one transaction; no reader sees half of it."""
        with self._file.begin(write=True) as writing:
            if afresh:
                writing.drop(self._file.open_db(txn=writing), delete=False)
            for code, entries in changed.items():
                if entries:
                    writing.put(code.encode(), _value(entries))
                else:
                    writing.pop(code.encode())
            writing.put(_META, _stated(state))

    def ending(self, on: date) -> Iterator[str]:
        """Yield the codes whose answer the calendar has changed by a day."""
        today = on.isoformat().encode()
        with self._file.begin() as reading:
            for code, value in reading.cursor():
                if code != _META and value[:10] <= today:
                    yield code.decode()

    def digest(self) -> str:
        """Return the SHA-256 of all answers in the order of codes: two snapshots that agree have one digest."""
        whole = hashlib.sha256()
        with self._file.begin() as reading:
            for code, value in reading.cursor():
                if code != _META:
                    whole.update(code + value)
        return whole.hexdigest()


def state_of(coverage: tuple[Coverage, ...], *, good_until: datetime | None, **stated: Any) -> SnapshotState:
    """Return the state of a snapshot with this coverage."""
    text = json.dumps(coverage_json(coverage), ensure_ascii=False, separators=(",", ":"))
    return SnapshotState(coverage=text.encode(), is_covered=is_covered(coverage), good_until=good_until, **stated)


def _value(entries: tuple[ListEntry, ...]) -> bytes:
    turns = turns_on(entries)
    first = turns.isoformat().encode() if turns else _NEVER
    return first + json.dumps([entry_json(one) for one in entries], ensure_ascii=False, separators=(",", ":")).encode()


def _stated(state: SnapshotState) -> bytes:
    stated = {
        "revision": state.revision,
        "day": state.day.isoformat(),
        "known_at": state.known_at,
        "coverage": state.coverage.decode(),
        "covered": state.is_covered,
        "good_until": state.good_until.isoformat() if state.good_until else None,
    }
    return json.dumps(stated, ensure_ascii=False).encode()


def _state(text: bytes | None) -> SnapshotState | None:
    if text is None:
        return None
    stated = json.loads(text)
    until = stated["good_until"]
    return SnapshotState(
        stated["revision"],
        date.fromisoformat(stated["day"]),
        stated["known_at"],
        stated["coverage"].encode(),
        stated["covered"],
        datetime.fromisoformat(until) if until else None,
    )
