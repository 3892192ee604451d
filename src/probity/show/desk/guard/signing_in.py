"""Signing in: password, then the second factor; or a security key that is both."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import Tried
from probity.show.desk.guard.identity_provider import signed_out
from probity.show.desk.guard.letting_in import after_first_proof, let_in, safe, waiting_account
from probity.show.parts.asked import Asked
from probity.show.parts.proving import provider_title, site_of


class SignIn(forms.Form):
    """The two fields of the sign-in page; the account is kept after a refusal, the password never."""

    account = forms.CharField(max_length=150)
    password = forms.CharField(max_length=256, strip=False)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Asked) -> HttpResponse:
    """Show the sign-in form, or let somebody in and lead on to where they wanted to go."""
    way_on = safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        return redirect(way_on) if request.user.is_authenticated else _gate(request, way_on)
    form = SignIn(request.POST)
    if not form.is_valid():
        return _gate(request, way_on, typed=request.POST.get("account", "")[:150], tried=Tried(None, 1))
    typed = form.cleaned_data["account"].strip()
    password = form.cleaned_data["password"]
    tried = actions.try_password(name=typed, password=password, address=request.address, at=request.at)
    if tried.account is None:
        return _gate(request, way_on, typed=typed, tried=tried)
    return after_first_proof(request, tried.account, "password", way_on)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: Asked) -> HttpResponse:
    """Ask for the second factor: a code of the app, a security key, or a recovery code."""
    waiting = waiting_account(request)
    if waiting is None:
        return redirect("desk:login")
    account = int(waiting["account"])
    held = queries.factors(account)
    tried = None
    if request.method == "POST":
        how, tried = _try_second(request, account)
        if tried.account is not None:
            return let_in(request, account, f"{waiting['how']}+{how}", safe(request, waiting["next"]))
    challenge = queries.ask_to_prove(account, site=site_of(request)) if held.has_key else None
    if challenge:
        request.session["challenge"] = dict(challenge.state)
    shown = {"held": held, "tried": tried, "minutes": _minutes(tried), "options": challenge and challenge.options}
    return render(request, "desk/guard/second.html", shown, status=400 if tried else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def with_key(request: Asked) -> HttpResponse:
    """Sign in by a security key alone: it says whose it is and verifies its bearer, so it is two proofs."""
    way_on = safe(request, request.POST.get("next") or request.GET.get("next") or "")
    tried = None
    if request.method == "POST":
        state = request.session.pop("challenge", {})
        answer = request.POST.get("answer", "")[:20_000]
        tried = actions.try_key(
            account=None, site=site_of(request), state=state, answer=answer, address=request.address, at=request.at
        )
        if tried.account is not None:
            return let_in(request, tried.account, "key", way_on)
    challenge = queries.ask_to_prove(None, site=site_of(request))
    request.session["challenge"] = dict(challenge.state)
    shown = {"way_on": way_on, "tried": tried, "minutes": _minutes(tried), "options": challenge.options}
    return render(request, "desk/guard/with_key.html", shown, status=400 if tried else 200)


@require_POST
def sign_out(request: Asked) -> HttpResponse:
    """End the session and lead to the public pages."""
    if request.sign_in is not None and request.user.pk is not None:
        actions.end_sign_in(
            account=request.user.pk, sign_in=request.sign_in.id, because="asked", by=request.actor, at=request.at
        )
    token = request.session.get("id_token", "")
    logout(request)
    return signed_out(request, token)


def _try_second(request: Asked, account: int) -> tuple[str, Tried]:
    """Look at whichever of the three proofs was sent."""
    kept: dict[str, Any] = {"account": account, "address": request.address, "at": request.at}
    if request.POST.get("answer"):
        state, answer = request.session.pop("challenge", {}), request.POST["answer"][:20_000]
        return "key", actions.try_key(site=site_of(request), state=state, answer=answer, **kept)
    if request.POST.get("recovery"):
        return "recovery", actions.try_code(code=request.POST["recovery"][:40], by=request.actor, **kept)
    return "app", actions.try_app(code=request.POST.get("code", "")[:20], **kept)


def _minutes(tried: Tried | None) -> int:
    return -(-tried.wait_seconds // 60) if tried else 0


def _gate(request: Asked, way_on: str, *, typed: str = "", tried: Tried | None = None) -> HttpResponse:
    lock = queries.try_limits().lock
    shown = {
        "way_on": way_on,
        "typed": typed,
        "tried": tried,
        "minutes": _minutes(tried),
        "lock_minutes": int(lock.total_seconds() // 60),
        "is_over": request.session.pop("is_over", "") if "is_over" in request.session else "",
        "provider": provider_title(),
    }
    status = 200 if tried is None else 429 if tried.wait_seconds else 400
    answer = render(request, "desk/login.html", shown, status=status)
    if tried is not None and tried.wait_seconds:
        answer["Retry-After"] = str(tried.wait_seconds)
    return answer
