"""Identity provider: who somebody is, as their office says (OpenID Connect)."""

import base64
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import jwt
from django.conf import settings

from probity.guard.credentials.types import FactorRefused, ProvenSubject, ProviderTrip

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by which an identity token is believed: none of them with a shared secret."""

LONGEST_ANSWER = 1 << 20
PATIENCE_SECONDS = 8
LEEWAY_SECONDS = 60
"""How far the provider's clock may be from ours."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the provider answers, from its own description."""

    authorization: str
    token: str
    keys: str
    end_session: str


def begin(back: str) -> ProviderTrip:
    """Return where to send the browser, and what is remembered until it comes back.

    Raises:
        FactorRefused: when the provider does not answer as it should.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": settings.PROBITY_PROVIDER_CLIENT,
        "redirect_uri": back,
        "scope": "openid",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = _endpoints().authorization
    joined = address + ("&" if "?" in address else "?") + urllib.parse.urlencode(query)
    return ProviderTrip(joined, {"state": state, "nonce": nonce, "verifier": verifier})


def finish(kept: Mapping[str, Any], told: Mapping[str, str], back: str) -> ProvenSubject:
    """Return whom the provider proved, when state, nonce, signature, audience and time all hold.

    Raises:
        FactorRefused: when any of them does not.
    """
    if not kept or not hmac.compare_digest(str(kept.get("state", "")), told.get("state", "")):
        _refuse("登录过程已中断，请重新开始", "the sign-in was interrupted; begin once more")
    if told.get("iss", settings.PROBITY_PROVIDER) != settings.PROBITY_PROVIDER:
        _refuse("返回来自另一认证机构", "the answer came from another provider")
    if "code" not in told:
        _refuse("认证机构未予确认，或您已取消", "the provider did not confirm you, or you cancelled")
    endpoints = _endpoints()
    form = {
        "grant_type": "authorization_code",
        "code": told["code"],
        "redirect_uri": back,
        "code_verifier": str(kept["verifier"]),
    }
    answer = _post(endpoints.token, form)
    token = str(answer.get("id_token", ""))
    claims = _claims(token, endpoints.keys)
    if not hmac.compare_digest(str(claims.get("nonce", "")), str(kept["nonce"])):
        _refuse("身份凭证不属于这次登录", "the identity token belongs to another sign-in")
    return ProvenSubject(settings.PROBITY_PROVIDER, str(claims["sub"]), token)


def sign_out_address(token: str, back: str) -> str:
    """Return where the browser ends its session at the provider too, empty where there is no such place."""
    try:
        address = _endpoints().end_session
    except FactorRefused:
        return ""
    if not address:
        return ""
    query = {
        "id_token_hint": token,
        "client_id": settings.PROBITY_PROVIDER_CLIENT,
        "post_logout_redirect_uri": back,
    }
    return address + ("&" if "?" in address else "?") + urllib.parse.urlencode(query)


def _claims(token: str, keys: str) -> dict[str, Any]:
    """Return what a token says when its signature, issuer, audience and times hold."""
    client = settings.PROBITY_PROVIDER_CLIENT
    try:
        header = jwt.get_unverified_header(token)
        known = jwt.PyJWKSet.from_dict(_get(keys)).keys
        key = next(one for one in known if one.key_id == header.get("kid") or len(known) == 1)
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(ALGORITHMS),
            audience=client,
            issuer=settings.PROBITY_PROVIDER,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, StopIteration, ValueError, KeyError):
        _refuse("身份凭证无法核验", "the identity token does not hold")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client:
        _refuse("身份凭证发给了另一系统", "the identity token was made for another party")
    return claims


def _endpoints() -> Endpoints:
    issuer = settings.PROBITY_PROVIDER
    if not issuer:
        _refuse("本平台未设认证机构", "no identity provider is set up here")
    told = _get(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        _refuse("认证机构的自我说明与设置不符", "the provider describes itself under another name")
    try:
        return Endpoints(
            _safe(str(told["authorization_endpoint"])),
            _safe(str(told["token_endpoint"])),
            _safe(str(told["jwks_uri"])),
            _safe(str(told.get("end_session_endpoint") or "")),
        )
    except KeyError:
        _refuse("认证机构的自我说明不完整", "the provider's description is not complete")


def _safe(address: str) -> str:
    """Return an address that is https, or of this machine itself; anything else could be read on its way."""
    parts = urllib.parse.urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if address and parts.scheme != "https" and not is_here:
        _refuse("认证机构的地址不是 https", "an address of the provider is not https")
    return address


def _get(address: str) -> dict[str, Any]:
    return _answer(urllib.request.Request(_safe(address), headers={"Accept": "application/json"}))  # noqa: S310


def _post(address: str, form: Mapping[str, str]) -> dict[str, Any]:
    client, secret = settings.PROBITY_PROVIDER_CLIENT, settings.PROBITY_PROVIDER_SECRET
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    if secret:
        pair = f"{urllib.parse.quote_plus(client)}:{urllib.parse.quote_plus(secret)}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
    else:
        form = {**form, "client_id": client}
    body = urllib.parse.urlencode(form).encode()
    return _answer(urllib.request.Request(_safe(address), data=body, headers=headers))  # noqa: S310


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A provider answers at the address it named, nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""
        return


def _answer(request: urllib.request.Request) -> dict[str, Any]:
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=PATIENCE_SECONDS) as opened:
            found = json.loads(opened.read(LONGEST_ANSWER))
    except (OSError, ValueError, urllib.error.HTTPError):
        found = None
    if not isinstance(found, dict):
        _refuse("认证机构没有应答，请稍后再试或用口令登录", "the provider does not answer; use a password meanwhile")
    return found


def _refuse(zh: str, en: str) -> NoReturn:
    raise FactorRefused(zh, en)
