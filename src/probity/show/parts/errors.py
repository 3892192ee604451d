"""Errors: pages that say what happened, what is kept, and the way on."""

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

ICONS = {403: "lock", 404: "search", 409: "git-branch", 410: "clock", 413: "file-import", 429: "hourglass"}

SENTENCES = {
    400: (
        _("This request could not be read"),
        _("Something in the address or the form was not understood. Nothing was changed."),
    ),
    403: (
        _("You may not open this"),
        _("Whether it exists is not said here. Your administrator can grant the permission."),
    ),
    404: (_("Nothing is found at this address"), _("It may have been mistyped, or the page has another address now.")),
    409: (
        _("Someone else settled this while you were at it"),
        _("Nothing was overwritten, and what you typed is kept below."),
    ),
    410: (_("This record is no longer public"), _("Its publicity ended or was lifted.")),
    413: (
        _("This file is too large"),
        _("Nothing of it was stored. Split the file, or ask the administrator to raise the limit."),
    ),
    429: (_("Too many requests in a short time"), _("Please wait a minute and go on. Nothing was changed.")),
    500: (_("Something failed on our side"), _("It has been written down. What was saved before stays as it was.")),
    503: (
        _("The platform is being maintained"),
        _("Please come back in a few minutes. Nothing that was saved is lost."),
    ),
}
"""Status → the one sentence, and what is kept."""


def refused(request: HttpRequest, status: int, **told: Any) -> HttpResponse:
    """Return the error page of a status in the frame of the face that was asked.

    `told` may hold `permission`, `sentence`, `kept` (a mapping of label → typed text) and
    `back` (an address with its words).
    """
    number = secrets.token_hex(4).upper()
    title, sentence = SENTENCES[status]
    logger.warning("page refused: status=%s number=%s path=%s", status, number, request.path)
    is_desk = request.path.startswith("/desk/") and getattr(getattr(request, "user", None), "is_authenticated", False)
    frame = "parts/desk.html" if is_desk else "parts/public.html"
    page = {"frame": frame, "is_desk": is_desk, "status": status, "title": title, "sentence": sentence}
    page |= {"number": f"{number[:4]}-{number[4:]}", "icon": ICONS.get(status, "alert-circle")}
    return render(request, "parts/error.html", page | told, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address or form that was not understood; a body beyond the limit is 413."""
    from django.core.exceptions import RequestDataTooBig, TooManyFilesSent

    too_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return refused(request, 413 if too_large else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer somebody who may not."""
    return refused(request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose protection ran out; what was typed is shown so that it is not lost."""
    kept = {key: value for key, value in request.POST.items() if key != "csrfmiddlewaretoken" and "password" not in key}
    return refused(
        request,
        403,
        sentence=_("The page was open too long and its form ran out. Open it again and send once more."),
        kept=kept,
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer an address at which nothing is."""
    return refused(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when a fault of ours stopped the page; asks nothing of the database."""
    number = secrets.token_hex(4).upper()
    logger.error("page failed: number=%s path=%s", number, request.path, exc_info=sys.exc_info())
    title, sentence = SENTENCES[500]
    page = {"frame": "parts/bare.html", "status": 500, "title": title, "sentence": sentence}
    return render(
        request, "parts/error.html", page | {"number": f"{number[:4]}-{number[4:]}", "icon": "alert-circle"}, status=500
    )
