"""Purposes: the page that asks for what a dossier is read, once a sitting."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from probity.guard.authorities.types import Permission
from probity.guard.trail.types import PurposeMissing
from probity.know.registry import queries as registry
from probity.show.desk.frame import page
from probity.show.parts import purposes
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.ENTERPRISE_READ)
def purpose(request: Asked) -> HttpResponse:
    """Ask for what a dossier is read, keep it for the sitting, and lead on to where the person wanted to go."""
    sent = request.POST if request.method == "POST" else request.GET
    subject = sent.get("subject", "").strip().upper()
    try:
        enterprise = registry.enterprise(subject)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    way_on = _safe(request, sent.get("next", ""), subject)
    refusal = None
    if request.method == "POST":
        try:
            purposes.remember(request, subject, purposes.typed(request))
            return redirect(way_on)
        except PurposeMissing as missing_purpose:
            refusal = missing_purpose
    shown = purposes.form_shown(request, refusal=refusal) | {"subject": subject, "way_on": way_on}
    status = 400 if refusal else 200
    return page(request, "purpose.html", "enterprises", enterprise=enterprise, status=status, **shown)


def _safe(request: Asked, address: str, subject: str) -> str:
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return address
    return reverse("desk:enterprise", args=[subject])
