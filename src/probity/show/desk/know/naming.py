"""Naming: the queue of names, settled by keys alone, one after the other."""

import json
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from probity.engine.naming.types import Candidate
from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.know.records import actions, queries
from probity.know.records.types import OpenNameLine
from probity.know.registry import queries as registry
from probity.know.registry.types import CodesConflict, Evidence
from probity.rulebook.naming import Contradiction, Feature, NamingRule, SecondIdentifier
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked

AT_ONCE = 500
"""Names a press of the button asks for; the rest are asked by the next press or by the terminal."""

VERDICTS = ("accept", "review", "reject")


@require_safe
@requires(Permission.MATCH_SETTLE)
def queue(request: Asked) -> HttpResponse:
    """Show the open name that comes next, or the one asked for, beside its candidates."""
    return _page(request, request.GET.get("name", ""), typed="", refusal="")


@require_safe
@requires(Permission.MATCH_SETTLE)
def open_names(request: Asked) -> HttpResponse:
    """List the open names by what the matcher says of them."""
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in VERDICTS else ""
    found = queries.open_names(by=request.actor, verdict=verdict, page=page_number(request.GET))
    rule = registry.naming_rule(request.at)
    lines = [{"line": line, "grounds": _grounds(line.grounds, rule)} for line in found.lines]
    counts = queries.open_counts(by=request.actor)
    return page(
        request,
        "open_names.html",
        "naming",
        found=found,
        lines=lines,
        verdict=verdict,
        counts=[(each, counts.get(each, 0)) for each in VERDICTS],
        total=sum(counts.values()),
    )


@require_safe
@requires(Permission.ENTERPRISE_READ)
def homonyms(request: Asked) -> HttpResponse:
    """List the names that several enterprises bear; under these a name alone never says who is meant."""
    found = registry.homonyms(by=request.actor, page=page_number(request.GET))
    return page(request, "homonyms.html", "naming", found=found)


@require_safe
@requires(Permission.ENTERPRISE_READ)
def judgements(request: Asked) -> HttpResponse:
    """List the judgements on names, newest first, with what each rests on."""
    found = registry.matches(by=request.actor, page=page_number(request.GET))
    return page(request, "judgements.html", "naming", found=found)


@require_POST
@requires(Permission.MATCH_SETTLE)
def settle(request: Asked) -> HttpResponse:
    """Carry out one press: the same, not the same, skip, undo, or ask again."""
    act, _colon, of = request.POST.get("act", "").partition(":")
    number = int(of) if of.isascii() and of.isdigit() else 0
    name = request.POST.get("name", "")
    if act == "undo" and number:
        return _undone(request, number)
    if act == "ask":
        return _asked(request)
    if not (name.isascii() and name.isdigit()):
        messages.error(request, _("Nothing was chosen."))
        return redirect("desk:naming")
    try:
        if act == "same":
            return _same(request, int(name), number)
        if act == "not":
            actions.say_not_same(
                name=int(name), enterprise=number, reason=_reason(request), by=request.actor, at=request.at
            )
            return redirect(f"{reverse('desk:naming')}?name={name}")
        actions.skip(name=int(name), by=request.actor, at=request.at)
    except actions.NameSettled as refusal:
        messages.error(request, refusal.text.of(get_language() or "zh"))
    except (actions.EvidenceRefused, CodesConflict) as refusal:
        said = refusal.text.of(get_language() or "zh")
        return _page(request, name, typed=request.POST.get("evidence", ""), refusal=said, status=400)
    return redirect("desk:naming")


def _same(request: Asked, name: int, enterprise: int) -> HttpResponse:
    text, kind = request.POST.get("evidence", "").strip(), request.POST.get("kind", "")
    evidence = Evidence(SecondIdentifier(kind), text) if text and kind in set(SecondIdentifier) else None
    settled = actions.say_same(
        name=name, enterprise=enterprise, reason=_reason(request), by=request.actor, at=request.at, evidence=evidence
    )
    said = ngettext("%(n)s record found its enterprise.", "%(n)s records found their enterprise.", settled.attributed)
    if settled.withheld:
        waits = ngettext(
            "%(n)s adverse record waits for a second identifier.",
            "%(n)s adverse records wait for a second identifier.",
            settled.withheld,
        )
        said = f"{said} {waits % {'n': settled.withheld}}"
    messages.success(request, said % {"n": settled.attributed})
    if settled.withheld and not settled.attributed:
        return redirect(f"{reverse('desk:naming')}?name={name}&done={settled.match}")
    return redirect(f"{reverse('desk:naming')}?done={settled.match}")


def _undone(request: Asked, match: int) -> HttpResponse:
    number = actions.undo(match=match, reason=_reason(request), by=request.actor, at=request.at)
    said = ngettext("Taken back: %(n)s record waits again.", "Taken back: %(n)s records wait again.", number)
    messages.success(request, said % {"n": number})
    back = request.POST.get("back", "")
    return redirect("desk:judgements" if back == "judgements" else "desk:naming")


def _asked(request: Asked) -> HttpResponse:
    done = actions.match_names(by=request.actor, at=request.at, most=AT_ONCE)
    said = ngettext("%(n)s name was asked for", "%(n)s names were asked for", done.asked) % {"n": done.asked}
    found = ngettext("%(n)s record found its enterprise.", "%(n)s records found their enterprise.", done.attributed)
    messages.success(request, f"{said}; {found % {'n': done.attributed}}")
    return redirect("desk:naming")


def _reason(request: Asked) -> str:
    return request.POST.get("reason", "").strip() or _("settled at the desk")


def _page(request: Asked, asked: str, *, typed: str, refusal: str, status: int = 200) -> HttpResponse:
    rule = registry.naming_rule(request.at)
    if asked.isascii() and asked.isdigit():
        line: OpenNameLine | None = queries.open_name(int(asked), by=request.actor)
        line = line if line and line.state == "waiting" else None
    else:
        line = None
    if line is None:
        lines = queries.open_names(by=request.actor).lines
        line = lines[0] if lines else None
    done = request.GET.get("done", "")
    counts = queries.open_counts(by=request.actor)
    shown: dict[str, object] = {
        "line": line,
        "left": sum(counts.values()),
        "done": int(done) if done.isascii() and done.isdigit() else 0,
        "typed": typed,
        "refusal": refusal,
        "kinds": [(kind.value, title) for kind, title in rule.identifier_titles.items() if kind in rule.confirms],
        "kind": request.POST.get("kind", ""),
    }
    if line is not None:
        answer = queries.candidates_for(line, at=request.at)
        known = registry.enterprises(each.entry.enterprise for each in answer.candidates)
        shown["candidates"] = [
            _candidate(place, line.name, each, rule) | {"enterprise": known.get(each.entry.enterprise)}
            for place, each in enumerate(answer.candidates[:9], 1)
        ]
        shown["records"] = [_record(each, request) for each in queries.open_records(line.id, by=request.actor)]
        shown["name_pieces"] = list(_pieces(line.name, answer.candidates[0].entry.name)) if answer.candidates else []
    return page(request, "naming.html", "naming", status=status, **shown)


def _candidate(place: int, name: str, candidate: Candidate, rule: NamingRule) -> dict[str, object]:
    likeness = candidate.likeness
    reasons = [
        (rule.feature_titles[feature], f"{likeness.shares[feature] / 10:.0f}%")
        for feature in Feature
        if likeness.shares[feature] and rule.weights[feature]
    ]
    return {
        "key": place,
        "number": candidate.entry.enterprise,
        "name": candidate.entry.name,
        "pieces": list(_pieces(candidate.entry.name, name)),
        "score": f"{likeness.score / 100:.1f}",
        "reasons": reasons,
        "contradictions": _grounds(tuple(sorted(likeness.contradictions)), rule),
    }


def _grounds(grounds: tuple[str, ...], rule: NamingRule) -> list[object]:
    return [rule.contradiction_titles[Contradiction(each)] for each in grounds]


def _record(stated: dict[str, object], request: Asked) -> dict[str, object]:
    fields = json.loads(str(stated["fields"]))
    type_ = lawbook().record_types(request.today).get(str(stated["type"]))
    source = lawbook().sources.get(str(stated["source"]))
    codes = [fields[key] for key in ("credit_code", "registration_number", "organisation_code") if fields.get(key)]
    return stated | {
        "title": type_.title if type_ else None,
        "source_title": source.title if source else None,
        "codes": codes,
        "number": fields.get("decision_number") or fields.get("document_number") or "",
    }


def _pieces(text: str, other: str) -> Iterator[dict[str, object]]:
    """Yield a name in pieces, those the other name does not have in the same place marked."""
    for kind, start, end, _from, _to in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if end > start:
            yield {"text": text[start:end], "is_wrong": kind != "equal"}
