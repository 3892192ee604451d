"""Signing: the key of this installation, under the name of its algorithm."""

import os
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

ALGORITHM = "ed25519"
"""By which new heads are signed; each head names its own, so that another can follow (SM2)."""


class Algorithm(Protocol):
    """A way of signing: keys as files, signatures and public keys as hexadecimal text."""

    def make(self, place: Path) -> None:
        """Make a private key and keep it in `place`."""

    def public(self, place: Path) -> str:
        """Return the public key of the private key in `place`."""

    def sign(self, place: Path, message: bytes) -> str:
        """Sign by the private key in `place`."""

    def is_signed(self, key: str, message: bytes, signature: str) -> bool:
        """Whether a public key's owner signed the message."""


class Ed25519:
    """Ed25519 (RFC 8032), the private key as unencrypted PKCS 8 readable by its owner only."""

    def make(self, place: Path) -> None:
        """Make the key; of two processes at once the first one's stays."""
        made = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = place.with_name(f"{place.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made)
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def public(self, place: Path) -> str:
        """Return the 32 bytes of the public key as 64 digits."""
        return self._private(place).public_key().public_bytes_raw().hex()

    def sign(self, place: Path, message: bytes) -> str:
        """Return the 64 bytes of the signature as 128 digits."""
        return self._private(place).sign(message).hex()

    def is_signed(self, key: str, message: bytes, signature: str) -> bool:
        """Whether the signature fits; a text that is no key or no signature does not."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
        except (ValueError, InvalidSignature):
            return False
        return (key, signature) == (key.lower(), signature.lower())

    def _private(self, place: Path) -> Ed25519PrivateKey:
        key = serialization.load_pem_private_key(place.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{place} holds no Ed25519 key")
        return key


ALGORITHMS: dict[str, Algorithm] = {"ed25519": Ed25519()}
"""Name, as heads and exports state it → the way of signing."""


def public_key() -> str:
    """Return the public key of this installation, making the pair at first need."""
    return ALGORITHMS[ALGORITHM].public(_place())


def sign(message: str) -> str:
    """Sign a text in the name of this installation."""
    return ALGORITHMS[ALGORITHM].sign(_place(), message.encode())


def is_signed(algorithm: str, key: str, message: str, signature: str) -> bool:
    """Whether the owner of a public key signed a text; an unknown algorithm proves nothing."""
    way = ALGORITHMS.get(algorithm)
    return way is not None and way.is_signed(key, message.encode(), signature)


def _place() -> Path:
    place = Path(settings.PROBITY_HOME) / "keys" / f"trail.{ALGORITHM}"
    if not place.exists():
        ALGORITHMS[ALGORITHM].make(place)
    return place
