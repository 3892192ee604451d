"""Proving: sensitive acts ask again who sits there, losing nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import Site, Tried
from probity.show.parts.asked import Asked
from probity.terms import Text

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Asked, Rest], HttpResponse]

OURS = ("again_password", "again_code", "again_answer", "again_read", "csrfmiddlewaretoken")
"""Fields of the question itself; everything else is what the person had typed."""


def asks_again(view: View[Rest]) -> View[Rest]:
    """Return a view that asks for password or factor when the last proof is too old.

    Stands below `requires`. What was sent waits inside the question and goes on with the answer.
    """

    @wraps(view)
    def proved(request: Asked, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if queries.is_proved(request.sign_in, at=request.at):
            return view(request, *args, **kwargs)
        tried = None
        if any(request.POST.get(name) for name in OURS[:3]):
            how, tried = _look(request)
            if tried.account is not None and request.sign_in is not None:
                actions.prove(sign_in=request.sign_in.id, how=how, by=request.actor, at=request.at)
                request.sign_in = replace(request.sign_in, proved_at=request.at)
                if request.POST.get("again_read"):
                    return HttpResponseRedirect(request.get_full_path())
                return view(request, *args, **kwargs)
        return _question(request, tried)

    proved.asks_again = True  # type: ignore[attr-defined]
    return proved  # type: ignore[return-value]  # wraps hides the names of the arguments


def account_in(request: Asked) -> int:
    """Return the number of the account that is signed in.

    Raises:
        LookupError: when nobody is; `requires` let nobody come so far.
    """
    if request.user.pk is None:
        raise LookupError("nobody is signed in")
    return int(request.user.pk)


def site_of(request: Asked) -> Site:
    """Return under which name and origin the browser sees us."""
    host = request.get_host()
    return Site(host.rsplit(":", 1)[0] if not host.endswith("]") else host, f"{request.scheme}://{host}")


def provider_title() -> Text | None:
    """Return what the button of the identity provider says, or None where there is no provider."""
    if not settings.PROBITY_PROVIDER:
        return None
    chinese, _, english = settings.PROBITY_PROVIDER_TITLE.partition("|")
    return Text(chinese.strip(), english.strip() or chinese.strip())


BROWSERS = ("Edg", "Firefox", "Chromium", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "HarmonyOS", "Linux")


def browser_of(agent: str) -> str:
    """Return what a browser calls itself, in two words."""
    browser = next((name for name in BROWSERS if name in agent), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    named = " · ".join(part for part in (browser.replace("Edg", "Edge"), system) if part)
    return named or agent[:40]


def _look(request: Asked) -> tuple[str, Tried]:
    account = account_in(request)
    kept: dict[str, Any] = {"address": request.address, "at": request.at}
    if request.POST.get("again_answer"):
        state, answer = request.session.pop("challenge", {}), request.POST["again_answer"][:20_000]
        return "key", actions.try_key(account=account, site=site_of(request), state=state, answer=answer, **kept)
    if request.POST.get("again_code"):
        return "app", actions.try_app(account=account, code=request.POST["again_code"][:20], **kept)
    name, password = request.user.get_username(), request.POST["again_password"][:256]
    tried = actions.try_password(name=name, password=password, **kept)
    return "password", tried if tried.account in (None, account) else replace(tried, account=None)


def _question(request: Asked, tried: Tried | None) -> HttpResponse:
    account = account_in(request)
    held = queries.factors(account)
    challenge = queries.ask_to_prove(account, site=site_of(request)) if held.has_key else None
    if challenge:
        request.session["challenge"] = dict(challenge.state)
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in OURS]
    shown = {
        "room": "account",
        "held": held,
        "tried": tried,
        "minutes": -(-tried.wait_seconds // 60) if tried else 0,
        "options": challenge and challenge.options,
        "typed": typed,
        "is_read": request.method == "GET" or bool(request.POST.get("again_read")),
        "has_files": bool(request.FILES),
    }
    return render(request, "parts/again.html", shown, status=400 if tried else 200)
