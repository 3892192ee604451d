"""Identities: which fact a row states, and whether this file did before."""

from hashlib import sha256
from json.encoder import encode_basestring

DIGEST_BYTES = 16


def fragment(key: str, value: object) -> str:
    """Return `"key":value` of canonical JSON; empty where nothing is stated.

    Canonical: keys sorted, no nulls, no blanks, characters beyond ASCII as they are. Values are
    texts, whole numbers, flags and days (ISO).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'"{key}":{"true" if value else "false"}'
    if isinstance(value, int):
        return f'"{key}":{value}'
    return f'"{key}":{encode_basestring(str(value))}'


def digest(text: str) -> bytes:
    """Return sixteen bytes of SHA-256 of a text."""
    return sha256(text.encode()).digest()[:DIGEST_BYTES]


class SeenRows:
    """What one file has stated so far: counts equal rows and remembers facts with an identity.

    One object goes through all chunks of a file in order. For a resumed delivery it is rebuilt
    by sending the chunks already kept through the door again: the door is a pure function.
    """

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._equal: dict[bytes, int] = {}
        self._once: dict[bytes, bytes] = {}  # identity → content and row, packed: a file has millions

    def ordinal(self, row: bytes) -> int:
        """Return how many equal rows came before this one."""
        before = self._equal.get(row, 0)
        self._equal[row] = before + 1
        return before

    def first(self, identity: bytes, content: bytes, row: int) -> tuple[bytes, int] | None:
        """Return the content and row with which a fact was first stated, or None and remember it now."""
        found = self._once.get(identity)
        if found is None:
            self._once[identity] = content + row.to_bytes(4, "big")
            return None
        return found[:DIGEST_BYTES], int.from_bytes(found[DIGEST_BYTES:], "big")
