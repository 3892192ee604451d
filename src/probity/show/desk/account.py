"""Account: one's own password, and how the desk looks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from probity.guard.credentials import actions as credentials
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked

APPEARANCES = ("system", "light", "dark")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@requires(None)
def password(request: Asked) -> HttpResponse:
    """Show one's own account and let the password be changed."""
    account: Any = request.user  # `requires` let nobody in who did not sign in
    form = PasswordChangeForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        credentials.change_password(
            account=account.pk,
            password=form.cleaned_data["new_password1"],
            sign_in=request.sign_in.id if request.sign_in else None,
            by=request.actor,
            at=request.at,
        )
        account.refresh_from_db()
        update_session_auth_hash(request, account)
        messages.success(request, _("The password was changed. You are signed out everywhere else."))
        return redirect("desk:home")
    status = 400 if form.errors else 200
    appearance = request.COOKIES.get("appearance", "system")
    return page(request, "password.html", "account", form=form, appearance=appearance, status=status, tab="account")


@require_POST
@requires(None)
def appearance(request: Asked) -> HttpResponse:
    """Keep the person's choice of light, dark or the system's own."""
    chosen = request.POST.get("appearance", "system")
    response = HttpResponseRedirect(reverse("desk:password"))
    kept = chosen if chosen in APPEARANCES else "system"
    response.set_cookie(
        "appearance", kept, max_age=366 * 86400, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response
