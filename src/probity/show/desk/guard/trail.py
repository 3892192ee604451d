"""Trail: what was done and who read which dossier, for the overseer."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.guard.trail.queries import public_key
from probity.show.desk.frame import page, page_number
from probity.show.oversight import queries as oversight
from probity.show.oversight.types import TrailQuestion
from probity.show.parts.access import requires
from probity.show.parts.acts import act_lines, title_of_act
from probity.show.parts.asked import Asked
from probity.show.parts.errors import refused
from probity.show.parts.questions import read_day
from probity.terms import end_of_day

PLACES = {
    "batch": "desk:delivery",
    "record": "desk:record",
    "enterprise": "desk:enterprise",
    "run": "desk:run",
}
"""What an entry is about → the page of the desk where it stands."""


def acts_about(about: str, request: Asked, permission: Permission) -> dict[str, Any]:
    """Return the newest acts about one thing for the page of that thing."""
    found = oversight.entries_about(about, by=request.actor, permission=permission)
    return {"days": act_lines(found, PLACES), "acts_about": about}


@require_safe
@requires(Permission.TRAIL_READ)
def trail(request: Asked) -> HttpResponse:
    """List what was done, newest first, by person, kind, thing and day; say how far it is sealed."""
    days = _days(request)
    text = {name: request.GET.get(name, "").strip() for name in ("actor", "act", "about")}
    asked = TrailQuestion(**text, since=_start(days[0]), until=_end(days[1]))
    found = oversight.entries(asked, by=request.actor, page=page_number(request.GET))
    shown = {
        "found": found,
        "days": act_lines(found.lines, PLACES),
        "asked": asked,
        "since": days[0],
        "until": days[1],
        "kinds": [(kind, title_of_act(kind)) for kind in oversight.kinds(by=request.actor)],
        "sealing": oversight.sealing(by=request.actor, at=request.at),
        "key": public_key(),
        "tab": "acts",
    }
    return page(request, "guard/trail.html", "trail", **shown)


@require_safe
@requires(Permission.TRAIL_READ)
def trail_export(request: Asked) -> HttpResponse:
    """Return the signed export of a span of days, to be checked with `tools/check_trail.py`."""
    since, until = _days(request)
    try:
        lines = oversight.export(since=_start(since), until=_end(until), by=request.actor, at=request.at)
        first = next(lines)
    except (LookupError, StopIteration):
        return refused(request, 404, sentence=_("Nothing of that span is sealed yet."))
    answer = StreamingHttpResponse(_written(first, lines), content_type="application/x-ndjson")
    name = f"trail-{since or 'begin'}-{until or request.today}.jsonl"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast(HttpResponse, answer)  # both are answers; only their common ground is not public in Django


@require_safe
@requires(Permission.TRAIL_READ)
def trail_readings(request: Asked) -> HttpResponse:
    """List who read which dossier, for what, at once and whole."""
    asked = {name: request.GET.get(name, "").strip() for name in ("subject", "actor", "purpose")}
    found = oversight.readings(by=request.actor, page=page_number(request.GET), **asked)
    rules = lawbook().reading_rules(request.today)
    lines = [(line, rules.purposes.get(line.purpose)) for line in found.lines]
    shown = {"found": found, "lines": lines, "purposes": rules.purposes.values(), "tab": "readings"}
    return page(request, "guard/readings.html", "trail", is_narrow=any(asked.values()), **shown, **asked)


def _written(first: str, lines: Iterator[str]) -> Iterator[bytes]:
    yield f"{first}\n".encode()
    for line in lines:
        yield f"{line}\n".encode()


def _days(request: Asked) -> tuple[date | None, date | None]:
    return read_day(request.GET.get("since", "")), read_day(request.GET.get("until", ""))


def _start(day: date | None) -> datetime | None:
    return end_of_day(day - timedelta(days=1)) if day else None


def _end(day: date | None) -> datetime | None:
    return end_of_day(day) if day else None
