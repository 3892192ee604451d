"""Enterprises: the dossier of one, with its class and every reason."""

import json
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probity.guard.authorities.types import Permission
from probity.guard.procedures.queries import lawbook
from probity.judge.evaluation import queries as evaluation
from probity.judge.evaluation.queries import explanation_json
from probity.judge.evaluation.types import Explanation, NotGraded
from probity.know.dossiers import queries as dossiers
from probity.know.dossiers.types import Dossier, DossierLine
from probity.know.registry.types import Page
from probity.rulebook.types import RecordType
from probity.show.desk.frame import page, page_number
from probity.show.parts.access import requires
from probity.show.parts.asked import Asked
from probity.show.parts.questions import Question, question, read_day
from probity.show.parts.regions import region_title
from probity.show.parts.stating import headline
from probity.show.parts.timeline import Mark, timeline
from probity.show.parts.waterfall import waterfall
from probity.terms import Family

ROWS = 8
"""Rows beneath the timeline; the rest is one click away."""

PAGE_SIZE = 50


@require_safe
@requires(Permission.ENTERPRISE_READ)
def enterprise(request: Asked, code: str) -> HttpResponse:
    """Show one enterprise: identity, both clocks, three lanes, and its class with every reason."""
    asked = question(request.GET, request.today)
    dossier = _dossier(request, code, asked)
    marks = [
        Mark(
            line.record,
            line.stage,
            line.bearing,
            line.day,
            line.title.of(request.LANGUAGE_CODE),
            line.state != "standing",
            href,
        )
        for line in dossier.lines
        if (href := reverse("desk:record", args=[line.record]) + asked.query)
    ]
    drawn = timeline(marks, asked.as_of, reverse("desk:enterprise_records", args=[code]))
    rows = [_row(line) for line in dossier.lines[:ROWS]]
    shown = _identity(request, dossier, asked) | {"timeline": drawn, "rows": rows, "tab": "overview"}
    return page(request, "enterprise.html", "enterprises", **shown, **_classes(request, code, asked))


@require_safe
@requires(Permission.ENTERPRISE_READ)
def enterprise_records(request: Asked, code: str) -> HttpResponse:
    """Show the records of an enterprise as rows, of one lane or span of days where asked."""
    asked = question(request.GET, request.today)
    dossier = _dossier(request, code, asked)
    since, until = read_day(request.GET.get("since", "")), read_day(request.GET.get("until", ""))
    stage, state = request.GET.get("stage", ""), request.GET.get("state", "")
    chosen = [
        line
        for line in dossier.lines
        if (not stage or line.stage.value == stage)
        and (not state or line.state == state)
        and (since is None or since <= line.day)
        and (until is None or line.day <= until)
    ]
    number = page_number(request.GET)
    lines = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    found = Page(tuple(lines), number, PAGE_SIZE, len(chosen))
    rows = [_row(line) for line in lines]
    is_filtered = bool(stage or state or since or until)
    shown = _identity(request, dossier, asked) | {
        "rows": rows,
        "found": found,
        "tab": "records",
        "is_filtered": is_filtered,
    }
    filters = {"stage": stage, "state": state, "since": since, "until": until}
    return page(request, "enterprise_records.html", "enterprises", **shown, **filters)


@require_safe
@requires(Permission.ENTERPRISE_READ)
def enterprise_names(request: Asked, code: str) -> HttpResponse:
    """Show every name and code by which an enterprise is or was known."""
    asked = question(request.GET, request.today)
    dossier = _dossier(request, code, asked)
    return page(request, "enterprise_names.html", "enterprises", **_identity(request, dossier, asked), tab="names")


@require_safe
@requires(Permission.ENTERPRISE_READ)
def enterprise_json(request: Asked, code: str) -> HttpResponse:
    """Return the dossier as JSON: the same answer as from the terminal."""
    return _answer(asdict(_dossier(request, code, question(request.GET, request.today))))


@require_safe
@requires(Permission.EVALUATION_READ)
def why_json(request: Asked, code: str) -> HttpResponse:
    """Return why the enterprise has its grade as JSON: the same answer as from the terminal."""
    asked = question(request.GET, request.today)
    system = request.GET.get("system") or next((system.key for system in evaluation.systems(asked.as_of)), "")
    try:
        found = evaluation.explain(code, system=system, as_of=asked.as_of, known_at=asked.known_at, by=request.actor)
    except NotGraded as refusal:
        return JsonResponse({"code": code, "refused": {"zh": refusal.text.zh, "en": refusal.text.en}}, status=409)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    return _answer(explanation_json(found))


def _answer(content: dict[str, Any]) -> HttpResponse:
    """Write the answer as the terminal writes it: days and moments as ISO text."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=lambda value: value.isoformat())
    return HttpResponse(text, content_type="application/json")


def _dossier(request: Asked, code: str, asked: Question) -> Dossier:
    try:
        return dossiers.dossier(code, as_of=asked.as_of, known_at=asked.known_at, by=request.actor)
    except LookupError as missing:
        raise Http404(str(missing)) from missing


def _identity(request: Asked, dossier: Dossier, asked: Question) -> dict[str, Any]:
    standing = sum(line.state == "standing" for line in dossier.lines)
    return {
        "dossier": dossier,
        "enterprise": dossier.enterprise,
        "region_title": region_title(dossier.enterprise),
        "standing": standing,
        "sources": len({line.source for line in dossier.lines}),
        "newest": max((line.known_at for line in dossier.lines), default=None),
        "asked": asked,
        "as_of": asked.as_of,
        "known_at": asked.known_at,
        "asked_known_at": asked.known_day,
        "revision": dossier.revision,
        "is_another_day": asked.is_another_day,
        "system": request.GET.get("system", ""),
        "purpose": _("Purpose: supervision (not yet logged; the log comes with the guard)"),
    }


def _classes(request: Asked, code: str, asked: Question) -> dict[str, Any]:
    """Explain each index system of the day; the one asked for, or the first of risk, in full."""
    found: list[Explanation] = []
    for system in evaluation.systems(asked.as_of):
        try:
            found.append(
                evaluation.explain(
                    code, system=system.key, as_of=asked.as_of, known_at=asked.known_at, by=request.actor
                )
            )
        except NotGraded as refusal:
            return {"refusal": refusal.text}
    if not found:
        return {}
    wanted = request.GET.get("system", "")
    first = next((one for one in found if one.system.key == wanted), None)
    first = first or next((one for one in found if one.system.family is Family.RISK), found[0])
    shown: dict[str, Any] = {"explanation": first, "others": [one for one in found if one is not first]}
    if first.evaluation.score is not None and first.lines:
        drawn = waterfall([line.contribution.points for line in first.lines], first.system.bands)
        shown |= {"waterfall": drawn, "steps": list(zip(first.lines, drawn.falls, strict=True))}
        shown["dimensions"] = {dimension.key: dimension.label for dimension in first.system.dimensions}
    bands = [band for band in first.system.bands if band.grade == first.evaluation.grade]
    return shown | {"band": bands[0] if bands else None}


def type_of(line: DossierLine) -> RecordType | None:
    """Return the type of a record in the edition under which it became known, where there is one."""
    return lawbook().record_types(line.known_at.date()).get(line.type)


def _row(line: DossierLine) -> dict[str, Any]:
    type_ = type_of(line)
    return {"line": line, "headline": headline(type_, line.fields) if type_ else ""}
