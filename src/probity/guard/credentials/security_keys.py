"""Security keys: what a browser is asked, and if its answer holds (WebAuthn)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from probity.guard.credentials.types import Challenge, Site

VERIFIED = UserVerificationRequirement.REQUIRED
PREFERRED = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A key as it was enrolled: its identifier, its public part, its count of uses."""

    credential: str
    public_key: bytes
    sign_count: int


def ask_to_enrol(site: Site, account: int, name: str, known: Sequence[bytes]) -> Challenge:
    """Return what the browser is asked when a key is added; those already known are refused by the key itself."""
    user = PublicKeyCredentialUserEntity(id=str(account).encode(), name=name, display_name=name)
    options, state = _server(site).register_begin(
        user,
        [AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=PREFERRED,
    )
    return Challenge(json.dumps(dict(options.public_key)), _kept(state))


def enrolled(site: Site, state: Mapping[str, Any], answer: str) -> Enrolled | None:
    """Return the key that answered, or None when the answer does not hold."""
    try:
        found = _server(site).register_complete(dict(state), json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError):
        return None
    data = found.credential_data
    return Enrolled(websafe_encode(data.credential_id), bytes(data), found.counter) if data is not None else None


def ask_to_prove(site: Site, known: Sequence[bytes] | None) -> Challenge:
    """Return what the browser is asked; None lets a key say itself whose it is, and then it must verify its bearer."""
    credentials = None if known is None else [AttestedCredentialData(one) for one in known]
    options, state = _server(site).authenticate_begin(credentials, VERIFIED if known is None else PREFERRED)
    return Challenge(json.dumps(dict(options.public_key)), _kept(state))


def credential_in(answer: str) -> str | None:
    """Return which key an answer says it is of, or None when it cannot be read."""
    try:
        stated = json.loads(answer)["rawId"]
        return websafe_encode(websafe_decode(stated))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def proved(site: Site, state: Mapping[str, Any], public_key: bytes, answer: str) -> int | None:
    """Return the key's count of uses when the answer holds, else None."""
    try:
        _server(site).authenticate_complete(dict(state), [AttestedCredentialData(public_key)], json.loads(answer))
        return int(AuthenticationResponse.from_dict(json.loads(answer)).response.authenticator_data.counter)
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError):
        return None


def _server(site: Site) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=site.host, name="Probity 信监")
    return Fido2Server(party, verify_origin=lambda origin: origin == site.origin)


def _kept(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state as a session can keep it."""
    verification = state["user_verification"]
    return {"challenge": state["challenge"], "user_verification": str(verification.value) if verification else None}
