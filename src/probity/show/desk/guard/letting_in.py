"""Letting in: a proved account gets its session; a second factor is asked first."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from probity.guard.authorities.queries import account_of, actor_of
from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import Guest
from probity.show.parts.access import must_change_password
from probity.show.parts.asked import Asked

WAITS = timedelta(minutes=10)
"""How long a proved password waits for the second factor."""


def after_first_proof(request: Asked, account: int, how: str, way_on: str) -> HttpResponse:
    """Ask for the second factor where there is one, else let the account in."""
    if queries.factors(account).lines:
        request.session.cycle_key()
        kept = {"account": account, "how": how, "at": request.at.isoformat(), "next": way_on}
        request.session["second"] = kept
        return redirect("desk:second")
    return let_in(request, account, how, way_on)


def waiting_account(request: Asked) -> dict[str, Any] | None:
    """Return what waits for its second factor in this session, or None when nothing does any more."""
    kept = request.session.get("second")
    if not kept or request.at - datetime.fromisoformat(kept["at"]) > WAITS:
        request.session.pop("second", None)
        return None
    return dict(kept)


def let_in(request: Asked, account: int, how: str, way_on: str) -> HttpResponse:
    """Begin the session of an account that proved itself in full, and lead on."""
    person: Any = account_of(account)
    token = request.session.get("id_token", "")
    login(request, person)
    request.session.pop("second", None)
    if token:
        request.session["id_token"] = token
    request.actor = actor_of(person, on=request.today)
    guest = Guest(secrets.token_urlsafe(32), request.address, request.headers.get("User-Agent", ""))
    actions.start_sign_in(account=account, how=how, guest=guest, by=request.actor, at=request.at)
    request.session["sign_in"] = guest.mark
    request.sign_in = queries.live_sign_in(guest.mark, at=request.at)
    request.session["has_second"] = how not in ("password", "provider")
    return redirect(reverse("desk:password") if must_change_password(request) else way_on)


def safe(request: Asked, address: str) -> str:
    """Return an address of ours to go on to, the desk's home for any other."""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("desk:home")
