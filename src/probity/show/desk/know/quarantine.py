"""Quarantine: the waiting rows of one batch or of all, by reason and state."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpResponse, QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import actions, queries
from probity.know.records.types import PERSON, PROBLEM_CODES, QuarantineLine
from probity.know.sources import queries as sources
from probity.show.desk.frame import page, page_number
from probity.show.desk.know.deliveries import feed_of
from probity.show.desk.know.marking import brief, marked
from probity.show.desk.lists import arranged_for
from probity.show.parts.access import requires
from probity.show.parts.accounting import accounting_bar
from probity.show.parts.arranging import EXPORT_PAGE, Column, is_sheet, list_sheet
from probity.show.parts.asked import Asked
from probity.show.parts.sheets import Cell
from probity.show.parts.words import STATES

Typed = Mapping[int, Mapping[str, str]]
"""Row → column → what was typed, kept when the door refuses it again."""

COLUMNS = (
    Column("row", gettext_lazy("Row"), sorts=True, is_number=True, is_fixed=True),
    Column("code", gettext_lazy("Reason"), sorts=True, is_fixed=True),
    Column("column", gettext_lazy("Column")),
    Column("value", gettext_lazy("Delivered value"), is_fixed=True),
    Column("explanation", gettext_lazy("Explanation")),
    Column("mend", gettext_lazy("Change to"), is_fixed=True),
)


@require_safe
@requires(Permission.BATCH_READ)
def quarantine(request: Asked) -> HttpResponse:
    """Show the rows of one batch or of all, by reason and state."""
    return quarantine_page(request, request.GET, {}, {})


def quarantine_page(
    request: Asked,
    asked: QueryDict,
    typed: Typed,
    refusals: Mapping[int, str],
    *,
    left: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Return the page of the quarantine; `left` is how many rows were refused, of which some are told."""
    stated = str(asked.get("batch", ""))
    batch = int(stated) if stated.isdigit() and len(stated) < 19 else None
    state, code = asked.get("state", "waiting"), asked.get("code", "")
    state = "" if state == "all" else state
    code = code if code in PROBLEM_CODES else ""
    listed = arranged_for(request, "quarantine", COLUMNS, asked)
    order = listed.arrangement.order
    wanted = partial(queries.quarantine, by=request.actor, batch=batch, state=state, code=code, order=order)
    if is_sheet(asked):
        return list_sheet(listed.arrangement, lambda n: wanted(page=n, size=EXPORT_PAGE), _cells)
    found = wanted(page=page_number(asked))
    by_code = queries.quarantine_counts(by=request.actor, batch=batch, state=state)
    counts = [(each, by_code[each]) for each in PROBLEM_CODES if each in by_code]
    shown: dict[str, object] = {
        "found": found,
        "lines": [_line(line, typed.get(line.id, {}), refusals.get(line.id, "")) for line in found.lines],
        "counts": counts,
        "total": sum(total for _code, total in counts),
        "code": code,
        "state": state or "all",
        "query": asked.urlencode(),
        "left": left,
        "most": actions.MOST_AT_ONCE,
        "listed": listed,
    }
    if batch is not None:
        line = sources.batch(batch, by=request.actor)
        bar = accounting_bar(line.received, line.accepted, line.unchanged, line.superseding, line.in_quarantine)
        shown |= {"source": lawbook().sources.get(line.source)}
        shown |= {"batch": line, "feed": feed_of(line), "bar": bar, "quarantined": line.in_quarantine}
    return page(request, "quarantine.html", "quarantine", status=status, **shown)


def _line(line: QuarantineLine, typed: Mapping[str, str], refusal: str) -> dict[str, object]:
    """Return a row as the page needs it: each problem with its marked value and what may be typed."""
    problems = [
        {
            "problem": problem,
            "message": brief(problem, line.row_number),
            "pieces": marked(problem) if line.code != PERSON else (),
            "typed": typed.get(problem.column, problem.delivered),
            "field": f"mend:{line.id}:{problem.column}",
        }
        for problem in line.problems
    ]
    return {"row": line, "problems": problems, "is_person": line.code == PERSON, "refusal": refusal}


def _cells(line: QuarantineLine) -> Mapping[str, Cell]:
    language = get_language() or "zh"
    state = str(STATES[line.state].word) if line.state in STATES else line.state
    return {
        "row": f"{line.batch} / {line.row_number}",
        "code": line.code,
        "column": "；".join(problem.column for problem in line.problems),
        "value": "；".join(problem.delivered for problem in line.problems),
        "explanation": "；".join(brief(problem, line.row_number).of(language) for problem in line.problems),
        "mend": f"{state} {line.reason}".strip(),
    }
