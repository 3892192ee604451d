"""Runs: evaluations of many, what each pinned, and how the grades fell."""

from collections.abc import Mapping
from functools import partial

from django.http import Http404, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.judge.evaluation import queries as evaluation
from probity.judge.evaluation.types import RunLine
from probity.rulebook.index_systems import IndexSystem
from probity.show.desk.frame import page, page_number
from probity.show.desk.judge.grades import distribution
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.sheets import Cell, download, spreadsheet

COLUMNS = (
    Column("run", gettext_lazy("Run"), sorts=True, is_fixed=True),
    Column("system", gettext_lazy("Index system"), sorts=True),
    Column("as_of", gettext_lazy("As of"), sorts=True),
    Column("enterprises", gettext_lazy("Enterprises"), sorts=True, is_number=True),
    Column("changed", gettext_lazy("Changed"), sorts=True, is_number=True),
    Column("grades", gettext_lazy("Grades")),
    Column("finished", gettext_lazy("Finished"), sorts=True),
    Column("effect", gettext_lazy("Effect"), is_fixed=True),
)
"""The effect is never left out: a trial calculation says so wherever it is shown."""


@require_safe
@requires(Permission.EVALUATION_READ)
def runs(request: Asked) -> HttpResponse:
    """List the finished runs, newest first, of one index system where asked."""
    system = request.GET.get("system", "")
    listed = arranged_for(request, "runs", COLUMNS)
    asked = partial(evaluation.runs, by=request.actor, system=system, order=listed.arrangement.order)
    if is_sheet(request.GET):
        return list_sheet(listed.arrangement, lambda n: asked(page=n, size=EXPORT_PAGE), _cells)
    found = asked(page=page_number(request.GET))
    lines = [(line, system_of(line), distribution(system_of(line), line)) for line in found.lines]
    shown = {"found": found, "lines": lines, "systems": evaluation.systems(request.today), "system": system}
    return page(request, "runs.html", "runs", listed=listed, **shown)


@require_safe
@requires(Permission.EVALUATION_READ)
def run(request: Asked, number: int) -> HttpResponse:
    """Show one run: its grades as bars and as a table, and everything it can be repeated from."""
    line = _run(request, number)
    system = system_of(line)
    reasons = evaluation.top_reasons(number, by=request.actor)
    spread = distribution(system, line)
    return page(request, "run.html", "runs", run=line, system=system, spread=spread, reasons=reasons)


@require_safe
@requires(Permission.EVALUATION_READ)
def run_sheet(request: Asked, number: int) -> HttpResponse:
    """Return the grades of a run as a spreadsheet, with what it was computed from above them."""
    line = _run(request, number)
    system = system_of(line)
    spread = distribution(system, line)
    notes = [
        f"{line.system} {line.system_from} · {_('As of')} {line.as_of} · {_('revision')} {line.revision} · {line.result_digest}"
    ]
    if line.status != "in_force":
        notes.append(_("Trial calculation, no legal effect."))
    if system and system.family.value == "risk":
        notes.append(_("Internal, never shown outside"))
    rows = [(count.grade, count.label.of(request.LANGUAGE_CODE), count.count) for count in spread.counts]
    content = spreadsheet([_("Grade"), _("Meaning"), _("Enterprises")], rows, notes)
    return download(content, f"{line.system}-{line.as_of}.xlsx")


def system_of(line: RunLine) -> IndexSystem | None:
    """Return the index system a run judged by, in the edition it used."""
    return lawbook().index_systems(line.as_of).get(line.system)


def _cells(line: RunLine) -> Mapping[str, Cell]:
    rules = system_of(line)
    return {
        "run": line.id,
        "system": rules.title.of(get_language() or "zh") if rules else line.system,
        "as_of": line.as_of,
        "enterprises": line.enterprises,
        "changed": line.changed,
        "grades": " · ".join(f"{grade} {number}" for grade, number in line.grades.items()),
        "finished": line.finished_at,
        "effect": _("in force") if line.status == "in_force" else _("trial, no legal effect"),
    }


def _run(request: Asked, number: int) -> RunLine:
    try:
        return evaluation.run(number, by=request.actor)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
