"""Identity provider: signing in through it, and joining by invitation."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import FactorRefused
from probity.show.desk.guard.letting_in import after_first_proof, safe
from probity.show.parts.asked import Asked
from probity.show.parts.proving import provider_title
from probity.terms import Text


@require_POST
def start(request: Asked) -> HttpResponse:
    """Send the browser to the provider; a code of an invitation travels in the session, not in the address."""
    if not settings.PROBITY_PROVIDER:
        raise Http404("no provider")
    try:
        trip = queries.begin_trip(_back(request))
    except FactorRefused as refusal:
        return _refused(request, refusal.text)
    way_on = safe(request, request.POST.get("next", ""))
    request.session["provider"] = {**trip.state, "next": way_on, "invitation": request.POST.get("invitation", "")[:100]}
    return HttpResponseRedirect(trip.address)


@never_cache
@require_safe
def back(request: Asked) -> HttpResponse:
    """Take the provider's answer; a subject nobody invited opens nothing."""
    kept = request.session.pop("provider", {})
    told = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    try:
        proven = queries.finish_trip(kept, told, _back(request))
        if kept["invitation"]:
            actions.link(
                code=kept["invitation"], issuer=proven.issuer, subject=proven.subject, by=request.actor, at=request.at
            )
    except FactorRefused as refusal:
        return _refused(request, refusal.text)
    account = queries.linked_account(proven.issuer, proven.subject)
    if account is None:
        return _refused(
            request,
            Text(
                "您的统一认证身份尚未绑定本平台账号，请向安全管理员索取邀请",
                "your identity is not joined to an account here; ask your security administrator for an invitation",
            ),
        )
    request.session["id_token"] = proven.token
    return after_first_proof(request, account, "provider", kept["next"])


@never_cache
@require_safe
def invited(request: Asked, code: str) -> HttpResponse:
    """Show what an invitation does, before the browser goes to the provider."""
    if not settings.PROBITY_PROVIDER or not queries.is_invited(code, at=request.at):
        return _refused(
            request,
            Text("邀请已使用或已过期，请联系管理员重新邀请", "the invitation was used or is over; ask for a new one"),
        )
    if request.user.is_authenticated:
        logout(request)
    return render(request, "desk/guard/invited.html", {"code": code, "provider": provider_title()})


def signed_out(request: Asked, token: str) -> HttpResponse:
    """Return where the browser goes after signing out: to the provider, to end its session there too."""
    home = request.build_absolute_uri(reverse("public:home"))
    address = queries.sign_out_address(token, home) if token and settings.PROBITY_PROVIDER else ""
    return HttpResponseRedirect(address) if address else redirect("public:home")


def _back(request: Asked) -> str:
    return request.build_absolute_uri(reverse("desk:provider_back"))


def _refused(request: Asked, text: Text) -> HttpResponse:
    return render(request, "desk/guard/not_joined.html", {"text": text}, status=403)
