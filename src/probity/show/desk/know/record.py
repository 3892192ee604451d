"""Record: one fact as stated, whose it was, what ended it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import moment_of, revision_at
from probity.know.dossiers import queries as dossiers
from probity.know.records import queries as records
from probity.know.registry import queries as registry
from probity.show.desk.frame import page
from probity.show.desk.know.enterprises import type_of
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.questions import question
from probity.show.parts.stating import headline, stated_fields


@require_safe
@requires(Permission.ENTERPRISE_READ)
def record(request: Asked, number: int) -> HttpResponse:
    """Show one record: all that was stated, by whom, in which row, both clocks, what ended it."""
    asked = question(request.GET, request.today)
    try:
        line, owner = dossiers.record(number, as_of=asked.as_of, known_at=asked.known_at, by=request.actor)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    type_ = type_of(line)
    shown = {
        "line": line,
        "fields": stated_fields(type_, line.fields) if type_ else (),
        "type": type_,
        "headline": headline(type_, line.fields) if type_ else "",
    }
    clocks = {"as_of": asked.as_of, "known_at": asked.known_at, "is_another_day": asked.is_another_day}
    history = _history(request, number, owner, revision_at(asked.known_at))
    return page(request, "record.html", "enterprises", **shown, **clocks, **history, asked=asked)


def _history(request: Asked, number: int, owner: int | None, revision: int) -> dict[str, Any]:
    """Return what became known of a record, as known at a revision: its ends, and whose it was."""
    attributions = records.attributions_about(number, revision=revision, by=request.actor)
    named = {one.enterprise for one in attributions if one.enterprise} | ({owner} if owner else set())
    holders = registry.enterprises(named)
    return {
        "holder": holders.get(owner) if owner is not None else None,
        "events": records.events_about(number, revision=revision, by=request.actor),
        "attributions": [
            {"line": one, "holder": holders.get(one.enterprise or 0), "known_at": moment_of(one.revision)}
            for one in attributions
        ],
    }
