"""Account: signing in and out, one's own password, and how the desk looks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from probity.guard.authorities import actions as authorities
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked

APPEARANCES = ("system", "light", "dark")


class SignIn(forms.Form):
    """The two fields of the sign-in page; the account is kept after a refusal, the password never."""

    account = forms.CharField(max_length=150)
    password = forms.CharField(max_length=256, strip=False)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: Asked) -> HttpResponse:
    """Show the sign-in form, or let somebody in and lead on to where they wanted to go."""
    way_on = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "GET":
        return redirect(way_on) if request.user.is_authenticated else _gate(request, way_on)
    form = SignIn(request.POST)
    account = None
    if form.is_valid():
        account = authenticate(
            request, username=form.cleaned_data["account"].strip(), password=form.cleaned_data["password"]
        )
    if account is None:
        return _gate(request, way_on, typed=request.POST.get("account", ""), is_wrong=True)
    login(request, account)
    return redirect(reverse("desk:password") if getattr(account, "must_change_password", False) else way_on)


@require_POST
def sign_out(request: Asked) -> HttpResponse:
    """End the session and lead to the public pages."""
    logout(request)
    return redirect("public:home")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@requires(None)
def password(request: Asked) -> HttpResponse:
    """Show one's own account and let the password be changed."""
    account: Any = request.user  # `requires` let nobody in who did not sign in
    form = PasswordChangeForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        authorities.change_password(
            account=account.pk, password=form.cleaned_data["new_password1"], by=request.actor, at=request.at
        )
        account.refresh_from_db()
        update_session_auth_hash(request, account)
        messages.success(request, _("The password was changed."))
        return redirect("desk:home")
    status = 400 if form.errors else 200
    appearance = request.COOKIES.get("appearance", "system")
    return page(request, "password.html", "account", form=form, appearance=appearance, status=status)


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


def _gate(request: Asked, way_on: str, *, typed: str = "", is_wrong: bool = False) -> HttpResponse:
    shown = {"way_on": way_on, "typed": typed, "is_wrong": is_wrong}
    return render(request, "desk/login.html", shown, status=400 if is_wrong else 200)


def _safe(request: Asked, address: str) -> str:
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("desk:home")
