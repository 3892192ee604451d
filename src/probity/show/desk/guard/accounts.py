"""Accounts: locks opened, lost factors taken away, invitations."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from probity.guard.authorities.types import Permission
from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import FactorRefused
from probity.know.registry.types import Page
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.proving import asks_again, provider_title


@never_cache
@require_safe
@requires(Permission.SIGN_IN_MANAGE)
def accounts(request: Asked) -> HttpResponse:
    """List the accounts one looks after: factors, last use, locks."""
    searched, number = request.GET.get("q", "").strip()[:100], page_number(request.GET)
    lines, total = queries.accounts(by=request.actor, at=request.at, text=searched, page=number)
    found = Page(lines, number, queries.PAGE_SIZE, total)
    return page(request, "guard/accounts.html", "accounts", found=found, text=searched, provider=provider_title())


@require_POST
@requires(Permission.SIGN_IN_MANAGE)
@asks_again
def release(request: Asked, number: int) -> HttpResponse:
    """Open the lock of an account."""
    actions.release_lock(account=number, by=request.actor, at=request.at)
    messages.success(request, _("The lock was opened."))
    return redirect("desk:accounts")


@require_POST
@requires(Permission.SIGN_IN_MANAGE)
@asks_again
def end_all(request: Asked, number: int) -> HttpResponse:
    """End every session of an account."""
    actions.end_every_sign_in(account=number, because="administrator", by=request.actor, at=request.at)
    messages.success(request, _("Every session of this account was ended."))
    return redirect("desk:accounts")


@require_POST
@requires(Permission.SIGN_IN_MANAGE)
@asks_again
def reset(request: Asked, number: int) -> HttpResponse:
    """Take away the factors somebody lost; a reason is asked."""
    try:
        reason = request.POST.get("reason", "")[:300]
        actions.reset_factors(account=number, reason=reason, by=request.actor, at=request.at)
    except FactorRefused as refusal:
        messages.error(request, refusal.text.of(request.LANGUAGE_CODE))
    else:
        messages.success(request, _("The second factors were taken away. Give a new one when they next sign in."))
    return redirect("desk:accounts")


@require_POST
@requires(Permission.SIGN_IN_MANAGE)
@asks_again
def invite(request: Asked, number: int) -> HttpResponse:
    """Make an invitation and show its address, this once."""
    if not settings.PROBITY_PROVIDER:
        raise Http404("no provider")
    code = actions.invite(account=number, by=request.actor, at=request.at)
    address = request.build_absolute_uri(reverse("desk:invited", args=[code]))
    return page(request, "guard/invitation.html", "accounts", address=address)
