"""Sharing: a secret split among three, of whom any two can open it."""

from collections.abc import Mapping

from probity.engine.drawing.types import HASH_BYTES

HOLDERS = (1, 2, 3)
"""The office, the second signer, the auditor."""

_INVERSE = {1: 0x01, 2: 0x8D, 3: 0xF6}
"""Inverses in the field of 256 elements with the polynomial 11b."""


def split(secret: bytes, entropy: bytes) -> dict[int, bytes]:
    """Return holder → share (Shamir, byte by byte over 256 elements: secret + holder × entropy).

    One share alone tells nothing at all, because the entropy is as long as the secret.

    Raises:
        ValueError: when secret or entropy is not 32 bytes.
    """
    if len(secret) != HASH_BYTES or len(entropy) != HASH_BYTES:
        raise ValueError("a secret and the entropy that splits it are 32 bytes each")
    return {
        holder: bytes(kept ^ _times(holder, slope) for kept, slope in zip(secret, entropy, strict=True))
        for holder in HOLDERS
    }


def joined(shares: Mapping[int, bytes]) -> bytes:
    """Return the secret from exactly two shares; the commitment in the plan says whether they were right.

    Raises:
        ValueError: when there are not two shares of 32 bytes by two of the holders.
    """
    if len(shares) != 2 or not set(shares) <= set(HOLDERS) or {len(share) for share in shares.values()} != {HASH_BYTES}:
        raise ValueError("two shares of 32 bytes each, of two holders, are needed")
    (one, first), (other, second) = sorted(shares.items())
    inverse = _INVERSE[one ^ other]
    slopes = (_times(inverse, a ^ b) for a, b in zip(first, second, strict=True))
    return bytes(a ^ _times(one, slope) for a, slope in zip(first, slopes, strict=True))


def _times(a: int, b: int) -> int:
    """Multiply in the field of 256 elements."""
    product = 0
    while a:
        if a & 1:
            product ^= b
        b = (b << 1) ^ (0x11B if b & 0x80 else 0)
        a >>= 1
    return product
