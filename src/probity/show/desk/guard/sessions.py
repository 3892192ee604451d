"""Sessions: where one is signed in, and ending it there."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from probity.guard.credentials import actions, queries
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.proving import account_in, browser_of


@never_cache
@require_safe
@requires(None)
def sessions(request: Asked) -> HttpResponse:
    """List one's own live sessions."""
    found = queries.sign_ins(account_in(request), at=request.at)
    lines = [(line, browser_of(line.agent)) for line in found]
    limits = queries.session_limits()
    shown = {
        "lines": lines,
        "present": request.sign_in.id if request.sign_in else None,
        "idle_minutes": int(limits.idle.total_seconds() // 60),
        "hours": int(limits.longest.total_seconds() // 3600),
        "tab": "sessions",
    }
    return page(request, "guard/sessions.html", "account", **shown)


@require_POST
@requires(None)
def end(request: Asked, number: int) -> HttpResponse:
    """End one of one's own sessions."""
    actions.end_sign_in(account=account_in(request), sign_in=number, because="asked", by=request.actor, at=request.at)
    if request.sign_in is not None and request.sign_in.id == number:
        logout(request)
        return redirect("desk:login")
    messages.success(request, _("The session was ended."))
    return redirect("desk:sessions")


@require_POST
@requires(None)
def stay(request: Asked) -> HttpResponse:
    """Go on with the session that was about to end unused: it was seen just now."""
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return HttpResponse(status=204)
    return redirect("desk:sessions")
