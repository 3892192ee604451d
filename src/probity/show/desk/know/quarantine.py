"""Quarantine: waiting rows, mended in place, rejected or given back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import actions, queries
from probity.know.records.types import PERSON, PROBLEM_CODES, QuarantineLine
from probity.know.sources import queries as sources
from probity.show.desk.frame import page, page_number
from probity.show.desk.know.deliveries import feed_of
from probity.show.desk.know.marking import brief, marked
from probity.show.parts.access import requires
from probity.show.parts.accounting import accounting_bar
from probity.show.parts.asked import Asked

Typed = dict[int, dict[str, str]]
"""Row → column → what was typed, kept when the door refuses it again."""


@require_safe
@requires(Permission.BATCH_READ)
def quarantine(request: Asked) -> HttpResponse:
    """Show the rows of one batch or of all, by reason and state."""
    return _page(request, request.GET, {}, {})


@require_POST
@requires(Permission.QUARANTINE_SETTLE)
def settle(request: Asked) -> HttpResponse:
    """Release, reject or return one row or the chosen ones; a refusal keeps what was typed."""
    act, single = request.POST.get("act", ""), ""
    if ":" in act:
        act, single = act.split(":", 1)
    numbers = [int(text) for text in ([single] if single else request.POST.getlist("row")) if text.isdigit()]
    typed = {number: _typed(request.POST, number) for number in numbers}
    back = reverse("desk:quarantine") + ("?" + request.POST["query"] if request.POST.get("query") else "")
    if not numbers or act not in ("release", "reject", "return"):
        messages.error(request, _("Choose at least one row first."))
        return redirect(back)
    refusals: dict[int, str] = {}
    done = 0
    for number in numbers:
        refusal = _settle_one(request, act, number, typed[number])
        if refusal:
            refusals[number] = refusal
        else:
            done += 1
    if done:
        words = {
            "release": ngettext("%(n)s row was released.", "%(n)s rows were released.", done),
            "reject": ngettext("%(n)s row was rejected.", "%(n)s rows were rejected.", done),
            "return": ngettext(
                "%(n)s row was returned to its source.", "%(n)s rows were returned to their source.", done
            ),
        }
        messages.success(request, words[act] % {"n": done})
    if refusals:
        return _page(request, QueryDict(request.POST.get("query", "")), typed, refusals, status=409 if done else 400)
    return redirect(back)


def _settle_one(request: Asked, act: str, number: int, typed: dict[str, str]) -> str:
    """Settle one row and return why it was refused, or nothing."""
    reason = request.POST.get("reason", "").strip() or _("settled at the desk")
    acts: dict[str, Callable[[], object]] = {
        "release": lambda: actions.release(quarantined=number, values=typed, by=request.actor, at=request.at),
        "reject": lambda: actions.reject(quarantined=number, reason=reason, by=request.actor, at=request.at),
        "return": lambda: actions.give_back(quarantined=number, reason=reason, by=request.actor, at=request.at),
    }
    try:
        acts[act]()
    except actions.StillRefused as refusal:
        language = "zh" if request.LANGUAGE_CODE.startswith("zh") else "en"
        return " ".join(str(problem[language]) for problem in refusal.problems)
    except actions.NotMendable:
        return _("Wrong in content: only the source can correct it")
    except (actions.NotWaiting, LookupError):
        return _("Somebody settled this row already.")
    return ""


def _page(request: Asked, asked: QueryDict, typed: Typed, refusals: dict[int, str], status: int = 200) -> HttpResponse:
    stated = str(asked.get("batch", ""))
    batch = int(stated) if stated.isdigit() else None
    state, code = asked.get("state", "waiting"), asked.get("code", "")
    state = "" if state == "all" else state
    code = code if code in PROBLEM_CODES else ""
    number = page_number(asked)
    found = queries.quarantine(by=request.actor, batch=batch, state=state, code=code, page=number)
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
        "refusals": refusals,
    }
    if batch is not None:
        line = sources.batch(batch, by=request.actor)
        bar = accounting_bar(line.received, line.accepted, line.unchanged, line.superseding, line.in_quarantine)
        shown |= {"source": lawbook().sources.get(line.source)}
        shown |= {"batch": line, "feed": feed_of(line), "bar": bar, "quarantined": line.in_quarantine}
    return page(request, "quarantine.html", "quarantine", status=status, **shown)


def _line(line: QuarantineLine, typed: dict[str, str], refusal: str) -> dict[str, object]:
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


def _typed(posted: QueryDict, number: int) -> dict[str, str]:
    lead = f"mend:{number}:"
    return {key[len(lead) :]: str(posted[key]).strip() for key in posted if key.startswith(lead)}
