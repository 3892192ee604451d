"""Enterprise list: enterprises found by name or code."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.know.registry import queries as registry
from probity.know.registry.types import EnterpriseLine
from probity.show.desk.frame import page, page_number
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.regions import region_title
from probity.show.parts.sheets import Cell

COLUMNS = (
    Column("name", gettext_lazy("Name"), sorts=True, is_fixed=True),
    Column("code", gettext_lazy("Credit code"), sorts=True),
    Column("region", gettext_lazy("Registered in")),
    Column("state", gettext_lazy("State")),
)
STATES = ("registered", "provisional")


@require_safe
@requires(Permission.ENTERPRISE_READ)
def enterprises(request: Asked) -> HttpResponse:
    """Find enterprises; a search that names exactly one credit code opens it."""
    searched, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    state = state if state in STATES else ""
    listed = arranged_for(request, "enterprises", COLUMNS)
    asked = partial(registry.search, searched, by=request.actor, state=state, order=listed.arrangement.order)
    if is_sheet(request.GET):
        return list_sheet(listed.arrangement, lambda n: asked(page=n, size=EXPORT_PAGE), _cells)
    found = asked(page=page_number(request.GET))
    if found.total == 1 and found.lines[0].code == searched.upper():
        return redirect("desk:enterprise", code=found.lines[0].code)
    lines = [(line, region_title(line)) for line in found.lines]
    shown = {"found": found, "lines": lines, "searched": searched, "state": state, "listed": listed}
    return page(request, "enterprises.html", "enterprises", **shown)


def _cells(line: EnterpriseLine) -> Mapping[str, Cell]:
    state = _("provisional") if line.is_provisional else _("registered")
    return {"name": line.name, "code": line.code, "region": region_title(line), "state": state}
