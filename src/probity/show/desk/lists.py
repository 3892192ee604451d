"""Lists: arranged as the reader wants, and the views they keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probity.show.desk.actions import ViewNotKept, drop_view, keep_view
from probity.show.desk.queries import views_of
from probity.show.parts.access import requires
from probity.show.parts.arranging import Arrangement, Column, arranged
from probity.show.parts.asked import Asked

LISTS = ("enterprises", "deliveries", "quarantine", "runs", "unmatched", "endings")
"""The lists of the desk that a person may arrange; each is the name of its address too."""


@dataclass(frozen=True, slots=True)
class View:
    """A view a person kept; `is_now` when the page shows exactly it."""

    name: str
    query: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """How a list is shown to this reader: its arrangement and their own views of it."""

    arrangement: Arrangement
    views: tuple[View, ...]


def arranged_for(request: Asked, name: str, columns: Sequence[Column], asked: QueryDict | None = None) -> Listed:
    """Return how a list is shown: by the address first, then by what the person chose before.

    `asked` stands in for the address where a form was refused and the list is shown again.
    """
    kept = views_of(request.user.pk, name) if request.user.pk else []
    chosen = QueryDict(dict(kept).get("", "")).get("columns", "").split(",")
    arrangement = arranged(name, columns, request.GET if asked is None else asked, kept=[key for key in chosen if key])
    views = tuple(View(each, query, query == arrangement.query) for each, query in kept if each)
    return Listed(arrangement, views)


@require_POST
@requires(None)
def keep(request: Asked, name: str) -> HttpResponse:
    """Keep or drop a view, or choose the columns of a list, and lead back to the list as it was."""
    if name not in LISTS:
        raise Http404(name)
    act, query = request.POST.get("act", ""), request.POST.get("query", "")
    account = request.user.pk or 0
    keeping = partial(keep_view, account=account, list_=name, by=request.actor, at=request.at)
    said = QueryDict(query, mutable=True)
    try:
        if act == "keep" and (title := request.POST.get("name", "").strip()):
            keeping(name=title, query=query)
            messages.success(request, _("This view was kept as “%(name)s”.") % {"name": title[:60]})
        elif act == "drop":
            dropped = request.POST.get("name", "")
            drop_view(account=account, list_=name, name=dropped, by=request.actor, at=request.at)
        elif act == "columns":
            said.pop("columns", None)
            chosen = urlencode({"columns": ",".join(request.POST.getlist("column"))})
            keeping(name="", query=chosen)
    except ViewNotKept as refusal:
        messages.error(request, refusal.text.of(request.LANGUAGE_CODE))
    left = said.urlencode()
    return redirect(reverse(f"desk:{name}") + (f"?{left}" if left else ""))
