"""Ciphers: digests of names and encrypted secrets, by keys drawn from the secret."""

import base64
import hashlib
import hmac
import unicodedata

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypted(text: str) -> str:
    """Return a text that only this installation can read: a copied database alone does not give it."""
    return _ciphers().encrypt(text.encode()).decode()


def decrypted(kept: str) -> str | None:
    """Return the text, or None when it was encrypted under a secret nobody has any more."""
    try:
        return _ciphers().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def name_digest(name: str) -> str:
    """Return what is kept of a name typed at the door: some type their password there."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return hmac.new(_drawn("names", str(settings.SECRET_KEY)), folded.encode(), hashlib.sha256).hexdigest()


def _ciphers() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_drawn("factors", str(secret)))) for secret in secrets])


def _drawn(purpose: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), f"probity.credentials.{purpose}".encode(), hashlib.sha256).digest()
