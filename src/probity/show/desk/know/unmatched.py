"""Unmatched: accepted records of which nobody knows yet whose they are."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import queries as records
from probity.show.desk.frame import page, page_number
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.sheets import Cell

COLUMNS = (
    Column("day", gettext_lazy("Held on"), sorts=True),
    Column("type", gettext_lazy("Record"), sorts=True, is_fixed=True),
    Column("name", gettext_lazy("Name as stated")),
    Column("source", gettext_lazy("Source"), sorts=True),
    Column("delivery", gettext_lazy("Delivery"), sorts=True),
    Column("row", gettext_lazy("Row"), is_number=True),
)


@require_safe
@requires(Permission.ENTERPRISE_READ)
def unmatched(request: Asked) -> HttpResponse:
    """List unmatched records with the number in all; none is carried by a name alone."""
    type_, source = request.GET.get("type", ""), request.GET.get("source", "")
    listed = arranged_for(request, "unmatched", COLUMNS)
    order = listed.arrangement.order
    asked = partial(records.unmatched, by=request.actor, type_=type_, source=source, order=order)
    if is_sheet(request.GET):
        return list_sheet(listed.arrangement, lambda n: asked(page=n, size=EXPORT_PAGE), _cells)
    found = asked(page=page_number(request.GET))
    shown = {
        "found": found,
        "lines": [line | _titles(line) for line in found.lines],
        "types": sorted(lawbook().record_types(request.today).items()),
        "sources": lawbook().sources,
        "type": type_,
        "source": source,
    }
    return page(request, "unmatched.html", "unmatched", listed=listed, **shown)


def _titles(line: Mapping[str, Any]) -> dict[str, str]:
    """Return the words for what a record is, who stated it, and the name it bears."""
    language = get_language() or "zh"
    type_ = lawbook().record_types(line["occurred_on"]).get(line["type"])
    source = lawbook().sources.get(line["source"])
    return {
        "name": json.loads(line["fields"]).get("enterprise_name", ""),
        "title": type_.title.of(language) if type_ else line["type"],
        "source_title": source.title.of(language) if source else line["source"],
    }


def _cells(line: Mapping[str, Any]) -> Mapping[str, Cell]:
    words = _titles(line)
    return {
        "day": line["occurred_on"],
        "type": words["title"],
        "name": words["name"],
        "source": words["source_title"],
        "delivery": line["batch_id"],
        "row": line["row_number"],
    }
