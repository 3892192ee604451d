"""Middleware: the moment of a request, in whose name it is made, and its session."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from probity.guard.authorities.queries import actor_of
from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import Guest
from probity.terms import shanghai_day
from probity.wiring import clock

Answer = Callable[[HttpRequest], HttpResponse]


def moment_and_actor(answer: Answer) -> Answer:
    """Give each request `at` (UTC), `today` (the legal day), `address`, `sign_in` and `actor`; views ask no clock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked: Any = request
        asked.at = clock.now()
        asked.today = shanghai_day(asked.at)
        asked.address = address_of(request)
        asked.sign_in = None
        if request.user.is_authenticated:
            _find_sign_in(asked)
        asked.actor = actor_of(request.user, on=asked.today)
        return answer(request)

    return middleware


def address_of(request: HttpRequest) -> str:
    """Return the client's address: what the outermost of our own proxies saw, else who connected."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.PROBITY_PROXIES
    if proxies and len(told) >= proxies:
        return str(told[-proxies])[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def _find_sign_in(asked: Any) -> None:
    """Find the session's row; one that ended is over, one begun before there were rows gets its own."""
    mark = asked.session.get("sign_in")
    if mark is None:
        guest = Guest(secrets.token_urlsafe(32), asked.address, asked.headers.get("User-Agent", ""))
        by = actor_of(asked.user, on=asked.today)
        actions.start_sign_in(account=asked.user.pk, how="earlier", guest=guest, by=by, at=asked.at, is_proof=False)
        asked.session["sign_in"] = mark = guest.mark
    asked.sign_in = queries.live_sign_in(mark, at=asked.at)
    if asked.sign_in is None:
        logout(asked)
        asked.session["is_over"] = "yes"
        return
    actions.see(sign_in=asked.sign_in.id, seen_at=asked.sign_in.seen_at, at=asked.at)
