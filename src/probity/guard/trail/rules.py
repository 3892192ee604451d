"""Trail: what the content digest of an entry covers."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime


def canonical(value: object) -> str:
    """Return the canonical JSON of a value: sorted keys, no blanks, characters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def content_digest(*, at: datetime, act: str, by: str, authority: str, about: str, detail: Mapping[str, object]) -> str:
    """Return the SHA-256 of an entry's content, moments in UTC to the microsecond."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = canonical([moment, act, by, authority, about, detail])
    return hashlib.sha256(text.encode()).hexdigest()
