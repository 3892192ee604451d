"""Settling: rows of the quarantine settled as one act."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from probity.guard.authorities.types import Permission
from probity.know.records import actions, queries
from probity.know.records.types import PROBLEM_CODES, Settled
from probity.show.desk.know.quarantine import quarantine_page
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked

MOST_SHOWN = 50
"""So many refused rows are shown again at most with what was typed; the rest wait as they are."""


@require_POST
@requires(Permission.QUARANTINE_SETTLE)
def settle(request: Asked) -> HttpResponse:
    """Release, reject or return rows; those that are refused are shown again with what was typed."""
    act, single = request.POST.get("act", ""), ""
    if ":" in act:
        act, single = act.split(":", 1)
    asked = QueryDict(request.POST.get("query", ""))
    numbers = _numbers(request, single, asked)
    back = reverse("desk:quarantine") + (f"?{asked.urlencode()}" if asked else "")
    if not numbers or act not in ("release", "reject", "return"):
        messages.error(request, _("Choose at least one row first."))
        return redirect(back)
    typed = {number: _typed(request.POST, number) for number in numbers}
    reason = request.POST.get("reason", "").strip() or _("settled at the desk")
    settled = _settled(request, act, typed, reason)
    if settled.done:
        messages.success(request, _words(act, settled.done))
    if not settled.refused:
        return redirect(back)
    shown = dict(list(settled.refused.items())[:MOST_SHOWN])
    refusals = {number: why.of(request.LANGUAGE_CODE) for number, why in shown.items()}
    return quarantine_page(
        request, asked, typed, refusals, left=len(settled.refused), status=409 if settled.done else 400
    )


def _settled(request: Asked, act: str, typed: Mapping[int, Mapping[str, str]], reason: str) -> Settled:
    acts: dict[str, Callable[[], Settled]] = {
        "release": lambda: actions.release_many(rows=typed, by=request.actor, at=request.at),
        "reject": lambda: actions.reject_many(rows=typed, reason=reason, by=request.actor, at=request.at),
        "return": lambda: actions.give_back_many(rows=typed, reason=reason, by=request.actor, at=request.at),
    }
    return acts[act]()


def _numbers(request: Asked, single: str, asked: QueryDict) -> list[int]:
    """Return the rows meant: the one whose button was pressed, all that wait of the list, or the chosen."""
    if not single and request.POST.get("all") == "yes":
        stated, code = str(asked.get("batch", "")), str(asked.get("code", ""))
        batch = int(stated) if stated.isdigit() and len(stated) < 19 else None
        code = code if code in PROBLEM_CODES else ""
        return queries.quarantine_numbers(by=request.actor, batch=batch, code=code, most=actions.MOST_AT_ONCE)
    chosen = [single] if single else request.POST.getlist("row")
    return [int(text) for text in chosen if text.isdigit() and len(text) < 19][: actions.MOST_AT_ONCE]


def _words(act: str, done: int) -> str:
    words = {
        "release": ngettext("%(n)s row was released.", "%(n)s rows were released.", done),
        "reject": ngettext("%(n)s row was rejected.", "%(n)s rows were rejected.", done),
        "return": ngettext("%(n)s row was returned to its source.", "%(n)s rows were returned to their source.", done),
    }
    return words[act] % {"n": done}


def _typed(posted: QueryDict, number: int) -> dict[str, str]:
    lead = f"mend:{number}:"
    return {key[len(lead) :]: str(posted[key]).strip() for key in posted if key.startswith(lead)}
