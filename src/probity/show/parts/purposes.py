"""Purposes: a dossier that is not public is shown to whoever says for what."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from probity.guard.procedures.queries import lawbook
from probity.guard.trail.actions import read_of
from probity.guard.trail.types import Purpose, PurposeMissing
from probity.rulebook.readings import ReadingRules
from probity.show.parts.asked import Asked
from probity.terms import Text

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Asked, str, Rest], HttpResponse]

MOST_SITTINGS = 50
"""Enterprises of which a session remembers the purpose; the oldest is asked again."""

ASKS = Text("请先说明查阅用途（purpose）", "state the purpose first (purpose)")


def for_a_purpose(what: str, *, ask: str) -> Callable[[View[Rest]], View[Rest]]:
    """Return a decorator of a view of one enterprise: it asks for the purpose, and keeps each reading.

    The purpose is asked once for an enterprise and a sitting, on the page called `ask`. What was
    answered with anything but success was not read.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Asked, code: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            purpose = stated(request, code)
            if purpose is None:
                return asked(request, code, ask=ask)
            answer = view(request, code, *args, **kwargs)
            if answer.status_code == HttpResponse.status_code:
                read_of(subject=code, purpose=purpose, by=request.actor, at=request.at, what=what)
            return answer

        return guarded  # type: ignore[return-value]  # wraps hides the names of the arguments

    return decorate


def stated(request: Asked, subject: str) -> Purpose | None:
    """Return for what this person reads this enterprise's dossier now, or None when it is not known.

    In the address of a JSON answer it may stand as `purpose=case:2026-118`.
    """
    rules = lawbook().reading_rules(request.today)
    if is_for_a_program(request) and "purpose" in request.GET:
        kind, _, words = request.GET["purpose"].partition(":")
        return _or_none(rules, kind, words)
    kept = request.session.get("purposes", {}).get(subject)
    if not kept or datetime.fromisoformat(kept[2]) <= request.at:
        return None
    return _or_none(rules, kept[0], kept[1])


def kept_or_asked(request: Asked, subject: str, what: str, *, ask: str = "desk:purpose") -> HttpResponse | None:
    """Keep that something of a dossier is read, or return the way to where the purpose is asked."""
    purpose = stated(request, subject)
    if purpose is None:
        return asked(request, subject, ask=ask)
    read_of(subject=subject, purpose=purpose, by=request.actor, at=request.at, what=what)
    return None


def keep_reading(request: Asked, subject: str, text: str, *, what: str) -> None:
    """Keep that a program reads a dossier for a purpose such as `case:2026-118`; without a kind it is a reason.

    Raises:
        PurposeMissing: when the text says too little.
    """
    rules = lawbook().reading_rules(request.today)
    purpose = Purpose.read(rules, text, otherwise=rules.unspecified)
    read_of(subject=subject, purpose=purpose, by=request.actor, at=request.at, what=what)


def remember(request: Asked, subject: str, purpose: Purpose) -> None:
    """Keep a purpose for one enterprise and one sitting, as long as the rulebook says."""
    until = request.at + timedelta(minutes=purpose.rules.sitting_minutes)
    kept = {key: one for key, one in request.session.get("purposes", {}).items() if key != subject}
    kept = {key: one for key, one in kept.items() if datetime.fromisoformat(one[2]) > request.at}
    for oldest in list(kept)[: max(0, len(kept) - MOST_SITTINGS + 1)]:
        del kept[oldest]
    request.session["purposes"] = kept | {subject: [purpose.kind.key, purpose.words, until.isoformat()]}
    request.session["last_purpose"] = [purpose.kind.key, purpose.words]


def asked(request: Asked, subject: str, *, ask: str) -> HttpResponse:
    """Return the way to the page that asks; a program is told what is missing instead."""
    if is_for_a_program(request):
        content = {"code": subject, "refused": {"zh": ASKS.zh, "en": ASKS.en}, "purposes": _listed(request)}
        text = json.dumps(content, ensure_ascii=False, indent=2)
        return HttpResponse(text, content_type="application/json", status=428)  # Precondition Required
    query = urlencode({"subject": subject, "next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse(ask)}?{query}")


def form_shown(request: Asked, *, refusal: PurposeMissing | None = None) -> dict[str, Any]:
    """Return what the form shows: the purposes of the day, and what was typed or stated last."""
    last = request.session.get("last_purpose", ["", ""])
    is_answer = request.method == "POST"
    return {
        "purposes": lawbook().reading_rules(request.today).offered,
        "minutes": lawbook().reading_rules(request.today).sitting_minutes,
        "kind": request.POST.get("kind", "") if is_answer else last[0],
        "words": request.POST.get("words", "") if is_answer else last[1],
        "refusal": refusal,
    }


def typed(request: Asked) -> Purpose:
    """Return the purpose in a sent form.

    Raises:
        PurposeMissing: when it would not do; one that only the terminal has is none here.
    """
    rules = lawbook().reading_rules(request.today)
    kind = request.POST.get("kind", "")
    chosen = kind if any(one.key == kind for one in rules.offered) else ""
    return Purpose.stated(rules, kind=chosen, words=request.POST.get("words", ""))


def is_for_a_program(request: Asked) -> bool:
    """Whether the address is one of JSON, where no page can ask."""
    return request.path.endswith(".json")


def _or_none(rules: ReadingRules, kind: str, words: str) -> Purpose | None:
    try:
        return Purpose.stated(rules, kind=kind, words=words)
    except PurposeMissing:
        return None


def _listed(request: Asked) -> list[dict[str, str]]:
    offered = lawbook().reading_rules(request.today).offered
    return [{"kind": kind.key, "zh": kind.title.zh, "en": kind.title.en} for kind in offered]
