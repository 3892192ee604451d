"""Factors: one's own second proofs, and the codes on paper that replace them."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import FactorRefused
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.proving import account_in, asks_again, site_of


@never_cache
@require_safe
@requires(None)
def factors(request: Asked) -> HttpResponse:
    """List one's own second factors."""
    return page(request, "guard/factors.html", "account", held=queries.factors(account_in(request)), tab="factors")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(None)
@asks_again
def add_app(request: Asked) -> HttpResponse:
    """Show the square code of a fresh secret; the first code of the app proves that it holds it."""
    account, name = account_in(request), request.user.get_username()
    refused = None
    kept = request.session.get("app_offer", "") if request.method == "POST" else ""
    if kept:
        try:
            title = request.POST.get("title", "").strip()[:80] or _("Authenticator app")
            code = request.POST.get("code", "")[:20]
            actions.add_app(account=account, kept=kept, code=code, title=title, by=request.actor, at=request.at)
        except FactorRefused as refusal:
            refused = refusal.text
        else:
            request.session.pop("app_offer")
            return _added(request, account)
    offer = queries.app_offer(name, kept=kept)
    request.session["app_offer"] = offer.kept
    square = segno.make(offer.address, error="m").svg_inline(scale=4, border=2, light="white", svgclass="pb-square")
    shown = {
        "square": mark_safe(square),  # noqa: S308  (drawn by us from our own secret)
        "secret": " ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4)),
        "refused": refused,
        "title": request.POST.get("title", ""),
        "tab": "factors",
    }
    return page(request, "guard/add_app.html", "account", status=400 if refused else 200, **shown)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(None)
@asks_again
def add_key(request: Asked) -> HttpResponse:
    """Enrol a security key or the machine's own."""
    account, refused = account_in(request), None
    if request.POST.get("answer"):
        title = request.POST.get("title", "").strip()[:80] or _("Security key")
        state, answer = request.session.pop("challenge", {}), request.POST["answer"][:40_000]
        try:
            actions.add_key(
                account=account,
                site=site_of(request),
                state=state,
                answer=answer,
                title=title,
                by=request.actor,
                at=request.at,
            )
        except FactorRefused as refusal:
            refused = refusal.text
        else:
            return _added(request, account)
    challenge = queries.ask_to_enrol(account, request.user.get_username(), site=site_of(request))
    request.session["challenge"] = dict(challenge.state)
    shown = {"options": challenge.options, "refused": refused, "title": request.POST.get("title", ""), "tab": "factors"}
    return page(request, "guard/add_key.html", "account", status=400 if refused else 200, **shown)


@require_POST
@requires(None)
@asks_again
def remove(request: Asked, number: int) -> HttpResponse:
    """Take one of one's own factors away."""
    actions.remove_factor(account=account_in(request), factor=number, by=request.actor, at=request.at)
    messages.success(request, _("The second factor was removed."))
    return redirect("desk:factors")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(None)
@asks_again
def codes(request: Asked) -> HttpResponse:
    """Make ten fresh recovery codes and show them this once."""
    if request.method == "GET":
        return redirect("desk:factors")
    made = actions.make_recovery_codes(account=account_in(request), by=request.actor, at=request.at)
    return page(request, "guard/codes.html", "account", codes=made, tab="factors")


def _added(request: Asked, account: int) -> HttpResponse:
    """Say that a factor was added; whoever has no recovery codes yet is shown fresh ones at once."""
    request.session["has_second"] = True
    messages.success(request, _("The second factor was added."))
    if queries.factors(account).codes_left:
        return redirect("desk:factors")
    made = actions.make_recovery_codes(account=account, by=request.actor, at=request.at)
    return page(request, "guard/codes.html", "account", codes=made, tab="factors")
