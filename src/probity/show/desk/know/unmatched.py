"""Unmatched: accepted records of which nobody knows yet whose they are."""

import json

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import queries as records
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked


@require_safe
@requires(Permission.ENTERPRISE_READ)
def unmatched(request: Asked) -> HttpResponse:
    """List unmatched records with the number in all; none is carried by a name alone."""
    found = records.unmatched(by=request.actor, page=page_number(request.GET))
    types = lawbook().record_types(request.today)
    lines = []
    for line in found.lines:
        stated = json.loads(line["fields"])
        type_ = types.get(line["type"])
        source = lawbook().sources.get(line["source"])
        title = type_.title.of(get_language() or "zh") if type_ else line["type"]
        source_title = source.title.of(get_language() or "zh") if source else line["source"]
        lines.append(line | {"name": stated.get("enterprise_name", ""), "title": title, "source_title": source_title})
    return page(request, "unmatched.html", "unmatched", found=found, lines=lines)
