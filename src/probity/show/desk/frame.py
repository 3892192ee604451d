"""Frame: what every page of the desk carries in its bar and its menu."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from probity.guard.authorities.types import NotPermitted
from probity.know.records import queries as records
from probity.show.parts.asked import Asked


def page(request: Asked, template: str, room: str, **shown: Any) -> HttpResponse:
    """Return a page of the desk; `room` is the menu entry under which it stands."""
    try:
        waiting, endings = records.waiting(by=request.actor), records.endings_waiting(by=request.actor)
    except NotPermitted:
        waiting = endings = 0
    status = shown.pop("status", 200)
    frame = {"room": room, "waiting": waiting, "endings_waiting": endings}
    return render(request, f"desk/{template}", frame | shown, status=status)


def page_number(asked: QueryDict) -> int:
    """Return the page asked for, the first one when the address says nothing that can be read."""
    text = str(asked.get("page", "1"))
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
