"""Rulebook: the law as officers read it, with its articles and digests."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.show.desk.frame import page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.questions import read_day
from probity.show.parts.rule_pages import headings, rule_context


@require_safe
@requires(Permission.RULE_READ)
def rules(request: Asked) -> HttpResponse:
    """List the rules of today by kind."""
    shown = {"headings": headings(request.today), "digest": lawbook().digest, "on": request.today}
    return page(request, "rules.html", "rules", **shown)


@require_safe
@requires(Permission.RULE_READ)
def rule(request: Asked, kind: str, key: str) -> HttpResponse:
    """Show one rule as it stands on a day."""
    on = read_day(request.GET.get("on", "")) or request.today
    try:
        shown = rule_context(kind, key, on)
    except KeyError as missing:
        raise Http404(str(missing)) from missing
    return page(request, "rule.html", "rules", **shown)
