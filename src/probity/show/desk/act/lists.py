"""Lists: every list with its law and its freshness, and who stands on one today."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from probity.act.lists import queries as lists
from probity.act.measures import queries as measures
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked


@require_safe
@requires(Permission.LIST_READ)
def all_lists(request: Asked) -> HttpResponse:
    """List the programmes by kind: law, how many stand on each today, how fresh it is, or why it is off."""
    covered = {one.programme: one for one in lists.covered_on(request.today, at=request.at)}
    counts = lists.counts(on=request.today, by=request.actor)
    lines = [
        (programme, covered.get(key), counts.get(key, 0))
        for key, programme in lawbook().programmes(request.today).items()
    ]
    lines.sort(key=lambda line: (_ORDER.index(line[0].kind), line[0].key))
    return page(request, "lists.html", "lists", lines=lines)


_ORDER = ["serious", "ban", "abnormal", "red"]


@require_safe
@requires(Permission.LIST_READ)
def one_list(request: Asked, key: str) -> HttpResponse:
    """Show one list: its grounds, term and exits, what may follow, and who stands on it today."""
    programme = lawbook().programmes(request.today).get(key)
    if programme is None:
        raise Http404(key)
    shown = {
        "programme": programme,
        "found": lists.on_list(key, on=request.today, page=page_number(request.GET), by=request.actor),
        "coverage": next((c for c in lists.covered_on(request.today, at=request.at) if c.programme == key), None),
        "measures": [
            line
            for line in measures.catalogue(on=request.today, by=request.actor)
            if any(trigger.programme == key for trigger in line.measure.triggers)
        ],
    }
    return page(request, "list.html", "lists", **shown)
