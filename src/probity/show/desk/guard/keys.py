"""Keys: what programs ask with: given, renewed and taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from probity.guard.authorities.queries import allowed, title_of, tree
from probity.guard.authorities.types import Permission
from probity.guard.credentials import actions, queries
from probity.guard.credentials.types import KeyLine, KeyRefused, KeyTerms
from probity.know.registry.types import Page
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.proving import asks_again
from probity.show.parts.questions import read_day
from probity.terms import Actor, Text, Unknown, end_of_day

USUAL_LIFE = timedelta(days=180)
OVERLAPS = (0, 1, 7, 30)
"""For how many days the key before goes on beside the one that follows it."""


@dataclass(frozen=True, slots=True)
class Body:
    """An authority to choose from."""

    key: str
    title: Text


@never_cache
@require_safe
@requires(Permission.KEY_MANAGE)
def keys(request: Asked) -> HttpResponse:
    """List the keys within one's scope, newest first."""
    number = page_number(request.GET)
    lines, total = queries.keys(by=request.actor, page=number)
    found = Page(lines, number, queries.PAGE_SIZE, total)
    shown = [(line, line.state(request.at), Text(*title_of(line.authority))) for line in lines]
    return page(request, "guard/keys.html", "keys", found=found, lines=shown)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.KEY_MANAGE)
@asks_again
def new_key(request: Asked) -> HttpResponse:
    """Give a program a key; the secret is shown on the answer, this once."""
    refused = None
    typed = request.POST if request.method == "POST" else None
    if typed is not None:
        try:
            made = actions.make_key(terms=_terms(request), by=request.actor, at=request.at)
        except KeyRefused as refusal:
            refused = refusal.text
        else:
            return page(request, "guard/made_key.html", "keys", made=made)
    shown = {
        "bodies": _bodies(request.actor),
        "permissions": queries.FOR_PROGRAMS,
        "typed": typed or {"until": (request.today + USUAL_LIFE).isoformat(), "a_minute": "600"},
        "chosen": typed.getlist("permission") if typed else [],
        "refused": refused,
    }
    return page(request, "guard/new_key.html", "keys", status=400 if refused else 200, **shown)


@never_cache
@require_safe
@requires(Permission.KEY_MANAGE)
def key(request: Asked, number: int) -> HttpResponse:
    """Show one key: what it may, since when, how it is used, and what can be done with it."""
    line = _line(request, number)
    shown = {
        "line": line,
        "state": line.state(request.at),
        "body": Text(*title_of(line.authority)),
        "permissions": sorted({str(one) for grant in line.grants for one in grant.permissions}),
        "region": next((grant.region for grant in line.grants if grant.region), ""),
        "until": (request.today + USUAL_LIFE).isoformat(),
        "overlaps": OVERLAPS,
    }
    return page(request, "guard/key.html", "keys", **shown)


@require_POST
@requires(Permission.KEY_MANAGE)
@asks_again
def rotate(request: Asked, number: int) -> HttpResponse:
    """Make the key that follows, and let the one before run out."""
    days = request.POST.get("overlap", "7")
    overlap = timedelta(days=int(days) if days in {str(one) for one in OVERLAPS} else 7)
    until = _until(request.POST.get("until", ""), request.at)
    try:
        made = actions.rotate_key(key=number, overlap=overlap, expires_at=until, by=request.actor, at=request.at)
    except KeyRefused as refusal:
        messages.error(request, refusal.text.of(request.LANGUAGE_CODE))
        return redirect("desk:key", number=number)
    except Unknown as missing:
        raise Http404(str(missing)) from missing
    return page(request, "guard/made_key.html", "keys", made=made)


@require_POST
@requires(Permission.KEY_MANAGE)
def revoke(request: Asked, number: int) -> HttpResponse:
    """End a key at once; nobody is asked again, for taking back must be quick."""
    try:
        reason = request.POST.get("reason", "").strip()[:300]
        actions.revoke_key(key=number, reason=reason, by=request.actor, at=request.at)
    except Unknown as missing:
        raise Http404(str(missing)) from missing
    messages.success(request, _("The key was revoked. It opens nothing any more."))
    return redirect("desk:key", number=number)


def _line(request: Asked, number: int) -> KeyLine:
    try:
        return queries.key(number, by=request.actor)
    except Unknown as missing:
        raise Http404(str(missing)) from missing


def _terms(request: Asked) -> KeyTerms:
    typed = request.POST
    authority = typed.get("authority", "")
    if authority not in {body.key for body in _bodies(request.actor)}:
        raise KeyRefused("请选择使用该密钥的部门", "choose the body whose program it is")
    minute = typed.get("a_minute", "")
    return KeyTerms(
        typed.get("title", "")[:120],
        authority,
        typed.get("purpose", "")[:300],
        queries.program_grants(typed.getlist("permission"), authority, typed.get("region", "").strip()[:6]),
        _until(typed.get("until", ""), request.at),
        int(minute) if minute.isascii() and minute.isdigit() and len(minute) < 7 else 0,
    )


def _until(text: str, at: datetime) -> datetime:
    """Return the end of the day stated; what is no day is already over, and refused as such."""
    day = read_day(text)
    return end_of_day(day) if day else at


def _bodies(by: Actor) -> list[Body]:
    within = (key for key in tree().bodies if allowed(by, Permission.KEY_MANAGE, authority=key))
    return [Body(key, Text(*title_of(key))) for key in sorted(within)]
