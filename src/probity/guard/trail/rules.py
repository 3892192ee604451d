"""Trail: what the digests of entries and of the chain cover."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

FORM = "probity-entry-2"
"""First line of what an entry's digest covers; another arrangement would bear another name."""

BEFORE_THE_FIRST = "0" * 64
"""What the first seal names as the digest of the one before it."""

PARTS = (
    "at",
    "act",
    "by",
    "authority",
    "about",
    "decision",
    "software",
    "rulebook",
    "detail",
    "before",
    "after",
)
"""The columns that an entry's digest covers, in their order."""


def canonical(value: object) -> str:
    """Return the canonical JSON of a value: sorted keys, no blanks, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def moment_text(at: datetime) -> str:
    """Return a moment as every digest has it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_text(parts: Sequence[str]) -> str:
    """Return what an entry's digest covers: the form and the texts of `PARTS`, one a line.

    Raises:
        ValueError: when a text holds a line of its own; two entries could then have one text.
    """
    text = "\n".join((FORM, *parts))
    if text.count("\n") != len(PARTS):
        raise ValueError("a text of the trail holds no line break")
    return text


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def link_digest(previous: str, number: int, entry: int, digest: str) -> str:
    """Return the chain's digest at one seal: of the one before, its number, its entry and the entry's digest."""
    return text_digest(f"{previous}\n{number}\n{entry}\n{digest}")


def rows_digest(rows: Iterable[object]) -> str:
    """Return one digest of many rows in their order, for the single entry that a bulk act leaves."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{canonical(row)}\n".encode())
    return digest.hexdigest()


def is_intact(text: str, digest: str) -> bool:
    """Whether an entry still is what was digested when the act was done.

    Entries of before software stamped its version carry a digest of their first six parts.
    """
    if text_digest(text) == digest:
        return True
    try:
        _, at, act, by, authority, about, decision, software, rulebook, detail, before, after = text.split("\n")
        stated = json.loads(detail)
    except ValueError:
        return False
    if decision or software or rulebook or (before, after) != ("{}", "{}"):
        return False
    return text_digest(canonical([at, act, by, authority, about, stated])) == digest


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Return what stood before and after, of the names whose values differ only."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
