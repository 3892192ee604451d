"""Home: what there is to do, in numbers that were counted just now."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import latest_revision, lawbook, moment_of
from probity.judge.evaluation import queries as evaluation
from probity.know.records import queries as records
from probity.know.registry import queries as registry
from probity.know.sources import queries as sources
from probity.show.desk.frame import page
from probity.show.desk.judge.grades import distribution
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked


@require_safe
@requires(Permission.ENTERPRISE_READ)
def home(request: Asked) -> HttpResponse:
    """Show the counts that lead to work, the newest deliveries and the newest run of each system."""
    batches = sources.batches(by=request.actor)
    runs = [
        (system, distribution(system, run))
        for system in evaluation.systems(request.today)
        if (run := evaluation.latest_run(system.key, by=request.actor)) is not None
    ]
    revision = latest_revision()
    shown = {
        "enterprises": registry.count(),
        "unmatched": records.unmatched(by=request.actor).total,
        "batches": batches.total,
        "newest": batches.lines[:6],
        "feeds": lawbook().feeds,
        "runs": runs,
        "revision": revision,
        "revised_at": moment_of(revision),
        "digest": lawbook().digest,
    }
    return page(request, "home.html", "home", **shown)
